import MarginDomain
import MarginModel

/// What a margin that simulates the past depends on besides prices: how long the history of each factor is.
extension EngineState {
    /// Index prices with their numbers of closes; behind the inputs of every underlying that has options, its volatility
    /// indices, or one that is missing.
    func withHistory(_ inputs: [MarketInput]) -> [MarketInput] {
        var list: [MarketInput] = []
        var hasOptions = false
        for (place, input) in inputs.enumerated() {
            var input = input
            if input.kind == .index { input.closes = UInt16(clamping: closes.count(of: input.underlying)) }
            list.append(input)
            hasOptions = hasOptions || input.kind == .volatility || input.kind == .slice
            let isLast = place + 1 == inputs.count || inputs[place + 1].underlying != input.underlying
            guard isLast else { continue }
            if hasOptions { list += indexInputs(of: input.underlying) }
            hasOptions = false
        }
        return list
    }

    private func indexInputs(of underlying: AssetID) -> [MarketInput] {
        let known = closes.indices(of: underlying)
        guard !known.isEmpty else { return [MarketInput(.volatilityIndex, of: underlying, .missing)] }
        let status: PriceStatus = trust.trusts(underlying) ? .trusted : .untrusted
        return known.map { index in
            var input = MarketInput(.volatilityIndex, of: underlying, status)
            input.age = max(now - index.publishTime, .zero)
            input.volatility = index.volatility
            input.tenorDays = index.tenorDays
            input.closes = UInt16(clamping: closes.count(of: underlying, tenorDays: index.tenorDays))
            return input
        }
    }
}

extension MarketInput {
    /// An input with nothing but its name yet.
    init(
        _ kind: InputKind, of underlying: AssetID, expiry: Timestamp = .zero, instrument: InstrumentID = .none,
        _ status: PriceStatus
    ) {
        self.init(
            underlying: underlying, expiry: expiry, price: .zero, age: .zero, status: status, kind: kind,
            instrument: instrument, mark: .zero, settledForward: .zero, indexThen: .zero, confidence: .zero,
            rate: .zero, strike: .zero, volatility: .zero, depth: .zero, a: .zero, b: .zero, rho: .zero, m: .zero,
            s: .zero, referenceYears: .zero, tenorDays: 0, closes: 0)
    }
}
