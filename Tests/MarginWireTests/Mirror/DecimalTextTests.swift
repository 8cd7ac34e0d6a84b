import MarginDomain
import Testing

@testable import MarginWire

/// Integers and powers of ten as decimals.
@Suite struct DecimalTextTests {
    @Test(arguments: [
        (600_005, -1, "60000.5"), (600_000, -1, "60000"), (-1, -9, "-0.000000001"), (0, -6, "0"), (12, 0, "12"),
        (12, 3, "12000"), (712, -8, "0.00000712"), (Int64.min, 0, "-9223372036854775808"),
        (Int64.max, -18, "9.223372036854775807"), (Int64.max, 9, "9223372036854775807000000000"),
    ])
    func `a mantissa and its text are the same number`(mantissa: Int64, power: Int, text: String) throws {
        #expect(DecimalText.text(mantissa, power: power) == text)
        #expect(try DecimalText.mantissa(text, power: power) == mantissa)
    }

    @Test func `every mantissa survives at every exponent of the listing range`() throws {
        var random = SeededGenerator(seed: 11)
        for _ in 0..<2_000 {
            let mantissa = Int64.random(in: .min ... .max, using: &random) >> Int64.random(in: 0..<63, using: &random)
            let power = Int(Int8.random(in: Exponent.range, using: &random))
            #expect(try DecimalText.mantissa(DecimalText.text(mantissa, power: power), power: power) == mantissa)
        }
    }

    @Test(arguments: ["", "-", "+1", "1.", ".5", "1e3", "01", "1.2.3", " 1", "1 ", "1,5", "--1", "٣"])
    func `only plain digits are a decimal`(text: String) {
        #expect(throws: NumberFault.notPlain) { try DecimalText.mantissa(text, power: -2) }
    }

    @Test func `a digit below the unit is refused, even a zero`() {
        #expect(throws: NumberFault.tooManyDigits) { try DecimalText.mantissa("1.234", power: -2) }
        #expect(throws: NumberFault.tooManyDigits) { try DecimalText.mantissa("1.230", power: -2) }
        #expect(throws: NumberFault.tooManyDigits) { try DecimalText.mantissa("1.0", power: 0) }
        #expect(throws: NumberFault.tooManyDigits) { try DecimalText.mantissa("1500", power: 3) }
        #expect(throws: NumberFault.tooManyDigits) { try DecimalText.mantissa("500", power: 3) }
    }

    @Test func `a number beyond 64 bits is refused`() {
        #expect(throws: NumberFault.tooLarge) { try DecimalText.mantissa("9223372036854775808", power: 0) }
        #expect(throws: NumberFault.tooLarge) { try DecimalText.mantissa("9223372036854775807", power: -1) }
    }

    @Test func `minus zero is zero`() throws {
        #expect(try DecimalText.mantissa("-0", power: -2) == 0)
    }
}
