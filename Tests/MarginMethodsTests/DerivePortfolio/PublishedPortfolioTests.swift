import MarginMethods
import Testing

@Suite struct PublishedPortfolioTests {
    @Test(arguments: PublishedPortfolio.collateral + PublishedPortfolio.structures + PublishedPortfolio.terms)
    func `a published portfolio has its published margins`(_ portfolio: PublishedPortfolio) {
        let result = portfolio.published.compared(with: DerivePortfolio(), .millionth)

        #expect(result.passes, "\(result.outcome)")
    }

    @Test(arguments: PublishedPortfolio.books)
    func `a published book has its published margins to the last digits`(_ portfolio: PublishedPortfolio) {
        let result = portfolio.published.compared(
            with: DerivePortfolio(), ConformanceTolerance(relative: 1e-14, floor: 0))

        #expect(result.passes, "\(result.outcome)")
    }
}
