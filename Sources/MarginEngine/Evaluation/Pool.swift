import MarginDomain
import MarginModel

/// A pool as the engine follows it: who is in it, where it stands in its life cycle, what was last said about it.
///
/// Its holdings and margin live in the model's book, under ``slot``; a pool of another shard has none.
struct Pool: Sendable {
    let id: PoolID
    let owner: OwnerID
    /// Where the owner stands among all; nil for a pool that stands for the members of a mutual one, and has nothing.
    let ownerPlace: OwnerIndex?
    let agreement: AgreementID
    /// The margin method that the agreement named when the pool came into being; nil for the default model.
    let model: Symbol?
    /// Its place in the model's book; nil if another shard evaluates it.
    let slot: PoolSlot?
    /// The number of the mutual pool that binds it, or that it stands for; nil for all others.
    var group: Int?
    /// In order of member.
    var members: [MemberIndex] = []
    var state = LifeCycle.healthy
    /// As of its last evaluation.
    var margin: PoolMargin?
    /// The rows that it was evaluated on.
    var asOf = RowsVersion.none
    /// What the owner had in other pools then.
    var elsewhere = OwnerSizes()
    /// The last evaluation's cause.
    var cause = Cause.none
    var lastSignal = StreamNumber.start
    /// Signals of the current record so far.
    var signalsInRecord = SignalCount()
    var published = PublishedState()

    /// Takes an evaluation in.
    mutating func settle(in state: LifeCycle, at margin: PoolMargin, because cause: Cause) {
        self.state = state
        self.margin = margin
        self.cause = cause
    }
}

/// Counts a pool's signals within one record; a later record starts again.
struct SignalCount: Sendable {
    private var record = RecordNumber.start
    private var count: UInt32 = 0

    /// The ordinal of the next signal in `record`.
    mutating func next(in record: RecordNumber) -> Ordinal {
        if record != self.record {
            self.record = record
            count = 0
        }
        defer { count += 1 }
        return Ordinal(count)
    }
}

/// What display was last told about a pool.
struct PublishedState: Sendable {
    var time: Timestamp?
    /// Whether a publication waits its turn.
    var isOwed = false
    var status = MarginStatus.margined
    var equity = Value.zero
    var initialMargin = Value.zero
    var maintenanceMargin = Value.zero
    var pledge = Value.zero
}

/// What a pool is for.
enum PoolRole {
    /// Its members' holdings are in it.
    case holding
    /// It stands for the members of a mutual pool, each of which stays in its own.
    case standing
}
