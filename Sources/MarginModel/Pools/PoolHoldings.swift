public import MarginDomain

/// What a pool, or one of its members, holds: net lots by instrument, balances less cost by asset, and open orders.
/// Exact.
public struct PoolHoldings: Equatable, Sendable {
    /// Ascending by instrument; never zero.
    public private(set) var positions: [HeldPosition] = []
    /// Ascending by asset; never zero.
    public private(set) var balances: [HeldBalance] = []

    /// Ascending.
    public internal(set) var orders: [RestingOrder] = []

    /// By whose size it is charged.
    var owner = OwnerContext()

    /// Nothing.
    public init() {}

    init(positions: [HeldPosition], balances: [HeldBalance]) {
        self.positions = positions
        self.balances = balances
    }

    /// Adds a signed change of net lots.
    public mutating func add(_ lots: NetQuantity, of instrument: InstrumentID) {
        let place = positions.firstIndex { $0.instrument >= instrument } ?? positions.count
        if place == positions.count || positions[place].instrument != instrument {
            positions.insert(HeldPosition(instrument: instrument, lots: .zero), at: place)
        }
        positions[place].lots = positions[place].lots + lots
        if positions[place].lots == .zero { positions.remove(at: place) }
    }

    /// Adds a change of balance − Σ cost.
    public mutating func add(_ change: Balance, of asset: AssetID) {
        let place = balances.firstIndex { $0.asset >= asset } ?? balances.count
        if place == balances.count || balances[place].asset != asset {
            balances.insert(HeldBalance(asset: asset, balance: .zero), at: place)
        }
        balances[place].balance += change
        if balances[place].balance == .zero { balances.remove(at: place) }
    }

    /// Adds all that another holds.
    public mutating func add(_ other: PoolHoldings) {
        for position in other.positions { add(position.lots, of: position.instrument) }
        for order in other.orders { add(order) }
        if owner == OwnerContext() { owner = other.owner }
        for balance in other.balances { add(balance.balance, of: balance.asset) }
    }

    /// The same, of an owner who has this much in other pools.
    public func besides(_ elsewhere: OwnerSizes) -> PoolHoldings {
        var copy = self
        copy.owner.elsewhere = elsewhere
        return copy
    }

    /// The same under rates that are given.
    func charged(_ rates: [AssetID: OwnerRates]) -> PoolHoldings {
        var copy = self
        copy.owner.rates = rates
        return copy
    }

    /// What takes all of it back.
    public var opposite: PoolHoldings {
        PoolHoldings(
            positions: positions.map { HeldPosition(instrument: $0.instrument, lots: NetQuantity(-$0.lots.lots)) },
            balances: balances.map { HeldBalance(asset: $0.asset, balance: .zero - $0.balance) })
    }
}

/// Net lots of one instrument; positive = long.
public struct HeldPosition: Equatable, Sendable {
    public let instrument: InstrumentID
    public internal(set) var lots: NetQuantity
}

/// Balance less cost of one asset: `B`.
public struct HeldBalance: Equatable, Sendable {
    public let asset: AssetID
    public internal(set) var balance: Balance
}

/// A member's part of a pool.
public struct MemberHoldings: Equatable, Sendable {
    public var member: Member
    public var holdings: PoolHoldings

    public init(member: Member, holdings: PoolHoldings) {
        self.member = member
        self.holdings = holdings
    }
}
