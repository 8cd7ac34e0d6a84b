import CMarginKernels
import MarginDomain
import MarginTestKit
import Testing

@testable import MarginModel

/// Every number of a row against the plain twin, bit by bit, on every variant of the kernels that this processor has.
@Suite(.serialized) struct RowTwinTests {
    @Test(arguments: KernelVariant.available)
    func `rows agree with the twin to the last bit on generated options`(_ variant: KernelVariant) throws {
        variant.select()
        var inputs = Inputs(seed: 20_251_010)
        for round in 0..<24 {
            try compare(round: round, &inputs)
        }
        KernelVariant.available.last?.select()
    }

    private func compare(round: Int, _ inputs: inout Inputs) throws {
        var world = ModelWorld()
        let asset = [ModelWorld.btc, ModelWorld.eth, ModelWorld.sol][round % 3]
        let range = [0.16, 0.20, 0.30][round % 3]
        let spotTicks = Int64(inputs.number(in: 100...9_000_000))
        let days = round % 8 == 7 ? -0.5 : round % 4 == 0 ? inputs.number(in: 0.01...4) : inputs.number(in: 4...900)
        let forwardTicks = Int64(Double(spotTicks) * inputs.number(in: 0.9...1.15))
        let settledTicks = round % 5 == 4 ? forwardTicks / 3 : 0
        let rate = round % 2 == 0 ? 0 : (inputs.number(in: -0.05...0.2) * 1e6).rounded() / 1e6
        world.index(asset, spotTicks)
        world.forward(asset, days: days, forwardTicks, settled: settledTicks)
        world.rate(asset, days: days, rate)
        var options: [(Instrument, NaiveRow)] = []
        for place in 0..<21 {
            let strikeTicks = max(1, Int64(Double(forwardTicks) * inputs.number(in: 0.3...2.5)))
            let volatility = (inputs.number(in: 0.05...4) * 1e6).rounded() / 1e6
            world.volatility(asset, days: days, strike: strikeTicks, volatility)
            let lot = Int8(inputs.whole(-4 ... -1))
            let isCall = place % 2 == 0
            let isInverse = place % 3 == 0
            let option = world.option(
                UInt32(place + 1), asset, isCall ? .call : .put, strike: strikeTicks, days: days, inverse: isInverse,
                lot: lot)
            options.append(
                (
                    option,
                    NaiveRow(
                        isCall: isCall, isInverse: isInverse, strike: Double(strikeTicks) * Exponent(-2).scale,
                        sigma: volatility,
                        spot: Double(spotTicks) * Exponent(-2).scale,
                        forward: Double(forwardTicks) * Exponent(-2).scale,
                        settled: Double(settledTicks) * Exponent(-2).scale,
                        rate: Rate(Int64(rate * 1e9)).fraction,
                        years: Double(max(0, ModelWorld.after(days: days).nanoseconds - ModelWorld.start.nanoseconds))
                            / 3.1536e16,
                        scale: Exponent(lot).scale * 1e6, range: range)
                ))
        }
        world.book.refresh(asset.id, at: ModelWorld.start)

        let place = try #require(world.book.place(of: asset.id))
        let book = world.book.underlyings[place]
        let columns = try #require(book.table.grid).columns
        #expect(book.table.hasHalfSteps == (days > 0 && days <= 3))
        for (option, twin) in options {
            let row = try #require(book.contracts.row(of: option.id))
            let market = try #require(book.market.forwardDollars(of: ModelWorld.after(days: days)))
            var naive = twin
            naive.sigma = try #require(
                book.market.expiries[ModelWorld.after(days: days)]?.volatility(
                    at: Price(Int64((twin.strike * 100).rounded())), tick: 0.01))
            naive.forward = market.forward
            #expect(
                columns.map { book.table.gain(row: row, at: $0.place) }
                    == naive.gains(halfSteps: book.table.hasHalfSteps))
            #expect(book.table.value(row: row) == naive.rounded(naive.base))
            let expiry = book.table.vector(row, mk_expiry_sums)
            #expect((0..<4).map { expiry[$0] } == naive.skewGains)
            #expect(expiry[mk_expiry_phi] == naive.phiAndDelta.0)
            let charged = naive.rounded(naive.spot)
            #expect(expiry[mk_expiry_calls] == (naive.isCall ? charged : 0))
            #expect(expiry[mk_expiry_puts] == (naive.isCall ? 0 : charged))
            #expect(book.table.vector(row, mk_centre)[mk_centre_delta] == naive.phiAndDelta.1)
            let absolute = book.table.vector(row, mk_absolute)
            #expect(absolute[mk_absolute_delta] == abs(naive.phiAndDelta.1))
            #expect(absolute[mk_absolute_fee] == NaiveBlack76.nearest((0.001 * naive.spot) * naive.scale))
            let numbers =
                naive.gains(halfSteps: book.table.hasHalfSteps) + naive.skewGains + [
                    naive.rounded(naive.base), naive.phiAndDelta.0, naive.phiAndDelta.1, charged,
                    absolute[mk_absolute_fee],
                ]
            #expect(absolute[mk_absolute_largest] == numbers.map { abs($0) }.max())
        }
    }
}
