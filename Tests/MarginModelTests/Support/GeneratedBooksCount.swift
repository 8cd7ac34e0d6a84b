import Foundation

/// How many generated books an identity is tried on.
enum GeneratedBooksCount {
    /// `PLIMSOLL_GENERATED_BOOKS`, or 100,000 in an optimised build and 600 in a debug one.
    static let value: Int = {
        if let text = ProcessInfo.processInfo.environment["PLIMSOLL_GENERATED_BOOKS"], let count = Int(text) {
            return count
        }
        #if DEBUG
            return 600
        #else
            return 100_000
        #endif
    }()
}
