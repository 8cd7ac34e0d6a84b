import MarginDomain
import MarginModel

/// The way to the largest trade on one side that a pool may make: it and every partial fill of it are allowed.
struct LargestSearch: QuestionSearch {
    private let pool: AskedPool
    private let instrument: Instrument
    private let side: TradeSide
    private let price: Price
    private let allowance: Allowance
    /// What is said if the instrument has no price.
    private let withoutPrice: QuestionFault
    /// Of the evaluations so far (``Trials``).
    private var heard: [MarginExcess?] = []
    private(set) var answer: Answer?

    init(
        _ pool: AskedPool, _ instrument: Instrument, _ side: TradeSide, price: Price, _ allowance: Allowance,
        withoutPrice: QuestionFault
    ) {
        self.withoutPrice = withoutPrice
        self.pool = pool
        self.instrument = instrument
        self.side = side
        self.price = price
        self.allowance = allowance
    }

    var record: RecordNumber { pool.record }

    mutating func advance(work: Int) -> Int {
        let trials = Trials(atMost: Trials.largestMax, heard: heard, work: work)
        do throws(SearchPause) { answer = try largest(trials) } catch { heard = trials.heard }
        return trials.work
    }

    private func largest(_ trials: Trials) throws(SearchPause) -> Answer {
        guard
            var line = try pool.line(.trade(instrument, side, price: price), from: pool.holdings, trials)
        else { return .queryError(pool.withoutMargin.error) }
        let lots = try line.largest(upTo: 2 * EngineLimits.positionLotsMax, allowance)
        // No lot may fit because the instrument has no price: that is no answer.
        if lots == 0, !pool.book.isPriced(instrument.id) { return .queryError(withoutPrice.error) }
        return .largestAnswer(
            LargestAnswer(
                record: record, pool: pool.id, instrument: instrument.id, quantity: Quantity(lots * side.rawValue)))
    }
}

extension EngineState {
    func largestSearch(_ query: LargestQuery, _ place: PoolIndex) throws(QuestionFault) -> LargestSearch {
        try needMember(place)
        guard let side = TradeSide(rawValue: query.side.lots) else {
            throw QuestionFault(.outOfRange, field: "side", "side is 1 to buy or -1 to sell")
        }
        let instrument = try instrument(query.instrument)
        let price = try price(query.price, of: instrument)
        guard let pool = asked(place) else { throw withoutMargin(place) }
        return LargestSearch(
            pool, instrument, side, price: price, isRingFenced(place) ? .reducing : .initialMargin,
            withoutPrice: withoutPrice(instrument))
    }
}
