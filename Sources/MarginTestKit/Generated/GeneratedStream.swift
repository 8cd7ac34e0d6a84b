public import MarginDomain

/// A seeded stream of records of a small exchange on which everything happens that the rules name.
///
/// The first records list assets, parameters, instruments, accounts and a first market; then the market wanders and
/// jumps, accounts trade with too much leverage, collateral moves, pools form and dissolve (mutual ones in one small
/// stream of four, and where the size says so), instruments are listed, expire and settle, funding and depth are
/// published (in one stream of four), volatilities come a few at a time (in one of three), operators propose and approve parameters (in one stream of three), sources fall
/// silent, inputs are missing for a while, and some entries are wrong. The same seed and size give the same stream on
/// every machine; a test that fails prints both.
///
///     let stream = GeneratedStream(seed: 1, size: .small)
///     for (number, batch) in zip(1..., stream.batches) { … }
public struct GeneratedStream: Sendable {
    /// How much of everything.
    public struct Size: Equatable, Sendable {
        /// Records after the opening ones.
        public var records: Int
        /// Beneficial owners, with one to three accounts each.
        public var owners: Int
        /// How many underlyings of BTC, ETH, SOL and DOGE take part.
        public var underlyings: Int
        /// Strikes of each option expiry.
        public var strikes: Int
        /// Whether weeks pass, with ranges that follow the market.
        public var isDaily = false
        /// Whether mutual pools form, whatever the seed.
        public var isMutual = false
        /// Whether volatility indices are published, in records between those that there are without them.
        public var hasIndices = false

        /// A size of one's own.
        ///
        /// - Precondition: one to four underlyings, at least one owner and one strike.
        public init(records: Int, owners: Int, underlyings: Int, strikes: Int) {
            precondition((1...4).contains(underlyings), "there are four underlyings")
            precondition(owners > 0 && strikes > 0 && records >= 0, "a stream needs owners and strikes")
            self.records = records
            self.owners = owners
            self.underlyings = underlyings
            self.strikes = strikes
        }

        /// About 2,000 records and a few dozen pools: every state occurs.
        public static let standard = Size(records: 2000, owners: 4, underlyings: 4, strikes: 3)
        /// A long one over four underlyings in which mutual pools form; the oracle tries every set of their members.
        public static let mutual: Size = {
            var size = standard
            size.records = 500
            size.isMutual = true
            return size
        }()
        /// For tests that run many seeds.
        public static let small = Size(records: 300, owners: 4, underlyings: 2, strikes: 2)
        /// A small one with volatility indices.
        public static let indexed: Size = {
            var size = small
            size.hasIndices = true
            return size
        }()
        /// A small one over about ten weeks, in which ranges follow the market.
        public static let daily: Size = {
            var size = small
            size.isDaily = true
            return size
        }()
    }

    /// What it was made from.
    public let seed: UInt64
    /// How much there is of everything.
    public let size: Size
    /// In log order; record `n` is batch `n − 1`.
    public let batches: [EventBatch]

    /// Makes the whole stream.
    public init(seed: UInt64, size: Size = .standard) {
        self.seed = seed
        self.size = size
        var world = GeneratedWorld(seed: seed, size: size)
        world.open()
        let opening = world.batches.count
        while world.batches.count < opening + size.records {
            world.step()
            world.publishConditions()
            world.publishSparsely()
            world.govern()
            world.pledge()
        }
        let whole = Array(world.batches.prefix(opening + size.records))
        var indices = GeneratedIndices(seed: seed, underlyings: world.underlyings)
        batches = size.hasIndices ? indices.between(whole) : whole
    }
}
