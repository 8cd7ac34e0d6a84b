/// Products and quotients of whole numbers with 256 bits between them.
enum ExactFraction {
    enum Rounding { case up, down, towardsZero }

    /// `a·b/c`, rounded once.
    ///
    /// - Precondition: `c` is positive.
    /// - Throws: ``MethodFault/overflow`` if the result has no room.
    static func multiply(
        _ a: Int128, by b: Int128, over c: Int128, rounding: Rounding
    ) throws(MethodFault) -> Int128 {
        precondition(c > 0, "a divisor is positive")
        let product = a.magnitude.multipliedFullWidth(by: b.magnitude)
        guard product.high < c.magnitude else { throw .overflow }
        let (quotient, remainder) = c.magnitude.dividingFullWidth(product)
        let isNegative = (a < 0) != (b < 0)
        let awayFromZero =
            switch rounding {
            case .up: remainder != 0 && !isNegative
            case .down: remainder != 0 && isNegative
            case .towardsZero: false
            }
        let (magnitude, carries) = quotient.addingReportingOverflow(awayFromZero ? 1 : 0)
        guard !carries, magnitude <= Int128.max.magnitude else { throw .overflow }
        return isNegative ? -Int128(magnitude) : Int128(magnitude)
    }

    static func product(_ factors: Int128...) throws(MethodFault) -> Int128 {
        var product: Int128 = 1
        for factor in factors {
            let (next, overflows) = product.multipliedReportingOverflow(by: factor)
            if overflows { throw .overflow }
            product = next
        }
        return product
    }

    static func sum(_ a: Int128, _ b: Int128) throws(MethodFault) -> Int128 {
        let (sum, overflows) = a.addingReportingOverflow(b)
        if overflows { throw .overflow }
        return sum
    }

    /// Whether `a·b < c·d`, whatever their size.
    static func isProduct(_ a: Int128, _ b: Int128, lessThan c: Int128, _ d: Int128) -> Bool {
        let (left, right) = (a.multipliedFullWidth(by: b), c.multipliedFullWidth(by: d))
        return (left.high, left.low) < (right.high, right.low)
    }

    /// - Throws: ``MethodFault/overflow`` beyond 10³⁸.
    static func powerOfTen(_ exponent: Int) throws(MethodFault) -> Int128 {
        guard (0...38).contains(exponent) else { throw .overflow }
        return (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }

    static func greatestCommonDivisor(_ a: Int128, _ b: Int128) -> Int128 {
        var (a, b) = (abs(a), abs(b))
        while b != 0 { (a, b) = (b, a % b) }
        return max(a, 1)
    }
}
