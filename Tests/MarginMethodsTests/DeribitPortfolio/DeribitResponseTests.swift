import MarginMethods
import MarginModel
import Testing

@Suite struct DeribitResponseTests {
    @Test func `every cell of the documented response comes out`() throws {
        typealias Published = DeribitResponse.Segregated

        let matrix = try #require(try DeribitPortfolio().matrices(of: Published.question).first)

        #expect(matrix.unit == .coin)
        #expect(matrix.positions.map(\.name) == ["BTC-PERP", "BTC-FUTURE-950400"])
        expect(matrix.positions[0].vector.standard, DeribitResponse.cells(Published.perpetual))
        expect(matrix.positions[0].vector.extended, Published.perpetualExtended)
        expect(matrix.positions[1].vector.standard, DeribitResponse.cells(Published.future))
        expect(matrix.positions[1].vector.extended, Published.futureExtended)
        expect(matrix.aggregated.standard, DeribitResponse.cells(Published.aggregated))
        expect(matrix.aggregated.extended, [Double](repeating: 0, count: 8))
    }

    @Test func `the documented response's margins come out`() throws {
        typealias Published = DeribitResponse.Segregated
        var method = DeribitPortfolio()
        method.stated["BTC", default: DeribitStatedMargins()].makerProtection = 0.06
        method.stated["BTC", default: DeribitStatedMargins()].openOrders = 0.000018212

        let matrix = try #require(try method.matrices(of: Published.question).first)
        let answer = try method.answer(Published.question)

        #expect(matrix.worstCase.isNanoClose(to: 0.05968587238095239))
        #expect(matrix.rollShock.isNanoClose(to: 0.00315725898))
        #expect(matrix.deltaShock == 0)
        #expect(abs(matrix.margin - 0.06284313098) < 1e-15)
        #expect((answer.initialMargin / Published.index).isNanoClose(to: 0.122861343))
        #expect(abs(answer.maintenanceMargin / Published.index - 0.050274504784) < 1e-15)
        // bucket 1, index 1.
        #expect(answer.bindings.map(\.index) == [1])
        #expect(answer.bindings.map(\.spotMove) == [-0.16])
        #expect(answer.bindings.map(\.volatility) == ["up"])
    }

    @Test func `gains count in part, in every cell of the captured response`() throws {
        typealias Published = DeribitResponse.GainShare

        let matrix = try #require(try DeribitPortfolio().matrices(of: Published.question).first)

        expect(matrix.positions[0].vector.standard, DeribitResponse.cells(Published.summed))
        expect(matrix.positions[0].vector.extended, Published.summedExtended)
        expect(matrix.summed.standard, DeribitResponse.cells(Published.summed))
        expect(matrix.summed.extended, Published.summedExtended)
        expect(matrix.aggregated.standard, DeribitResponse.cells(Published.aggregated))
        expect(matrix.aggregated.extended, [Double](repeating: 0, count: 8))
    }

    @Test func `the captured response's margins come out`() throws {
        typealias Published = DeribitResponse.GainShare

        let matrix = try #require(try DeribitPortfolio().matrices(of: Published.question).first)
        let answer = try DeribitPortfolio().answer(Published.question)

        #expect(matrix.worstCase.isNanoClose(to: 0.15246412672881357))
        #expect(matrix.rollShock.isNanoClose(to: 0.004997435265))
        #expect(matrix.deltaShock == 0)
        #expect(abs(matrix.margin - 0.157461562265) < 1e-15)
        #expect((answer.initialMargin / Published.index).isNanoClose(to: 0.157461562))
        #expect(abs(answer.maintenanceMargin / Published.index - 0.125969249812) < 1e-15)
        // bucket 9, index 25.
        #expect(matrix.worst?.index == 25)
        #expect(matrix.worst?.move == 0.18)
        #expect(answer.bindings.map(\.index) == [25])
    }

    private func expect(_ computed: [Double], _ published: [Double]) {
        #expect(computed.count == published.count)
        for (index, pair) in zip(computed, published).enumerated() {
            #expect(pair.0.isNanoClose(to: pair.1), "cell \(index + 1): \(pair.0), published \(pair.1)")
        }
    }
}
