import MarginDefault
public import MarginDomain
public import MarginModel

/// Everything the engine knows: the pure fold over the log, as a value.
///
/// ``apply(_:)`` takes a record and returns its effects. The ledger (``MemberAccount``, ``HouseAccounts``) is exact;
/// the model's ``MarginBook`` keeps markets, rows and what each pool holds net; a ``Pool`` is where its life cycle
/// stands. Ledger events evaluate the pools they touch, market cuts the pools exposed to what moved.
/// ``EngineShard`` is the actor around it.
public struct EngineState: Sendable {
    /// Which pools this state evaluates; it folds everything.
    public let share: ShardShare
    /// When display is owed a pool's state although nothing crossed a threshold.
    let display: DisplayRules

    /// Engine time: the latest event time so far.
    public internal(set) var now = Timestamp.zero
    public internal(set) var lastRecord = RecordNumber.start

    var reference = ReferenceBook()
    var accounts: [AccountID: OpenAccount] = [:]
    /// Whose the accounts are that were closed: their numbers, and what is left of their pools, stay its own.
    var formerOwners: [AccountID: OwnerID] = [:]
    var members: [MemberAccount] = []
    var memberPlaces: [Member: MemberIndex] = [:]
    var pools: [Pool] = []
    var poolPlaces: [PoolID: PoolIndex] = [:]
    /// Mutual pools, in the order in which they came into being, and their numbers in order of pool.
    var groups: [MutualGroup] = []
    var groupsByPool: [Int] = []
    /// When a member's notice may lead to its exit next; nil if nobody gave any.
    var nextExit: Timestamp?
    /// Contributions of those who left.
    var holds = ContributionHolds()
    /// The pool behind each slot of the model's book.
    var poolOfSlot: [PoolIndex] = []
    var owners = OwnerBook()
    /// Who has orders in what.
    var orderOwners = OrderOwners()
    /// The exchange's own side of the books.
    public internal(set) var house = HouseAccounts()

    var book: MarginBook
    var rules: LifeCycleRules
    var surfaces: [AssetID: PendingSurface] = [:]
    var trust = TrustBook()
    /// What each underlying's last cut was for.
    var causes: [AssetID: Cause] = [:]
    /// What passed a check and is not yet in the ledger. Not of the fold: no effect depends on it.
    var reservations = ReservationBook()
    /// The history that the log is, for methods that simulate the past.
    var closes = DailyCloses()
    /// The published methods under the parameters in force.
    var methods = MethodBook()
    /// Pools under the method that simulates the past: whose margin moves when a day ends.
    var historicalPools: [PoolIndex] = []
    /// Sets of parameters that are proposed, and the one to which one may go back.
    var parameterBook = ParameterBook()
    /// The set that people put in force; the book's own has wider ranges where the market asks for them.
    var baseParameters: ParameterSet
    /// How ranges follow the market, day by day.
    var dayBook = DayBook()
    /// The sets in force and announced, as they were last published; the first shard's only.
    var publishedParameters: [ParameterState] = []
    var sweep = DisplaySweep()
    /// Pools whose state display is owed, in the order in which that was noticed.
    var owedDisplays = OwedDisplays()

    /// An empty engine under bootstrap parameters, which the log's first records replace.
    ///
    /// - Parameter regions: whom cuts may leave out; nobody, until Benchmarks (suite regions) shows that it pays.
    public init(
        share: ShardShare = .whole, parameters: ParameterSet, display: DisplayRules = DisplayRules(),
        regions: RegionRules = .none
    ) {
        self.share = share
        self.display = display
        book = MarginBook(parameters: parameters, regions: regions)
        baseParameters = parameters
        rules = LifeCycleRules(parameters)
    }
}
