import MarginMethods
import MarginModel

extension MarginCase {
    /// A question about one account.
    static func account(_ markets: [Underlying], _ build: (inout Member) -> Void) -> MarginCase {
        var member = Member()
        build(&member)
        return MarginCase(underlyings: markets, members: [member])
    }
}

extension MethodAnswer {
    /// A component's part of initial margin; not a number if the answer does not have it.
    func initial(of name: String) -> Double { components.first { $0.name == name }?.initial ?? .nan }

    /// A component's part of maintenance margin; not a number if the answer does not have it.
    func maintenance(of name: String) -> Double { components.first { $0.name == name }?.maintenance ?? .nan }
}

extension Double {
    /// Whether it is within 1e-9 of another number.
    func isNanoClose(to other: Double) -> Bool { abs(self - other) <= 1e-9 }

    /// Whether it is within 1e-9 of the larger of another number and 1.
    func isClose(to other: Double) -> Bool { abs(self - other) <= 1e-9 * max(1, abs(other)) }
}
