import Synchronization

/// Carries a non-copyable value into a task, which takes it out once.
final class Box<Value: ~Copyable & Sendable>: Sendable {
    private let value: Mutex<Value?>

    init(_ value: consuming sending Value) { self.value = Mutex(value) }

    func take() -> Value {
        guard let value = value.withLock({ $0.take() }) else { preconditionFailure("A boxed value is taken once.") }
        return value
    }
}
