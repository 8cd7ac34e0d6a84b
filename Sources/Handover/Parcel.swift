internal import Synchronization

/// Carries a value that cannot be copied to the task that will own it: a closure that starts a task cannot capture one.
public final class Parcel<Contents: ~Copyable & Sendable>: Sendable {
    private let contents: Mutex<Contents?>

    /// Packs the value.
    public init(_ contents: consuming Contents) {
        self.contents = Mutex(contents)
    }

    /// The value; the parcel is empty afterwards.
    ///
    /// - Precondition: it was not opened before.
    public func open() -> Contents {
        contents.withLock { contents in
            guard let value = contents.take() else { preconditionFailure("A parcel is opened once.") }
            return value
        }
    }
}
