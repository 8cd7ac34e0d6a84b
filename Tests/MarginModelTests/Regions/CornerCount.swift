import Foundation

/// How many markets on regions' faces are tried in all.
enum CornerCount {
    /// `PLIMSOLL_CORNER_POINTS`, or 1,300,000 in an optimised build and 130,000 in a debug one.
    static let value: Int = {
        if let text = ProcessInfo.processInfo.environment["PLIMSOLL_CORNER_POINTS"], let count = Int(text) {
            return count
        }
        #if DEBUG
            return 130_000
        #else
            return 1_300_000
        #endif
    }()
}
