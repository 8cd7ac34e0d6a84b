import MarginDomain
import MarginModel

/// Questions about what has no margin: refused with the reason and its cure.
extension EngineState {
    /// Of a pool as it is, or with other holdings.
    ///
    /// - Parameter holdings: those that have no margin; the pool's own if none are said.
    func withoutMargin(_ place: PoolIndex, _ holdings: PoolHoldings? = nil) -> QuestionFault {
        let status = holdings.map { margin(of: $0, in: place).status } ?? pools[place.number].margin?.status
        return withoutMargin(status ?? .margined)
    }

    /// Of a status.
    func withoutMargin(_ status: MarginStatus) -> QuestionFault {
        let sentence = status.noMargin.sentence(naming: { name($0) }, { name($0) })
        return .unpriceable(sentence ?? "something that it asks for has no margin; see explain")
    }

    /// Of an instrument without a usable price.
    func withoutPrice(_ instrument: Instrument) -> QuestionFault {
        .unpriceable("no price of \(name(instrument.id)) at the last cut; publish what it is valued on")
    }

    private func name(_ asset: AssetID) -> String {
        reference.assets[asset].map { "\($0.symbol)" } ?? "asset \(asset)"
    }

    private func name(_ instrument: InstrumentID) -> String {
        reference.instruments[instrument].map { "\($0.symbol)" } ?? "instrument \(instrument)"
    }
}
