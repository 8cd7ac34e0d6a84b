internal import Synchronization

/// A value that becomes known once, after others already refer to it.
public final class LateValue<Value: Sendable>: Sendable {
    private let value = Mutex<Value?>(nil)

    public init() {}

    /// The value, nil while it is not known.
    public var get: Value? { value.withLock { $0 } }

    /// Makes the value known.
    ///
    /// - Precondition: it was not known before.
    public func set(_ newValue: Value) {
        value.withLock { value in
            precondition(value == nil, "A late value is set once.")
            value = newValue
        }
    }
}
