import CMarginKernels
import MarginTestKit
import Testing

/// Reference values from mpmath 1.3 with 50 digits: `erfc(-x/sqrt(2))/2`, `exp(x)`, `log(x)`, printed with 18.
@Suite struct ElementaryFunctionTests {
    @Test(arguments: Self.normals)
    func `the normal distribution keeps an absolute error of 4e-16 and its tail a relative one of 1.3e-11`(
        _ x: Double, _ expected: Double
    ) {
        let value = mk_normal(x)

        #expect(abs(value - expected) <= 4e-16)
        #expect(abs(value - expected) <= 1.3e-11 * expected)
        #expect(value == NaiveBlack76.normalCDF(x))
    }

    @Test(arguments: Self.exponentials)
    func `the exponential keeps a relative error of 3e-16`(_ x: Double, _ expected: Double) {
        #expect(abs(mk_exponential(x) - expected) <= 3e-16 * expected)
        #expect(mk_exponential(x) == NaiveBlack76.exponential(x))
    }

    @Test(arguments: Self.logarithms)
    func `the logarithm keeps a relative error of 2e-16`(_ x: Double, _ expected: Double) {
        #expect(abs(mk_logarithm(x) - expected) <= 2e-16 * abs(expected))
        #expect(mk_logarithm(x) == NaiveBlack76.logarithm(x))
    }

    @Test func `exact arguments give exact values`() {
        #expect(mk_exponential(0) == 1)
        #expect(mk_exponential(-0.0) == 1)
        #expect(mk_logarithm(1) == 0)
        #expect(mk_normal(0) == 0.5)
    }

    @Test func `arguments beyond the range count as its ends`() {
        #expect(mk_exponential(-1e300) == mk_exponential(-690))
        #expect(mk_exponential(1e300) == mk_exponential(709))
        #expect(mk_normal(-1e15) >= 0)
        #expect(mk_normal(1e15) == 1)
    }

    static let normals: [(Double, Double)] = [
        (-37, 5.72557122252457682e-300),
        (-30, 4.90671392714818706e-198),
        (-20, 2.7536241186062337e-89),
        (-12.5, 3.73256429887771338e-36),
        (-8, 6.22096057427178412e-16),
        (-6, 9.86587645037698141e-10),
        (-4.25, 0.0000106885257749344205),
        (-3, 0.00134989803163009453),
        (-2, 0.0227501319481792072),
        (-1.5, 0.066807201268858066),
        (-1, 0.158655253931457051),
        (-0.75, 0.226627352376868199),
        (-0.5, 0.308537538725986896),
        (-0.25, 0.401293674317076276),
        (-0.0625, 0.475082330970752779),
        (0, 0.5),
        (0.125, 0.549738224830112893),
        (0.5, 0.691462461274013104),
        (1, 0.841344746068542949),
        (1.75, 0.95994084313618291),
        (2.5, 0.993790334674223865),
        (4, 0.99996832875816688),
        (6, 0.999999999013412355),
        (8.5, 0.999999999999999991),
    ]

    static let exponentials: [(Double, Double)] = [
        (-680.5, 2.90138301848874367e-296),
        (-300.25, 4.00942236462285704e-131),
        (-50, 1.92874984796391778e-22),
        (-10.125, 0.0000400652973929510675),
        (-1, 0.367879441171442322),
        (-0.5, 0.606530659712633424),
        (-0.001953125, 0.998048781107475473),
        (0, 1.0),
        (0.25, 1.28402541668774148),
        (0.34375, 1.41022603492571071),
        (0.375, 1.45499141461820134),
        (1, 2.71828182845904524),
        (5.5, 244.691932264220388),
        (40, 235385266837019985.0),
        (300.5, 3.20251971460363284e+130),
        (700, 1.01423205473500451e+304),
    ]

    static let logarithms: [(Double, Double)] = [
        (0.0009765625, -6.93147180559945309),
        (0.25, -1.38629436111989062),
        (0.5, -0.693147180559945309),
        (0.703125, -0.352220593589352099),
        (0.71875, -0.330241686870576856),
        (0.9375, -0.0645385211375711717),
        (0.9990234375, -0.000977039647826612786),
        (1, 0.0),
        (1.0009765625, 0.000976085973055458896),
        (1.25, 0.223143551314209756),
        (1.40625, 0.34092658697059321),
        (1.4375, 0.362905493689368453),
        (2, 0.693147180559945309),
        (10, 2.30258509299404568),
        (1024.5, 6.93195996767895445),
        (123456789, 18.631401766168018),
    ]
}
