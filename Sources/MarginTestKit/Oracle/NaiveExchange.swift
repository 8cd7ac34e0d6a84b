public import MarginDomain

/// The fold of `docs/event-rules.md`, in plain dictionaries: records go in, signals come out.
///
/// Whenever the rules say that a pool is evaluated, its margin is recomputed from scratch (``NaiveMargin``). The ledger,
/// the market and the pools stay open to tests, so that they can be compared after every record. The entries of a batch
/// are applied by the extensions, one per section of the page.
public struct NaiveExchange: Sendable {
    /// What is known of an open account.
    public struct Account: Equatable, Sendable {
        /// Its beneficial owner.
        public let owner: OwnerID
        /// Its first pool, to which it returns.
        public let ownPool: PoolID
    }

    /// Assets, instruments, parameters, and the last cuts.
    public var market = NaiveMarket()
    /// The latest inputs of every underlying.
    public var inputs: [AssetID: NaiveInputs] = [:]
    /// Publish times of collateral prices.
    public var collateralTimes: [AssetID: Timestamp] = [:]
    /// Open accounts.
    public var accounts: [AccountID: Account] = [:]
    /// Whose every account that was ever opened is.
    var owners: [AccountID: OwnerID] = [:]
    /// Whose every pool is that somebody was ever in; those that stand for a mutual one are nobody's.
    var poolOwners: [PoolID: OwnerID] = [:]
    /// All that were announced, the latest version of each.
    public var agreements: [AgreementID: PoolAgreement] = [:]
    /// All that ever were, empty ones too.
    public var pools: [PoolID: NaivePool] = [:]
    /// Mutual pools, by the id that stands for all members.
    public var mutuals: [PoolID: NaiveMutualGroup] = [:]
    /// Contributions of members that have left a mutual pool.
    var holds: [Member: [(amount: Value, until: Timestamp)]] = [:]
    /// Joins that were refused for money that is still held, and for want of cover.
    public internal(set) var joinsHeldUp = 0
    public internal(set) var joinsUncovered = 0
    /// Which group of affiliates an owner belongs to.
    public var families: [OwnerID: OwnerID] = [:]
    /// Which pool every member is in.
    public var memberships: [Member: PoolID] = [:]
    /// What every member holds.
    public var holdings: [Member: NaiveHoldings] = [:]
    /// What the house has taken, less what it has paid.
    public var houses: [Fund: [AssetID: Int128]] = [:]
    /// The latest time of all records and clocks.
    public var now = Timestamp.zero
    /// Sources that fell silent or have a gap.
    public var untrusted: Set<SourceID> = []
    /// What people put in force; the market's parameters have wider ranges where prices ask for them.
    public internal(set) var base = NaiveParameters()
    /// Closes, and what follows from them.
    public internal(set) var days = NaiveDays()
    /// Sets of parameters that are not in force.
    public var parameterSets = NaiveParameterSets()
    /// How many entries were refused, by reason.
    public var refusals: [NaiveRefusal: Int] = [:]
    /// The last number given to a signal.
    public var signalNo = StreamNumber.start
    /// The event time of the record that is being applied.
    public internal(set) var eventTime = Timestamp.zero
    /// The signals of the record that is being applied, in order of evaluation.
    var signals: [NaiveSignal] = []
    /// The pools evaluated in the record that is being applied, in order.
    public internal(set) var evaluated: [PoolID] = []

    /// Before the first record.
    public init() {}

    /// Applies one record and returns its signals, numbered, in order of pool and ordinal.
    public mutating func apply(_ batch: EventBatch, record: RecordNumber) -> [NaiveSignal] {
        now = max(now, batch.header.sendingTime)
        eventTime = now
        signals = []
        evaluated = []
        passDay()
        dispatch(batch.events, from: batch.header.source)
        releaseLeavers()

        var ordinals: [PoolID: UInt32] = [:]
        for index in signals.indices {
            let pool = signals[index].pool
            signals[index].record = record
            signals[index].ordinal = Ordinal(ordinals[pool, default: 0])
            ordinals[pool, default: 0] += 1
        }
        signals.sort { ($0.pool, $0.ordinal) < ($1.pool, $1.ordinal) }
        for index in signals.indices {
            signalNo = signalNo.next
            signals[index].signalNo = signalNo
        }
        return signals
    }

    /// The section of the rules that a kind of entry belongs to.
    private mutating func dispatch(_ events: EventGroup, from source: SourceID) {
        switch events {
        case .assetListed(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.list(entry) }
        case .instrumentListed(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in try state.list(entry) }
        case .instrumentDelisted(let entries):
            ledger(entries, .order) { state, entry throws(NaiveRefusal) in try state.delist(entry) }
        case .accountOpened(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.open(entry) }
        case .accountClosed(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.close(entry) }
        case .poolAgreement(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.agree(entry) }
        case .ownerLinked(let entries): for entry in entries { families[entry.owner] = entry.group }
        case .poolMembership(let entries):
            ledger(entries, .membership) { state, entry throws(NaiveRefusal) in
                try state.apply(entry)
            }
        case .riskParameters(let entries): applyParameters(entries, from: source)
        case .indexPrice, .markPrice, .forwardPoint, .volatilityPoint, .sviSlice, .ratePoint, .collateralPrice:
            applyPrices(events, from: source)
        case .fundingRate(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .depth(let entries): each(entries) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .volatilityIndex(let entries):
            each(entries) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .clock(let entries): apply(entries)
        case .sourceSilent(let entries): for entry in entries { apply(entry) }
        default: applyLedger(events)
        }
    }

    /// Applies entries one by one; a refused one changes nothing and does not stop the next.
    mutating func each<Entry>(
        _ entries: [Entry], _ apply: (inout NaiveExchange, Entry) throws(NaiveRefusal) -> Void
    ) {
        for entry in entries {
            do throws(NaiveRefusal) { try apply(&self, entry) } catch { refusals[error, default: 0] += 1 }
        }
    }

    /// The same for entries that move something: evaluates the pools they touched before the next entry.
    mutating func ledger<Entry>(
        _ entries: [Entry], _ cause: Cause,
        _ apply: (inout NaiveExchange, Entry) throws(NaiveRefusal) -> Set<PoolID>
    ) {
        each(entries) { state, entry throws(NaiveRefusal) in
            let touched = try apply(&state, entry)
            state.evaluate(all: touched, cause)
        }
    }
}
