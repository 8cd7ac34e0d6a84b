/// A liquidation plan; 0 where none is meant.
public struct PlanID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
}
