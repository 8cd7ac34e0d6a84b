/// A member's holding of one instrument. The position is worth `quantity · V − cost`.
public struct Position: Hashable, Sendable, BitwiseCopyable {
    /// Lots; positive = long.
    public var quantity: NetQuantity
    /// What the open quantity cost, in the settlement asset; zero for options, whose premium is cash.
    public var cost: Balance

    public init(quantity: NetQuantity = .zero, cost: Balance = .zero) {
        self.quantity = quantity
        self.cost = cost
    }

    /// Neither quantity nor cost.
    public var isEmpty: Bool { quantity == .zero && cost == .zero }
}
