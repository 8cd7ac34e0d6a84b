import CMarginKernels
import MarginDomain

extension RowTable {
    /// Nanoseconds in a year of 365 days.
    static let yearNanoseconds = 3.1536e16

    /// Remakes every row of the listed instruments from the market, at the time of a cut.
    mutating func refresh(
        _ contracts: inout ContractTable, _ market: UnderlyingMarket, at time: Timestamp, _ parameters: ParameterSet
    ) {
        let asset = market.underlying.id
        let own = parameters.underlying(asset)
        let grid = ScenarioGrid(
            range: own?.range ?? 0, scan: parameters.scan,
            halfSteps: contracts.wantsHalfSteps(at: time, within: parameters.scan.halfStepDays))
        if grid != self.grid { lay(grid) }
        begin(cut: time, contracts)
        perpetualCoins = Self.perpetualCoins(contracts) + coinsElsewhere
        fault = own == nil ? .parameters(asset) : market.spot == nil ? .index(asset) : nil
        guard fault == nil, let own, let spot = market.spot, let index = market.index else {
            for row in contracts.instruments.indices { mark(row: row, unpriceable: fault ?? .index(asset)) }
            return
        }
        self.spot = spot
        spotTicks = index.price.ticks
        confidence = index.confidence.clamped
        let slow =
            self.slow?.following(index.price, to: time, speed: parameters.addOns.slowPriceBillionths)
            ?? SlowPrice(at: index.price, time)
        self.slow = slow
        slowMove = slow.move(from: index.price, band: parameters.addOns.slowPriceBand, range: own.range)
        noteAges(contracts, market, at: time, limit: parameters.addOns.volatilityAgeNanoseconds)
        for group in contracts.groups.indices {
            let expiry = contracts.groups[group].expiry
            let years = expiry == .zero ? 0 : Self.years(from: time, to: expiry)
            yearsOfGroup[group] = years
            curveOfGroup[group] = nil
            isSettlingGroup[group] = (market.forwardDollars(of: expiry)?.settled ?? 0) != 0
            price(optionsOf: group, &contracts, market, years: years, spot: spot, parameters)
            for row in contracts.groups[group].markedRows {
                guard let instrument = contracts.instruments[row] else { continue }
                price(instrument, row: row, market, spot: spot, feeRate: parameters.addOns.liquidationFee)
            }
        }
        takeFunding(contracts, market, cap: parameters.addOns.fundingCapBillionths)
        depth = market.depth.map { Double($0) / 2 } ?? 0
        openInterest = openInterest(contracts) + interestElsewhere
        recharge(own, parameters.addOns)
    }

    /// Takes over the rates of the charges that are made on sums, and so follow the parameters without a cut.
    mutating func recharge(_ own: UnderlyingParameters, _ addOns: ParameterSet.AddOns) {
        window = own.window
        nakedInitial = addOns.nakedShort + addOns.nakedShortInitialExtra
        for group in charges.indices { charges[group] = Self.charges(own, addOns, years: yearsOfGroup[group]) }
        stamp += 1
    }

    /// `τ = max(0, e − t)` in years.
    static func years(from time: Timestamp, to expiry: Timestamp) -> Double {
        Double(max(0, (expiry - time).nanoseconds)) / yearNanoseconds
    }

    private static func charges(
        _ own: UnderlyingParameters, _ addOns: ParameterSet.AddOns, years: Double
    ) -> SIMD8<Double> {
        var charges = SIMD8<Double>.zero
        let perYear = own.basisPerYear * years
        charges[mk_expiry_phi] = perYear > own.basisFloor ? perYear : own.basisFloor
        charges[mk_expiry_calls] = addOns.nakedShort
        charges[mk_expiry_puts] = addOns.nakedShort
        return charges
    }

    private mutating func price(
        optionsOf group: Int, _ contracts: inout ContractTable, _ market: UnderlyingMarket, years: Double, spot: Double,
        _ parameters: ParameterSet
    ) {
        let rowsOfOptions = contracts.groups[group].optionRows
        guard !rowsOfOptions.isEmpty else { return }
        let asset = market.underlying
        let expiry = contracts.groups[group].expiry
        guard let (forward, settled) = market.forwardDollars(of: expiry) else {
            for row in rowsOfOptions { mark(row: row, unpriceable: .forward(asset.id, expiry)) }
            return
        }
        guard let published = market.expiries[expiry], published.hasVolatility else {
            for row in rowsOfOptions { mark(row: row, unpriceable: .volatility(asset.id, expiry)) }
            return
        }
        let tick = asset.priceExponent.scale
        contracts.lookUpVolatilities(group: group, surfaceVersion: published.surfaceVersion) {
            published.volatility(at: $0, tick: tick) ?? 0
        }
        let curve = ExpiryCurve(
            spot: spot, forward: forward, settled: settled, years: years, rate: published.rate?.rate.fraction ?? 0)
        curveOfGroup[group] = curve
        priceOptions(curve.terms(parameters, halfSteps: hasHalfSteps), contracts.groups[group].options)
        for row in rowsOfOptions {
            if isPriced(row: row) {
                notePriced(row: row)
            } else if let instrument = contracts.instruments[row] {
                mark(row: row, unpriceable: .beyondRowRange(instrument.id))
            }
        }
    }
}

extension ContractTable {
    /// Of everything listed; perpetuals have the expiry 0.
    var expiries: Set<Timestamp> {
        Set(groups.filter { !($0.optionRows.isEmpty && $0.markedRows.isEmpty) }.map(\.expiry))
    }

    /// The next expiry of anything listed.
    func nearestExpiry(after time: Timestamp) -> Timestamp? {
        groups.filter { $0.expiry > time && !($0.optionRows.isEmpty && $0.markedRows.isEmpty) }.map(\.expiry).min()
    }

    /// Whether anything listed expires within so many days, but has not yet.
    func wantsHalfSteps(at time: Timestamp, within days: Double) -> Bool {
        groups.contains { group in
            group.expiry > time && !(group.optionRows.isEmpty && group.markedRows.isEmpty)
                && RowTable.years(from: time, to: group.expiry) * 365 <= days
        }
    }
}
