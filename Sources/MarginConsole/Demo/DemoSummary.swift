public import MarginDomain

/// Everything that a demonstration has to show at its end.
///
/// Its JSON has these names as keys, and they stay: scripts read them. Dollars are decimal numbers of dollars.
public struct DemoSummary: Equatable, Encodable, Sendable {
    /// One pool of the table of the worst.
    public struct PoolRow: Equatable, Encodable, Sendable {
        /// Its number.
        public var pool: UInt64
        /// Its state in words.
        public var state: String
        /// Dollars.
        public var equity: Double
        /// Dollars.
        public var initialMargin: Double
        /// Dollars.
        public var maintenanceMargin: Double
        /// Maintenance margin over equity; nil where equity is not positive.
        public var utilisation: Double?

        public init(_ pool: PoolState) {
            self.pool = pool.pool.rawValue
            state = pool.state.words
            equity = pool.equity.dollars
            initialMargin = pool.initialMargin.dollars
            maintenanceMargin = pool.maintenanceMargin.dollars
            utilisation = pool.utilisation.billionths == .max ? nil : pool.utilisation.fraction
        }
    }

    /// How many of something, by name, in a fixed order.
    public struct Tally: Equatable, Encodable, Sendable {
        /// Of what, in words.
        public var name: String
        /// How many.
        public var count: UInt64

        public init(name: String, count: UInt64) {
            self.name = name
            self.count = count
        }
    }

    /// What the bot and the owners did.
    public struct BotCounts: Equatable, Encodable, Sendable {
        /// Signals taken, each once.
        public var signals: UInt64 = 0
        /// Margin calls among them.
        public var calls: UInt64 = 0
        /// Liquidations announced.
        public var plans: UInt64 = 0
        /// Returns to a milder state.
        public var cures: UInt64 = 0
        /// Slices of plans that traded.
        public var slicesFilled: UInt64 = 0
        /// Attempts that did not.
        public var slicesRefused: UInt64 = 0
        /// Payments of owners.
        public var deposits: UInt64 = 0
        /// Dollars that owners paid in.
        public var deposited = 0.0
        /// Stretches of missing numbers.
        public var gaps: UInt64 = 0
        /// Signals that came by asking again.
        public var replayed: UInt64 = 0
        /// Signals that came twice.
        public var duplicates: UInt64 = 0

        public init() {}
    }

    /// Seconds by the clock.
    public var seconds = 0.0
    /// Accounts opened.
    public var accounts: UInt64 = 0
    /// Pools in all states.
    public var pools: UInt64 = 0
    /// Instruments listed.
    public var instruments: UInt64 = 0
    /// Entries of messages that the engine took in.
    public var eventsIn: UInt64 = 0
    /// Records of the log.
    public var records: UInt64 = 0
    /// Pools evaluated, each time counted.
    public var evaluations: UInt64 = 0
    /// Messages of the bus that could not be taken.
    public var deadLetters: UInt64 = 0
    /// Signals of all kinds.
    public var signals: UInt64 = 0
    /// Signals, by kind.
    public var signalsByKind: [Tally] = []
    /// Pools at the end, by state.
    public var poolsByState: [Tally] = []
    /// From when a price was due to when the bot had its signal.
    public var tickToSignal = LatencySummary([])
    /// The pools nearest to or deepest in trouble, worst first.
    public var worstPools: [PoolRow] = []
    /// What the bot and the owners did.
    public var bot = BotCounts()
    /// Of all signals, to compare runs; empty if not computed.
    public var digest = ""

    public init() {}
}

extension DemoSummary {
    /// Counts signals by kind, in the order of kinds; kinds that did not occur are left out.
    public mutating func countKinds(_ counts: [SignalKind: UInt64]) {
        signalsByKind = SignalKind.allCases.compactMap { kind in
            counts[kind].map { Tally(name: kind.words, count: $0) }
        }
        signals = counts.values.reduce(0, +)
    }

    /// Counts pools by state, in rising severity; states that no pool is in are left out.
    public mutating func countStates(_ counts: [LifeCycle: UInt64]) {
        poolsByState = LifeCycle.allCases.compactMap { state in
            counts[state].map { Tally(name: state.words, count: $0) }
        }
        pools = counts.values.reduce(0, +)
    }

    /// Picks the worst pools: by state, then by excess over maintenance relative to it, then by id.
    public mutating func pickWorst(of states: [PoolState], countMax: Int) {
        let worst = states.filter { $0.state != .quarantined }.sorted { left, right in
            if left.state != right.state { return left.state > right.state }
            if left.utilisation != right.utilisation { return left.utilisation > right.utilisation }
            return left.pool < right.pool
        }
        worstPools = worst.prefix(countMax).map { PoolRow($0) }
    }
}

extension Value {
    /// For JSON and people; exact up to about nine billion dollars.
    var dollars: Double { Double(quanta) / Double(Self.perDollar) }
}
