import MarginDomain
import MarginModel

extension EngineState {
    /// The largest trade on one side that the pool may make, at a price: it and every partial fill of it are allowed.
    func largest(_ query: LargestQuery, _ place: PoolIndex) throws(QuestionFault) -> LargestAnswer {
        try needMember(place)
        guard let side = TradeSide(rawValue: query.side.lots) else {
            throw QuestionFault(.outOfRange, field: "side", "side is 1 to buy or -1 to sell")
        }
        let instrument = try instrument(query.instrument)
        let price = try price(query.price, of: instrument)
        guard let slot = pools[place.number].slot,
            var line = line(
                .trade(instrument, side, price: price), from: holdings(of: place, slot), in: place,
                within: TrialBudget(TrialBudget.largest))
        else { throw withoutMargin(place) }
        let lots = line.largest(
            upTo: 2 * EngineLimits.positionLotsMax, isRingFenced(place) ? .reducing : .initialMargin)
        // No lot may fit because the instrument has no price: that is no answer.
        if lots == 0, !book.isPriced(instrument.id) { throw withoutPrice(instrument) }
        return LargestAnswer(
            record: lastRecord, pool: pools[place.number].id, instrument: instrument.id,
            quantity: Quantity(lots * side.rawValue))
    }
}
