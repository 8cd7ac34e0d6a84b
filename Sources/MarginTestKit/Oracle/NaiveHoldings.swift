public import MarginDomain

/// What a member or a pool holds: paragraph 5 of the page.
public struct NaiveHoldings: Equatable, Sendable {
    /// By instrument; never an empty one.
    public var positions: [InstrumentID: Position] = [:]
    /// By asset; may be zero or negative.
    public var balances: [AssetID: Balance] = [:]

    /// Resting in the market, in any order.
    public var orders: [NaiveOrder] = []

    /// From its parts.
    public init(positions: [InstrumentID: Position] = [:], balances: [AssetID: Balance] = [:]) {
        self.positions = positions
        self.balances = balances
    }

    /// The sum over a pool's members.
    public init(adding members: [NaiveHoldings]) {
        for member in members {
            for (instrument, position) in member.positions {
                positions[instrument, default: Position()].quantity.lots += position.quantity.lots
                positions[instrument, default: Position()].cost += position.cost
            }
            for (asset, balance) in member.balances { balances[asset, default: .zero] += balance }
            orders += member.orders
        }
    }

    /// No position, no order and no balance.
    public var isEmpty: Bool { !hasPositions && orders.isEmpty && balances.values.allSatisfy { $0 == .zero } }

    /// Whether any net `q_i` is not zero.
    public var hasPositions: Bool { positions.values.contains { $0.quantity != .zero } }

    /// `q_i`.
    public func q(_ instrument: InstrumentID) -> Int128 { positions[instrument]?.quantity.lots ?? 0 }

    /// `B = balance − Σ cost` of the instruments that settle in the asset.
    public func B(_ asset: AssetID, in market: NaiveMarket) -> Int128 {
        var B = balances[asset]?.units ?? 0
        for (id, position) in positions where market.instruments[id]?.settlementAsset == asset {
            B -= position.cost.units
        }
        return B
    }
}
