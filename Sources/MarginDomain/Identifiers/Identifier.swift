/// A number that names something outside the engine.
///
/// Every kind of thing has its own identifier type, so that an account cannot be passed where a pool is meant.
/// Identifiers order by number; wherever output depends on an order of things, it is this one.
public protocol Identifier: Hashable, Comparable, Sendable, BitwiseCopyable, CustomStringConvertible {
    /// The width on the wire.
    associatedtype RawValue: FixedWidthInteger & UnsignedInteger & Sendable

    /// The number on the wire.
    var rawValue: RawValue { get }

    init(_ rawValue: RawValue)
}

extension Identifier {
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    public var description: String { "\(rawValue)" }
}
