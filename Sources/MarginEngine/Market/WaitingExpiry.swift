import MarginDomain

/// When what waits of one expiry was published.
struct WaitingExpiry: Sendable {
    /// Of the last point at each strike, of those after the last slice.
    private(set) var points: [Price: Timestamp] = [:]
    /// Of the last slice.
    private(set) var slice: Timestamp?
    private(set) var newest = Timestamp(.min)

    mutating func add(_ time: Timestamp, at strike: Price) {
        points[strike] = time
        newest = max(newest, time)
    }

    mutating func addSlice(_ time: Timestamp) {
        points = [:]
        slice = time
        newest = max(newest, time)
    }
}
