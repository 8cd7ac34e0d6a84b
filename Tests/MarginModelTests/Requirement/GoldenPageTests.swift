import MarginDomain
import Testing

@testable import MarginModel

/// The golden books of docs/margin-model.md §15, read from the page: page and model cannot part.
@Suite struct GoldenPageTests {
    private static let symbols = [
        "BTC": ModelWorld.btc.id, "ETH": ModelWorld.eth.id, "SOL": ModelWorld.sol.id, "USDC": ModelWorld.usdc.id,
    ]

    @Test func `every golden book is margined as it is worked out on the page`() throws {
        let books = try GoldenPage.books()

        #expect(books.count == 4)
        for book in books {
            let answer = try book.question.answer(under: ModelWorld.charging, symbols: Self.symbols)
            var found = Dictionary(
                uniqueKeysWithValues: answer.components.map { ("\($0.component)", ($0.initial, $0.maintenance)) })
            found["equity"] = (answer.equity, answer.equity)
            found["requirement"] = (answer.initialMargin, answer.maintenanceMargin)
            #expect(Set(found.keys) == Set(book.parts.keys), "\(book.name)")
            for (name, expected) in book.parts {
                let (initial, maintenance) = found[name] ?? (.nan, .nan)
                #expect(abs(initial - expected.initial) < 0.005, "\(book.name): \(name) \(initial)")
                #expect(abs(maintenance - expected.maintenance) < 0.005, "\(book.name): \(name) \(maintenance)")
            }
        }
    }
}
