import Foundation

extension Double {
    /// Four significant digits, thousands apart from 10,000 on.
    var figure: String {
        guard magnitude >= 10_000 else { return String(format: "%.4g", self) }
        var digits = String(Int64(rounded()).magnitude)
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}

extension String {
    /// With spaces behind it up to a width.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }

    /// With spaces before it up to a width.
    func aligned(to width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
