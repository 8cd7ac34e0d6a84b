/// Why a number of the mirror does not fit its field.
public enum NumberFault: Error, Equatable, Sendable {
    /// Not written as plain digits with at most one point: an exponent, a sign too many, a leading zero.
    case notPlain
    /// A fraction of the field's unit. Nothing is ever rounded.
    case tooManyDigits
    /// Beyond the field's range.
    case tooLarge
}

extension NumberFault: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notPlain: "is not a plain decimal"
        case .tooManyDigits: "has more digits than its unit"
        case .tooLarge: "does not fit"
        }
    }
}

/// Exact decimals: an integer and a power of ten, as people write them.
///
/// `600005` at 10⁻¹ is `60000.5`. Writing drops zeros at a fraction's end; reading refuses what is finer than the
/// power, whatever the digits are.
enum DecimalText {
    /// mantissa × 10^power in plain digits.
    static func text(_ mantissa: Int64, power: Int) -> String {
        guard mantissa != 0 else { return "0" }
        var digits = Array(String(mantissa.magnitude).utf8)
        if power >= 0 {
            digits += Array(repeating: ASCII.zero, count: power)
        } else {
            let padding = max(0, 1 - power - digits.count)
            digits = Array(repeating: ASCII.zero, count: padding) + digits
            digits.insert(ASCII.point, at: digits.count + power)
            while digits.last == ASCII.zero { digits.removeLast() }
            if digits.last == ASCII.point { digits.removeLast() }
        }
        return (mantissa < 0 ? "-" : "") + String(decoding: digits, as: UTF8.self)
    }

    /// The mantissa of a text at a power of ten.
    static func mantissa(_ text: String, power: Int) throws(NumberFault) -> Int64 {
        let (isNegative, whole, fraction) = try parts(text)
        var digits = whole
        if power < 0 {
            guard fraction.count <= -power else { throw .tooManyDigits }
            digits += fraction + Array(repeating: ASCII.zero, count: -power - fraction.count)
        } else if whole != [ASCII.zero] {
            guard fraction.isEmpty, whole.suffix(power).allSatisfy({ $0 == ASCII.zero }), whole.count > power else {
                throw .tooManyDigits
            }
            digits.removeLast(power)
        } else {
            guard fraction.isEmpty else { throw .tooManyDigits }
        }
        var value: Int64 = 0
        for digit in digits {
            let (tenfold, first) = value.multipliedReportingOverflow(by: 10)
            let step = Int64(digit - ASCII.zero)
            // Counted downwards where negative, since the least number has no positive twin.
            let (sum, second) =
                isNegative ? tenfold.subtractingReportingOverflow(step) : tenfold.addingReportingOverflow(step)
            guard !first, !second else { throw .tooLarge }
            value = sum
        }
        return value
    }

    /// Whether a text is a whole number in plain digits.
    static func isWhole(_ text: String) -> Bool {
        let digits = text.utf8.first == ASCII.minus ? text.utf8.dropFirst() : text.utf8[...]
        return !digits.isEmpty && digits.allSatisfy(ASCII.digits.contains)
            && (digits.count == 1 || digits.first != ASCII.zero)
    }

    /// Sign, digits before and digits after the point.
    private static func parts(
        _ text: String
    ) throws(NumberFault) -> (isNegative: Bool, whole: [UInt8], fraction: [UInt8]) {
        var characters = Array(text.utf8)
        let isNegative = characters.first == ASCII.minus
        if isNegative { characters.removeFirst() }
        let point = characters.firstIndex(of: ASCII.point)
        let whole = Array(characters[..<(point ?? characters.count)])
        let fraction = point.map { Array(characters[($0 + 1)...]) } ?? []
        guard !whole.isEmpty, point == nil || !fraction.isEmpty,
            whole.allSatisfy(ASCII.digits.contains), fraction.allSatisfy(ASCII.digits.contains),
            whole.count == 1 || whole.first != ASCII.zero
        else { throw .notPlain }
        return (isNegative, whole, fraction)
    }
}
