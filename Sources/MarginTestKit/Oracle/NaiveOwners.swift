import MarginDomain

/// What else a pool is charged by in initial margin: funding, and the size of its owner: paragraph 8 of the page.
enum NaiveOwners {
    /// `⌈max(0, Σ q·ψ·Δ°)⌉` per underlying, over its perpetuals.
    static func funding(_ book: NaiveBook) -> Int128 {
        var total: Int128 = 0
        for u in book.underlyings {
            guard let cut = book.cuts[u] else { continue }
            let cap = Int128(cut.parameters.ratio("fundingCap").billionths)
            var billionths: Int128 = 0
            for line in book.lines(of: u) where line.instrument.expiry == nil {
                let rate = Int128(cut.inputs.fundings[line.instrument.id]?.number.billionths ?? 0)
                billionths += line.q * line.row.ownDelta * min(max(rate, -cap), cap)
            }
            if billionths > 0 { total += Rounding.up(billionths, dividedBy: 1_000_000_000) }
        }
        return total
    }

    /// `x_u` and `y_u` by underlying.
    static func rates(_ book: NaiveBook, besides elsewhere: [AssetID: NaiveSize]) -> [AssetID: NaiveRates] {
        var rates: [AssetID: NaiveRates] = [:]
        for u in book.underlyings {
            guard let cut = book.cuts[u] else { continue }
            let own = size(book, u)
            let others = elsewhere[u] ?? NaiveSize()
            let G = Double(abs(own.net) + others.net)
            let Z = Double(abs(own.contracts) + others.contracts)
            var found = NaiveRates()
            if let L = cut.thinnest {
                found.x = move(G / (Double(L) / 2) - 1, "liquidity", book.parameters)
            }
            let O = max(cut.openInterest, book.parameters["concentrationFloor"] * 1e6)
            if O > 0 { found.y = move(Z / O - book.parameters["concentrationFree"], "concentration", book.parameters) }
            rates[u] = found
        }
        return rates
    }

    /// `min(cap, slope·over)` of what is over nothing.
    private static func move(_ over: Double, _ name: String, _ parameters: NaiveParameters) -> Double {
        over <= 0 ? 0 : min(parameters["\(name)Cap"], parameters["\(name)Slope"] * over)
    }

    /// `net_u` and `Z_u`.
    private static func size(_ book: NaiveBook, _ u: AssetID) -> NaiveSize {
        var size = NaiveSize(net: book.C[u, default: 0])
        for line in book.lines(of: u) {
            size.net += line.q * line.row.delta
            size.contracts += line.q * line.row.ownDelta
        }
        return size
    }

    /// `⌈x_u·|net_u|⌉` and `⌈y_u·|Z_u|⌉`, summed up.
    static func charges(_ book: NaiveBook) -> (liquidity: Int128, concentration: Int128) {
        var charges: (liquidity: Int128, concentration: Int128) = (0, 0)
        for u in book.underlyings {
            guard let rates = book.ownerRates[u] else { continue }
            let own = size(book, u)
            charges.liquidity += NaiveAddOns.charge(rates.x, abs(own.net))
            charges.concentration += NaiveAddOns.charge(rates.y, abs(own.contracts))
        }
        return charges
    }
}

/// Of an owner, a pool or a member in one underlying.
public struct NaiveSize: Equatable, Sendable {
    /// With coin.
    public var net: Int128 = 0
    /// Without.
    public var contracts: Int128 = 0
}

/// Extra moves.
struct NaiveRates: Equatable, Sendable {
    var x = 0.0
    var y = 0.0
}

extension NaiveExchange {
    private static let lotsMax: Int128 = 1 << 60

    /// What the owner of a pool has in its other pools, in each of which it nets.
    mutating func elsewhere(of pool: PoolID) -> [AssetID: NaiveSize] {
        guard let owner = members(of: pool).compactMap({ accounts[$0.account]?.owner }).first else { return [:] }
        var pools: [PoolID: [AssetID: NaiveSize]] = [:]
        for (member, other) in memberships where other != pool && accounts[member.account]?.owner == owner {
            for (u, size) in size(of: holdings[member] ?? NaiveHoldings()) {
                pools[other, default: [:]][u, default: NaiveSize()].net += size.net
                pools[other, default: [:]][u, default: NaiveSize()].contracts += size.contracts
            }
        }
        var sum: [AssetID: NaiveSize] = [:]
        for (u, size) in pools.values.joined() {
            sum[u, default: NaiveSize()].net += abs(size.net)
            sum[u, default: NaiveSize()].contracts += abs(size.contracts)
        }
        return sum
    }

    /// What has a price; of a position at most 2⁶⁰ lots.
    private mutating func size(of held: NaiveHoldings) -> [AssetID: NaiveSize] {
        var sizes: [AssetID: NaiveSize] = [:]
        for (id, position) in held.positions {
            guard let u = market.instruments[id]?.underlying, let row = market.row(of: id) else { continue }
            let q = min(max(position.quantity.lots, -Self.lotsMax), Self.lotsMax)
            sizes[u, default: NaiveSize()].net += q * row.delta
            sizes[u, default: NaiveSize()].contracts += q * row.ownDelta
        }
        for (u, cut) in market.cuts {
            guard cut.S != nil, cut.R != nil, let index = cut.inputs.index?.number else { continue }
            let C = NaiveBook.quanta(of: held.B(u, in: market), cut.asset, at: index)
            if abs(C) <= Self.lotsMax { sizes[u, default: NaiveSize()].net += C }
        }
        return sizes
    }

    /// What all who are long have of the linear perpetuals of `u`, in coins.
    func perpetualCoins(of u: AssetID) -> Double {
        var coins = 0.0
        for (id, instrument) in market.instruments.sorted(by: { $0.key < $1.key }) {
            guard instrument.underlying == u, case .perpetual(.linear) = instrument.contract else { continue }
            var lots: Int128 = 0
            for held in holdings.values { lots += max(0, held.positions[id]?.quantity.lots ?? 0) }
            coins += Double(lots) * (Double("1e\(instrument.quantityExponent.power)") ?? .nan)
        }
        return coins
    }

    /// `O_u` at a cut that was just made: what all who are long have, at the contracts' own delta.
    mutating func openInterest(of u: AssetID) -> Double {
        var lots: [InstrumentID: Int128] = [:]
        for held in holdings.values {
            for (id, position) in held.positions where market.instruments[id]?.underlying == u {
                lots[id, default: 0] += max(0, position.quantity.lots)
            }
        }
        var O: Int128 = 0
        for (id, lots) in lots {
            if let row = market.row(of: id) { O += min(lots, Self.lotsMax) * abs(row.ownDelta) }
        }
        return Double(O)
    }

    mutating func apply(_ entry: FundingRate) throws(NaiveRefusal) {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        var inputs = try inputs(of: instrument.underlying)
        if instrument.expiry != nil || entry.rate.fraction.magnitude > 1 { throw .outOfRange }
        try check(entry.publishTime, replacing: inputs.fundings[entry.instrument]?.publishTime)
        // What is settled or gone has nobody to pay.
        inputs.fundings[entry.instrument] = NaiveInputs.Published(number: entry.rate, publishTime: entry.publishTime)
        self.inputs[instrument.underlying] = inputs
    }

    mutating func apply(_ entry: Depth) throws(NaiveRefusal) {
        var inputs = try inputs(of: entry.underlying)
        if entry.bid <= .zero || entry.ask <= .zero { throw .outOfRange }
        try check(entry.publishTime, replacing: inputs.depths.last?.publishTime)
        inputs.depths.append(
            NaiveInputs.Published(number: min(entry.bid, entry.ask), publishTime: entry.publishTime))
        self.inputs[entry.underlying] = inputs
    }

    mutating func apply(_ entry: VolatilityIndex) throws(NaiveRefusal) {
        var inputs = try inputs(of: entry.underlying)
        if !(1...3650).contains(entry.tenorDays) { throw .outOfRange }
        if !(10_000_000...10_000_000_000).contains(entry.volatility.billionths) { throw .outOfRange }
        let known = inputs.volatilityIndices[entry.tenorDays]
        if known == nil, inputs.volatilityIndices.count >= 8 { throw .outOfRange }
        try check(entry.publishTime, replacing: known?.publishTime)
        inputs.volatilityIndices[entry.tenorDays] = NaiveInputs.Published(
            number: entry.volatility, publishTime: entry.publishTime)
        self.inputs[entry.underlying] = inputs
    }
}

extension NaiveCut {
    /// `L_u`: the least mean of the finished hours of the last five days, else that of the hour that runs.
    var thinnest: Int64? {
        guard let newest = inputs.depths.last else { return nil }
        let hour: Int64 = 3_600_000_000_000
        let running = newest.publishTime.nanoseconds / hour
        let hours = Dictionary(grouping: inputs.depths) { $0.publishTime.nanoseconds / hour }
        let means = hours.mapValues { depths in
            Int64(depths.map { Int128($0.number.quanta) }.reduce(0, +) / Int128(depths.count))
        }
        let finished = means.filter { $0.key < running && $0.key / 24 > running / 24 - 5 }
        return finished.values.min() ?? means[running]
    }
}
