import MarginMethods
import Testing

@Suite struct PublishedStandardTests {
    /// The publishers hold themselves to a thousandth; the figures come out to the digits in which they are printed.
    @Test(arguments: PublishedStandardCase.small + [PublishedStandardCase.book])
    func `a published case has its published margins`(_ standard: PublishedStandardCase) {
        let result = standard.published.compared(
            with: DeriveStandard(), ConformanceTolerance(relative: 1e-9, floor: 1e-6))

        #expect(result.passes, "\(result.outcome)")
    }
}
