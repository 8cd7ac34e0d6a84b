import CMarginKernels
import MarginDomain

/// Where a pool's scanned sections are read from: the book's arenas, or a trial's own.
protocol ScannedSections {
    func sums(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> mk_sums
    func joint(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> JointMinima
    /// Whether the section holds lots of anything; one of coin alone does not.
    func hasPositions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> Bool
    func positions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [(row: Int, lots: Double)]
    func orders(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [OpenOrder]
    /// `Σ q_i V_i` of the section's instruments that settle in a stablecoin, in quanta.
    func value(of place: PoolRecord.SectionPlace, settledIn coin: AssetID, _ book: borrowing MarginBook) -> Double
}

extension MarginBook {
    /// A pool's margin from its scanned sections and balances: the one path for live pools, what-if and members.
    func assemble(_ record: PoolRecord, _ scanned: some ScannedSections) -> PoolMargin {
        switch evaluate(record, scanned) {
        case .success(let requirement, let equity): PoolMargin(requirement, equity: equity, parameters.factors)
        case .failure(let status): PoolMargin(status: status)
        }
    }

    /// The requirement of holdings that have margin.
    func requirement(_ record: PoolRecord, _ scanned: some ScannedSections) -> Requirement? {
        if case .success(let requirement, _) = evaluate(record, scanned) { requirement } else { nil }
    }

    enum Outcome {
        case success(Requirement, equity: Int128)
        case failure(MarginStatus)
    }

    func evaluate(_ record: PoolRecord, _ scanned: some ScannedSections) -> Outcome {
        var totals = UnderlyingTotals()
        var underlyingCount = 0
        for place in record.sections where isExposed(place, scanned) {
            totals.add(scanned.sums(place, self))
            underlyingCount += 1
        }
        guard record.orphans.isEmpty, totals.isExact else { return .failure(reason(record, scanned)) }

        var joint: Double?
        if underlyingCount > 1 { joint = self.joint(record, scanned) }
        var requirement = Requirement(totals, joint: joint, Requirement.Rates(parameters))
        for place in record.sections where isExposed(place, scanned) {
            charge(place, scanned, &requirement)
            charge(place, scanned.sums(place, self), of: record.owner, &requirement)
        }
        if record.orderCount > 0 {
            requirement.add(
                orderedScan: orderedScan(record, scanned).scan(kappa: parameters.scan.kappa), parameters.factors,
                upTo: EngineLimits.exactSumMax)
        }
        // Sums within the exact range are whole and fit 64 bits.
        var equity = Int128(Int64(totals.coin)) + Int128(Int64(totals.value))
        guard settle(record, scanned, &requirement, &equity) else { return .failure(reason(record, scanned)) }
        return .success(requirement, equity: equity)
    }

    /// Charges while an underlying's price is in doubt, and its funding.
    private func charge(
        _ place: PoolRecord.SectionPlace, _ scanned: some ScannedSections, _ requirement: inout Requirement
    ) {
        // SPEED: read in place; a copy of the table would count a dozen references.
        let isCalm = underlyings[place.underlying].table.isCalm(parameters.addOns)
        guard !isCalm || underlyings[place.underlying].table.hasFunding else { return }
        let (positions, coin) = (scanned.positions(place, self), scanned.sums(place, self).coin)
        requirement.funding += underlyings[place.underlying].table.funding(of: positions)
        if isCalm { return }
        requirement.oracleUncertainty += underlyings[place.underlying].table.uncertainty(
            of: positions, coin: coin, parameters.addOns)
        requirement.twoPrice += underlyings[place.underlying].table.twoPrice(of: positions, coin: coin)
    }

    /// Whether a section has a non-zero `q_i` or `C_u`.
    func isExposed(_ place: PoolRecord.SectionPlace, _ scanned: some ScannedSections) -> Bool {
        scanned.hasPositions(place, self) || scanned.sums(place, self).coin != 0
    }

    private func joint(_ record: PoolRecord, _ scanned: some ScannedSections) -> Double {
        var joint = JointScan()
        for place in record.sections where isExposed(place, scanned) { joint.add(scanned.joint(place, self)) }
        return joint.least
    }

    /// Adds the balances to the equity and their charges to the requirement; false if something of them has no worth.
    private func settle(
        _ record: PoolRecord, _ scanned: some ScannedSections, _ requirement: inout Requirement, _ equity: inout Int128
    ) -> Bool {
        for held in record.balances {
            guard let asset = assets[held.asset] else { return false }
            switch asset.role {
            case .numeraire:
                guard let quanta = ExactDollars.atPar(held.balance.units, asset.moneyExponent) else { return false }
                equity += Int128(quanta)
            case .stablecoin:
                // Together with what settles in it, below.
                guard !record.settlementCoins.contains(where: { $0.asset == held.asset }) else { continue }
                guard settle(asset, held.balance, profit: 0, &requirement, &equity) else { return false }
            case .collateral:
                guard let price = collateralPrices[held.asset]?.price,
                    let worth = ExactDollars.priced(
                        held.balance.units, asset.moneyExponent, ticks: price.ticks, asset.priceExponent)
                else { return false }
                equity += Int128(worth)
                let own = parameters.collateral(held.asset)
                requirement.haircutMaintenance += haircut(Double(worth), own, extra: 0)
                requirement.haircutInitial += haircut(Double(worth), own, extra: own.initialHaircut)
                requirement.oracleUncertainty += uncertainty(of: Double(worth), held.asset)
            case .underlying: preconditionFailure("coin of an underlying belongs to its section")
            }
        }
        for coin in record.settlementCoins {
            guard let asset = assets[coin.asset] else { return false }
            let profit = record.sections.reduce(0.0) { $0 + scanned.value(of: $1, settledIn: coin.asset, self) }
            // It stands in the sections' value at par; what it is worth comes in its place.
            equity -= Int128(Int64(profit))
            let balance = record.balance(of: coin.asset)
            guard settle(asset, balance, profit: profit, &requirement, &equity) else { return false }
        }
        return true
    }

    /// A stablecoin's balance and the profit that settles in it: `N_c`, worth `⌊N_c·P_c⌋`, and its charges; false if
    /// they are beyond the exact range.
    private func settle(
        _ asset: Asset, _ balance: Balance, profit: Double, _ requirement: inout Requirement, _ equity: inout Int128
    ) -> Bool {
        guard let held = ExactDollars.atPar(balance.units, asset.moneyExponent) else { return false }
        guard let worth = stablecoinWorth(profit + Double(held), asset) else { return false }
        equity += Int128(worth)
        requirement.stablecoinMaintenance += BalanceCharges.stablecoin(
            Double(worth), rate: parameters.addOns.stablecoinMaintenance)
        requirement.stablecoinInitial += BalanceCharges.stablecoin(
            Double(worth), rate: parameters.addOns.stablecoinInitial)
        requirement.oracleUncertainty += uncertainty(of: Double(worth), asset.id)
        return true
    }

    /// `⌈y(k_a)·|worth|⌉`; a coin that nobody priced is at par without doubt.
    private func uncertainty(of worth: Double, _ asset: AssetID) -> Double {
        guard let price = collateralPrices[asset] else { return 0 }
        return (parameters.addOns.uncertainty(at: price.confidence.clamped) * abs(worth)).roundedUp
    }

    private func haircut(_ worth: Double, _ own: CollateralParameters, extra: Double) -> Double {
        BalanceCharges.haircut(worth, own, extra: extra, quantaPerDollar: Double(Value.perDollar))
    }

    /// `⌊N_c·P_c⌋`; at par without a published price.
    private func stablecoinWorth(_ value: Double, _ asset: Asset) -> Int64? {
        guard abs(value) < EngineLimits.exactSumMax else { return nil }
        guard let price = collateralPrices[asset.id]?.price else { return Int64(value) }
        return ExactDollars.priced(Int128(value), Value.exponent, ticks: price.ticks, asset.priceExponent)
    }

    /// Why a pool has no margin: what is missing before what is too large (docs/margin-model.md §8).
    private func reason(_ record: PoolRecord, _ scanned: some ScannedSections) -> MarginStatus {
        if let orphan = record.orphans.first { return .unpriceable(.notListed(orphan.instrument)) }
        for place in record.sections where isExposed(place, scanned) {
            if let fault = underlyings[place.underlying].fault(of: scanned.positions(place, self)) {
                return .unpriceable(fault)
            }
        }
        let coins = record.settlementCoins.map(\.asset)
        for id in Set(record.balances.map(\.asset) + coins).sorted() {
            guard let asset = assets[id] else { return .unpriceable(.asset(id)) }
            if asset.role == .collateral, collateralPrices[id] == nil { return .unpriceable(.collateralPrice(id)) }
        }
        return .quarantined(.beyondExactRange)
    }
}

extension PoolMargin {
    @inline(__always)
    init(_ requirement: Requirement, equity: Int128, _ factors: ParameterSet.Factors) {
        self.init(status: .margined)
        self.equity = Value(saturating: equity)
        initial = Value(quanta: requirement.initial(factors))
        maintenance = Value(quanta: requirement.maintenance(factors))
        release = Value(quanta: requirement.release(factors))
        components = MarginComponents(requirement, factors)
    }
}

extension Value {
    /// A whole number of quanta from the model; saturates on both sides, which only absurd amounts can reach.
    @inline(__always)
    init(quanta: Double) {
        if quanta < 0x1p63 { self.init(quanta > -0x1p63 ? Int64(quanta) : .min) } else { self.init(.max) }
    }
}
