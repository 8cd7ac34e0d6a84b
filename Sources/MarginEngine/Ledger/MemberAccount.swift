import MarginDomain
import MarginModel

/// Where a member stands in the engine's tables. Dense and internal: never on the wire.
struct MemberIndex: Hashable, Sendable, BitwiseCopyable {
    let place: Int32
    var number: Int { Int(place) }
}

/// Where a pool stands in the engine's tables. Dense and internal: never on the wire.
struct PoolIndex: Hashable, Sendable, BitwiseCopyable {
    let place: Int32
    var number: Int { Int(place) }
}

/// What a member owns: its balances by asset and its positions by instrument, exact.
struct MemberAccount: Sendable {
    let member: Member
    let owner: OwnerID
    var pool: PoolIndex
    /// The pool that the member returns to.
    let ownPool: PoolID
    var isClosed = false
    var balances = SortedTable<AssetID, Balance>()
    var positions = SortedTable<InstrumentID, Position>()
    /// What waits in the market, at most ``EngineLimits/ordersPerMemberMax``.
    var orders = SortedTable<OrderID, RestingOrder>()

    /// Neither money nor positions, nor orders that could make some.
    var isEmpty: Bool {
        positions.isEmpty && orders.isEmpty && balances.values.allSatisfy { $0 == .zero }
    }
}
