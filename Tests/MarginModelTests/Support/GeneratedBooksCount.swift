import Foundation

/// How many generated books an identity is tried on.
enum GeneratedBooksCount {
    private static let asked = ProcessInfo.processInfo.environment["PLIMSOLL_GENERATED_BOOKS"]

    /// `PLIMSOLL_GENERATED_BOOKS`, or 100,000 in an optimised build and 600 in a debug one.
    static let value: Int = {
        if let asked, let count = Int(asked) { return count }
        #if DEBUG
            return 600
        #else
            return 100_000
        #endif
    }()

    /// Says how many books an identity was tried on, where somebody asked for a number: `scripts/check-identities` adds
    /// them up.
    static func note(_ tried: Int, of identity: String = #function) {
        guard asked != nil else { return }
        // At once and unbuffered: batches end side by side.
        FileHandle.standardOutput.write(Data("books tried: \(tried) of \(identity.prefix { $0 != "(" })\n".utf8))
    }
}
