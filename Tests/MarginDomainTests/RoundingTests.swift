import MarginDomain
import Testing

@Suite struct RoundingTests {
    @Test(
        arguments: [(7, 2, 3, 4), (-7, 2, -4, -3), (8, 2, 4, 4), (0, 5, 0, 0), (-1, 3, -1, 0)]
            as [(Int128, Int128, Int128, Int128)])
    func `down and up meet at whole quotients only`(dividend: Int128, divisor: Int128, down: Int128, up: Int128) {
        #expect(Rounding.down(dividend, dividedBy: divisor) == down)
        #expect(Rounding.up(dividend, dividedBy: divisor) == up)
    }

    @Test(arguments: [(5, 2), (15, 2), (25, 10), (-5, 2), (7, 3), (-8, 3)] as [(Int128, Int128)])
    func `half to even is symmetric in sign`(dividend: Int128, divisor: Int128) {
        let rounded = Rounding.halfToEven(dividend, times: 0, dividedBy: divisor)

        #expect(rounded == -Rounding.halfToEven(-dividend, times: 0, dividedBy: divisor))
        #expect((rounded * divisor - dividend).magnitude * 2 <= divisor.magnitude)
    }

    @Test func `ties go to the even neighbour`() {
        #expect(Rounding.halfToEven(5, times: 0, dividedBy: 2) == 2)
        #expect(Rounding.halfToEven(7, times: 0, dividedBy: 2) == 4)
        #expect(Rounding.halfToEven(25, times: 1, dividedBy: 100) == 2)
    }

    @Test func `values saturate instead of wrapping`() {
        #expect(Value.max + Value(1) == .max)
        #expect(Value.min - Value(1) == .min)
        #expect(-Value.min == .max)
        #expect(Timestamp(.min) - Timestamp(.max) == Duration64(.min))
    }
}
