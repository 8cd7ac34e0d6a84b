import MarginDomain
import MarginModel

extension EngineState {
    /// The published inputs behind a pool's margin; behind everyone's for the pool that stands for a mutual one.
    func inputs(of place: PoolIndex, _ holdings: PoolHoldings) -> [MarketInput] {
        var parts = [holdings]
        if let group = pools[place.number].group, groups[group].pool == place {
            parts += groups[group].memberships.map { self.holdings(of: $0.member) }
        }
        let inputs = book.inputs(of: parts).map { input in
            MarketInput(input, at: now, status: trust.trusts(input.underlying) ? .trusted : .untrusted)
        }
        return pools[place.number].model == MethodBook.historical ? withHistory(inputs) : inputs
    }
}

extension MarketInput {
    /// - Parameter status: of an input that was published.
    init(_ input: PricedInput, at now: Timestamp, status: PriceStatus) {
        self.init(
            input.kind, of: input.underlying, expiry: input.expiry, instrument: input.instrument,
            input.content == nil ? .missing : status)
        if let content = input.content { age = max(now - content.publishTime, .zero) }
        switch input.content {
        case nil: break
        case .price(let published):
            // The source of a mark says nothing of how sure it is.
            if input.kind == .mark {
                mark = published.price
            } else {
                price = published.price
                confidence = published.confidence
            }
        case .forward(let published):
            price = published.forward
            settledForward = published.settledForward
            indexThen = published.indexThen ?? .zero
        case .rate(let published): rate = published.rate
        case .volatility(let point):
            strike = point.strike
            volatility = point.volatility
        case .slice(let published): take(published.slice)
        case .depth(let value, _): depth = value
        }
    }

    private mutating func take(_ slice: SviSlice) {
        (a, b, rho, m, s) = (slice.a, slice.b, slice.rho, slice.m, slice.s)
        referenceYears = slice.referenceYears
    }
}
