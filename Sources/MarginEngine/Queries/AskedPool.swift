import MarginDomain
import MarginModel

/// A pool as a question finds it: what it holds, and what decides about it were it to hold something else.
///
/// It has rows and market of its own, those of the record at which the question was asked, so that the question may be
/// worked on while the engine goes on (``LongQuestion``).
struct AskedPool: Sendable {
    let id: PoolID
    let record: RecordNumber
    let holdings: PoolHoldings
    /// Without any pool.
    let book: MarginBook
    /// What is said if it has no margin.
    let withoutMargin: QuestionFault
    /// The margin with other holdings, under a published method or beside everybody's in a mutual pool; nil under the
    /// default model.
    fileprivate let decider: (@Sendable (PoolHoldings) -> PoolMargin)?
    /// ``Work`` of one evaluation.
    let work: Int

    /// Whether nothing is known of the shape of its excess, so that all that is known of it was tried.
    var isTried: Bool { decider != nil }

    /// As it is; nil without margin.
    func excess(_ trials: Trials) throws(SearchPause) -> MarginExcess? {
        try trials.excess(costing: work) { decider?(holdings) ?? book.margin(of: holdings) }
    }

    /// A line of changes from holdings; nil if they have no margin.
    func line(
        _ line: ChangeLine, from holdings: PoolHoldings, _ trials: Trials
    ) throws(SearchPause) -> PoolLine? {
        guard let decider else {
            return try MarginLine(line, from: holdings, in: book, within: trials).map { .concave($0, trials, work) }
        }
        return try TriedLine(line, from: holdings, within: trials, costing: work, decider).map { .tried($0) }
    }
}

extension EngineState {
    /// A pool, for whoever asks about it for longer than a record; nil for one that is not evaluated here.
    func asked(_ place: PoolIndex) -> AskedPool? {
        guard let slot = pools[place.number].slot else { return nil }
        let (book, holdings) = (book.withoutPools, holdings(of: place, slot))
        func asked(_ work: Int, _ decider: (@Sendable (PoolHoldings) -> PoolMargin)?) -> AskedPool {
            AskedPool(
                id: pools[place.number].id, record: lastRecord, holdings: holdings, book: book,
                withoutMargin: withoutMargin(place), decider: decider, work: work)
        }
        if let member = askedMember(place) {
            return asked(member.work) { member.margin(holding: $0, in: book) }
        }
        guard let method = method(of: place) else { return asked(Work.evaluation(of: holdings), nil) }
        return asked(Work.method(holdings)) { book.margin(of: $0, by: method, priced: book.margin(of: $0)) }
    }
}
