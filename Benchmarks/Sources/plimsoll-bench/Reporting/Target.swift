/// What a figure should be.
enum Target: Equatable, Sendable {
    case atMost(Double)
    case atLeast(Double)

    var limit: Double {
        switch self {
        case .atMost(let limit), .atLeast(let limit): limit
        }
    }

    func isMet(by value: Double) -> Bool {
        switch self {
        case .atMost(let limit): value <= limit
        case .atLeast(let limit): value >= limit
        }
    }
}
