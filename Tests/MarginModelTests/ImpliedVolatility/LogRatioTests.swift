import Testing

@testable import MarginModel

/// Reference values from mpmath 1.3 with 50 digits, of exactly the numbers given.
@Suite struct LogRatioTests {
    @Test(arguments: Self.references)
    func `the logarithm of a ratio keeps its digits where the two are nearly equal`(
        _ a: Double, _ b: Double, _ expected: Double
    ) {
        #expect(abs(LogRatio.value(a, b) - expected) <= 5e-16 * abs(expected))
        #expect(LogRatio.value(a, b) == -LogRatio.value(b, a) || abs(expected) > 0.2)
    }

    @Test func `equal numbers have the logarithm 0`() { #expect(LogRatio.value(97_000.5, 97_000.5) == 0) }

    static let references: [(Double, Double, Double)] = [
        (100.0, 99.99999999999999, 1.4210854715202004727e-16),
        (1.0, 1.000000001, -1.0000000822403709167e-9),
        (97000.5, 97000.0, 5.1546258901508716765e-6),
        (60000.0, 60001.0, -0.000016666527779320968364),
        (7.12e-06, 7.13e-06, -0.0014035090023202756167),
        (1.0, 0.9, 0.10536051565782627656),
        (1.0, 1.2499, -0.22306354811403908767),
        (1.0, 1.2501, -0.22322354811438040338),
        (1.0, 0.75, 0.28768207245178092744),
        (100.0, 250.0, -0.91629073187415506518),
        (1e-05, 100000.0, -23.025850929940456758),
        (1e+200, 1e-200, 921.03403719761827359),
        (0x1p-1074, 1.0, -744.44007192138126231),
        (1.0, 0x1p-1060, 734.73601139354202798),
        (0x1p-1074, 97000.5, -755.92254333349267234),
        (1.5, 2.0, -0.28768207245178092744),
    ]
}
