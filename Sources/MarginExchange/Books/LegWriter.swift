import MarginDomain

/// Chooses the positions of each shape of book from what is listed.
struct LegWriter {
    let catalogue: Catalogue
    let market: SyntheticMarket
    private let byUnderlying: [AssetID: [ListedInstrument]]
    private let underlyings: [(element: AssetID, weight: Double)]

    init(_ catalogue: Catalogue, _ market: SyntheticMarket) {
        self.catalogue = catalogue
        self.market = market
        byUnderlying = Dictionary(grouping: catalogue.instruments) { $0.instrument.underlying }
        // The first underlying trades most: weights 1, 1/2, 1/3 and so on.
        underlyings = market.scenario.underlyings.enumerated().map { ($1.asset, 1 / Double($0 + 1)) }
    }

    /// The legs of a book of about `dollars` of underlying.
    func legs(_ shape: BookShape, dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let underlying = random.pick(underlyings)
        switch shape {
        case .directional, .whale, .gold, .sharedOwner: return directional(dollars, &random)
        case .isolated: return isolated(dollars, &random)
        case .isolatedPair: return isolatedPair(underlying, dollars)
        case .hedgedOptions: return hedged(underlying, dollars, &random)
        case .nakedOptions: return naked(underlying, dollars, &random)
        case .optionBuyer: return bought(underlying, dollars, &random)
        case .coinCollateral: return coinSettled(coinUnderlying(underlying), dollars, &random)
        case .stablecoin: return stablecoinSettled(dollars, &random)
        case .maker, .backstop: return []
        }
    }

    /// An underlying that has coin-settled contracts.
    func coinUnderlying(_ wanted: AssetID) -> AssetID {
        let terms = market.scenario.underlyings
        let isOffered = terms.contains { $0.asset == wanted && $0.hasInverseFutures }
        return isOffered ? wanted : terms.first { $0.hasInverseFutures }?.asset ?? wanted
    }
}

/// Futures and perpetuals.
extension LegWriter {
    /// One to three futures or perpetuals, mostly long, as crowds are.
    private func directional(_ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let count = 1 + Int(random.next() % 3)
        var legs: [PlannedLeg] = []
        for _ in 0..<count {
            let underlying = random.pick(underlyings)
            let candidates = linear(underlying) { !$0.isOption }
            let instrument = random.pick(candidates)
            guard !legs.contains(where: { $0.instrument == instrument.id }) else { continue }
            legs.append(leg(instrument, dollars / Double(count), isLong: random.chance(0.72)))
        }
        return legs
    }

    private func isolated(_ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let count = 1 + Int(random.next() % 2)
        return underlyings.prefix(count).compactMap { underlying, _ in
            let perpetual = linear(underlying) { $0.instrument.contract == .perpetual(.linear) }.first
            return perpetual.map {
                leg($0, dollars / Double(count), isLong: random.chance(0.72), mode: .isolated)
            }
        }
    }

    /// Long the perpetual, short the future: the basis, kept apart from the rest of the account.
    private func isolatedPair(_ underlying: AssetID, _ dollars: Double) -> [PlannedLeg] {
        let perpetual = linear(underlying) { $0.instrument.contract == .perpetual(.linear) }.first
        let future = linear(underlying) { !$0.isOption && $0.instrument.expiry != nil }.first
        return [
            perpetual.map { leg($0, dollars, isLong: true, mode: .isolated) },
            future.map { leg($0, dollars, isLong: false, mode: .isolated) },
        ].compactMap { $0 }
    }

    private func stablecoinSettled(_ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let count = 1 + Int(random.next() % 2)
        return underlyings.prefix(count).compactMap { underlying, _ in
            let perpetual = (byUnderlying[underlying] ?? []).first {
                $0.instrument.settlementAsset == Catalogue.stablecoin && !$0.isOption
            }
            return perpetual.map { leg($0, dollars / Double(count), isLong: random.chance(0.72)) }
        }
    }

    /// Coin-settled: doubled up, hedged into a synthetic dollar, or with calls sold against the coin.
    private func coinSettled(_ underlying: AssetID, _ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let perpetual = (byUnderlying[underlying] ?? []).first { $0.instrument.contract == .perpetual(.inverse) }
        guard let perpetual else { return [] }
        switch random.next() % 4 {
        case 0: return [leg(perpetual, dollars * 0.8, isLong: false)]
        case 1:
            let call = option(.call, of: underlying, moneyness: 1.06, expiry: 4)
            return call.map { [leg($0, dollars * 0.7, isLong: false)] } ?? []
        default: return [leg(perpetual, dollars, isLong: true)]
        }
    }
}

/// Options.
extension LegWriter {
    private func hedged(_ underlying: AssetID, _ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let expiry = 2 + Int(random.next() % 4)
        let perpetual = linear(underlying) { $0.instrument.contract == .perpetual(.linear) }.first
        func bought(_ type: OptionType, _ moneyness: Double) -> PlannedLeg? {
            option(type, of: underlying, moneyness: moneyness, expiry: expiry).map { leg($0, dollars, isLong: true) }
        }
        func sold(_ type: OptionType, _ moneyness: Double) -> PlannedLeg? {
            option(type, of: underlying, moneyness: moneyness, expiry: expiry).map { leg($0, dollars, isLong: false) }
        }
        let outright = perpetual.map { leg($0, dollars, isLong: true) }
        let strategies: [[PlannedLeg?]] = [
            [outright, sold(.call, 1.05)],
            [outright, bought(.put, 0.93)],
            [bought(.call, 1.0), sold(.call, 1.08)],
            [bought(.put, 0.88), sold(.put, 0.95)],
            [bought(.put, 0.85), bought(.call, 1.15), sold(.put, 0.93), sold(.call, 1.07)],
            [bought(.call, 1.0), bought(.put, 1.0)],
        ]
        return distinct(random.pick(strategies))
    }

    private func naked(_ underlying: AssetID, _ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let expiry = 2 + Int(random.next() % 3)
        let put = option(.put, of: underlying, moneyness: 0.94, expiry: expiry).map { leg($0, dollars, isLong: false) }
        let call = option(.call, of: underlying, moneyness: 1.06, expiry: expiry).map {
            leg($0, dollars, isLong: false)
        }
        return random.chance(0.5) ? distinct([put]) : distinct([put, call])
    }

    private func bought(_ underlying: AssetID, _ dollars: Double, _ random: inout SplitMix64) -> [PlannedLeg] {
        let count = 1 + Int(random.next() % 3)
        return distinct(
            (0..<count).map { _ in
                let type = random.chance(0.5) ? OptionType.call : .put
                let found = option(
                    type, of: underlying, moneyness: random.uniform(0.9, 1.1), expiry: Int(random.next() % 5))
                return found.map { leg($0, dollars / Double(count), isLong: true) }
            })
    }
}

extension LegWriter {
    private func leg(
        _ listed: ListedInstrument, _ dollars: Double, isLong: Bool, mode: MarginMode = .cross
    ) -> PlannedLeg {
        let lots = listed.lots(forNotional: dollars, at: market.spot(of: listed.instrument.underlying))
        return PlannedLeg(instrument: listed.id, lots: isLong ? lots : -lots, mode: mode)
    }

    private func linear(_ underlying: AssetID, where isWanted: (ListedInstrument) -> Bool) -> [ListedInstrument] {
        (byUnderlying[underlying] ?? []).filter { $0.instrument.contract.settlement == .linear && isWanted($0) }
    }

    /// The option whose strike is nearest to spot times `moneyness`, in the `expiry`-th expiry or the last.
    private func option(
        _ type: OptionType, of underlying: AssetID, moneyness: Double, expiry: Int
    ) -> ListedInstrument? {
        let options = (byUnderlying[underlying] ?? []).filter { $0.listing.optionType == type }
        let expiries = Set(options.map(\.listing.expiry)).sorted()
        guard let wanted = expiries.isEmpty ? nil : expiries[min(expiry, expiries.count - 1)] else { return nil }
        let target = market.spot(of: underlying) * moneyness
        return options.filter { $0.listing.expiry == wanted }.min { abs($0.strike - target) < abs($1.strike - target) }
    }

    /// Without legs that could not be had, or that would close one another because the chain is coarse.
    private func distinct(_ legs: [PlannedLeg?]) -> [PlannedLeg] {
        var taken: Set<InstrumentID> = []
        return legs.compactMap { $0 }.filter { taken.insert($0.instrument).inserted }
    }
}
