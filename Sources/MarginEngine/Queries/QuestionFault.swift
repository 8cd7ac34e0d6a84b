import MarginDomain

/// Why a question has no answer: what is at fault, where it stands in the question, and what would help.
struct QuestionFault: Error {
    let error: QueryError

    init(_ fault: QueryFault, field: StaticString, _ explanation: String) {
        error = QueryError(fault: fault, field: Symbol(ascii: field), explanation: explanation)
    }

    /// What is asked about has no margin.
    ///
    /// - Parameter sentence: why, and what cures it.
    static func unpriceable(_ sentence: String) -> QuestionFault {
        QuestionFault(.unpriceable, field: "pool", sentence)
    }

    static func unknown(_ instrument: InstrumentID) -> QuestionFault {
        QuestionFault(
            .unknownInstrument, field: "instrument",
            "instrument \(instrument) is not listed; InstrumentListed names them")
    }

    static func unknown(_ asset: AssetID) -> QuestionFault {
        QuestionFault(.outOfRange, field: "asset", "asset \(asset) is not listed; AssetListed names them")
    }

    /// What would be owed is more than a ledger entry holds.
    static var tooLarge: QuestionFault {
        QuestionFault(.outOfRange, field: "quantity", "quantity times price is more than a ledger entry holds")
    }
}

extension EngineState {
    /// The pool that stands for the members of a mutual pool holds nothing that could change.
    func needMember(_ place: PoolIndex) throws(QuestionFault) {
        guard let group = pools[place.number].group, groups[group].pool == place else { return }
        throw QuestionFault(.notAvailable, field: "pool", "the pool stands for others; ask about a member's own pool")
    }

    /// A listed instrument whose price is usable: positive for inverse futures.
    func instrument(_ id: InstrumentID) throws(QuestionFault) -> Instrument {
        guard let instrument = reference.instruments[id] else { throw .unknown(id) }
        return instrument
    }

    /// The price meant by 0: where the instrument stands now.
    func price(_ asked: Price, of instrument: Instrument) throws(QuestionFault) -> Price {
        if asked != .zero {
            guard asked > .zero || !instrument.isInverseFuture else {
                throw QuestionFault(.outOfRange, field: "price", "price must be positive; 0 means the mark")
            }
            return asked
        }
        guard let mark = markTicks(of: instrument) else { throw withoutPrice(instrument) }
        return mark
    }
}
