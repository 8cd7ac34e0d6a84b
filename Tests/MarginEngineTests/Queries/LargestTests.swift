import MarginDomain
import MarginEngine
import MarginModel
import Testing

@Suite struct LargestTests {
    @Test func `the largest trade fits as a what-if and in fact, and one lot more does not`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000)
        market.trade(-200, of: SmallMarket.call, at: Price(380_000))
        for (instrument, side) in [
            (SmallMarket.perpetual, 1 as Int64), (SmallMarket.perpetual, -1), (SmallMarket.inverse, 1),
            (SmallMarket.put, -1), (SmallMarket.farCall, -1), (SmallMarket.call, -1),
        ] {
            let price = instrument == SmallMarket.perpetual || instrument == SmallMarket.inverse ? 6_010_000 : 200_000
            let largest = try market.largest(instrument, side: side, at: Price(Int64(price))).quantity.lots
            #expect(largest.signum() == side, "instrument \(instrument)")

            let fits = try market.whatIf([SmallMarket.change(largest, of: instrument, at: Price(Int64(price)))])
            let breaches = try market.whatIf([
                SmallMarket.change(largest + side, of: instrument, at: Price(Int64(price)))
            ])
            #expect(fits.equityAfter >= fits.initialAfter)
            #expect(breaches.equityAfter < breaches.initialAfter)

            var traded = market
            traded.trade(largest, of: instrument, at: Price(Int64(price)))
            #expect(
                try #require(traded.excess)
                    == MarginExcess(
                        initial: fits.equityAfter - fits.initialAfter,
                        maintenance: fits.equityAfter - fits.maintenanceAfter))
        }
    }

    @Test func `a pool below initial margin may only trade what makes it no worse`() throws {
        var market = try SmallMarket()
        market.deposit(1, 12_000)
        market.trade(100, of: SmallMarket.perpetual, at: Price(6_000_000))
        market.publish(index: 56_500)
        #expect(try #require(market.excess).initial < .zero)

        #expect(try market.largest(SmallMarket.perpetual, side: 1).quantity == .zero)
        let sell = try market.largest(SmallMarket.perpetual, side: -1).quantity.lots
        // Past flat the short needs margin too, until the pool is as badly off as it was.
        #expect(sell < -100)
        let before = try #require(market.excess)
        #expect(try excess(&market, selling: -sell).isNoWorse(than: before))
        #expect(try !excess(&market, selling: 1 - sell).isNoWorse(than: before))
        // At a price far below the mark selling only loses.
        #expect(try market.largest(SmallMarket.perpetual, side: -1, at: Price(4_000_000)).quantity == .zero)
    }

    private func excess(_ market: inout SmallMarket, selling lots: Int64) throws -> MarginExcess {
        let after = try market.whatIf([SmallMarket.change(-lots, of: SmallMarket.perpetual, at: Price(5_650_000))])
        return MarginExcess(
            initial: after.equityAfter - after.initialAfter, maintenance: after.equityAfter - after.maintenanceAfter)
    }

    @Test func `questions that make no sense are refused by the field at fault`() throws {
        var market = try SmallMarket()
        market.deposit(1, 100_000)
        func refused(_ pool: UInt64, _ instrument: UInt32, _ side: Int64, _ price: Int64 = 0) throws -> String {
            let query = LargestQuery(
                pool: PoolID(pool), instrument: InstrumentID(instrument), side: Quantity(side), price: Price(price))
            let fault = try market.fault(.largestQuery(query))
            return "\(fault.fault) \(fault.field)"
        }

        #expect(try refused(1, 1, 0) == "outOfRange side")
        #expect(try refused(1, 1, 2) == "outOfRange side")
        #expect(try refused(1, 99, 1) == "unknownInstrument instrument")
        #expect(try refused(1, 2, 1, -5) == "outOfRange price")
        #expect(
            market.engine.answer(
                .largestQuery(
                    LargestQuery(pool: PoolID(77), instrument: SmallMarket.perpetual, side: Quantity(1), price: .zero))
            ).isEmpty)
        // A price at which no ledger entry could hold the cost allows nothing, and crashes nothing.
        #expect(try market.largest(SmallMarket.perpetual, side: 1, at: Price(.max)).quantity == .zero)
        let absurd = WhatIfQuery(
            pool: SmallMarket.pool, version: ParameterVersion(0),
            changes: [SmallMarket.change(.max, of: SmallMarket.perpetual, at: Price(.max))])
        #expect(try market.fault(.whatIfQuery(absurd)).field == Symbol(ascii: "quantity"))
    }
}
