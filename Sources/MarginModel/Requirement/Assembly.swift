import CMarginKernels
import MarginDomain

/// Where a pool's scanned sections are read from: the book's arenas, or a trial's own.
protocol ScannedSections {
    func sums(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> mk_sums
    func nodes(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> NodeMinima
    /// Whether the section holds lots of anything; one of coin alone does not.
    func hasPositions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> Bool
    func positions(_ place: PoolRecord.SectionPlace, _ book: borrowing MarginBook) -> [(row: Int, lots: Double)]
}

/// `G_u(j)` as the kernel leaves it.
struct NodeMinima {
    let ordinary: SIMD8<Double>
    let tails: SIMD8<Double>
    let half: SIMD8<Double>
    let centre: Double
}

extension ExposureArena {
    func minima(of section: Int) -> NodeMinima {
        let first = Int(sections[section].nodes) * 4
        return NodeMinima(
            ordinary: nodes[first], tails: nodes[first + 1], half: nodes[first + 2], centre: nodes[first + 3][0])
    }
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

    private enum Outcome {
        case success(Requirement, equity: Int128)
        case failure(MarginStatus)
    }

    private func evaluate(_ record: PoolRecord, _ scanned: some ScannedSections) -> Outcome {
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
        var equity = Int128(totals.coin) + Int128(totals.value)
        if let fault = settle(record, scanned, &requirement, &equity) { return .failure(fault) }
        return .success(requirement, equity: equity)
    }

    /// Whether a section has a non-zero `q_i` or `C_u`.
    private func isExposed(_ place: PoolRecord.SectionPlace, _ scanned: some ScannedSections) -> Bool {
        scanned.hasPositions(place, self) || scanned.sums(place, self).coin != 0
    }

    private func joint(_ record: PoolRecord, _ scanned: some ScannedSections) -> Double {
        var joint = JointScan()
        for place in record.sections where isExposed(place, scanned) {
            let minima = scanned.nodes(place, self)
            joint.add(
                window: parameters.underlying(place.asset)?.window ?? UnderlyingParameters.wholeWindow,
                tails: underlyings[place.underlying].table.grid?.tails ?? [], minima)
        }
        return joint.least
    }

    /// Adds the balances to the equity and their charges to the requirement.
    private func settle(
        _ record: PoolRecord, _ scanned: some ScannedSections, _ requirement: inout Requirement, _ equity: inout Int128
    ) -> MarginStatus? {
        var stablecoins = record.stablecoinPositions == 0 ? [] : stablecoinValues(record, scanned)
        for (_, value) in stablecoins { equity -= Int128(value) }
        for held in record.balances {
            guard let asset = assets[held.asset] else { return .unpriceable(.asset(held.asset)) }
            switch asset.role {
            case .numeraire:
                guard let quanta = ExactDollars.atPar(held.balance.units, asset.moneyExponent) else {
                    return .beyondRange
                }
                equity += Int128(quanta)
            case .stablecoin:
                guard let quanta = ExactDollars.atPar(held.balance.units, asset.moneyExponent) else {
                    return .beyondRange
                }
                let place = stablecoins.firstIndex { $0.asset == held.asset } ?? stablecoins.count
                if place == stablecoins.count { stablecoins.append((held.asset, 0)) }
                stablecoins[place].value += Double(quanta)
            case .collateral:
                guard let price = collateralPrices[held.asset]?.price else {
                    return .unpriceable(.collateralPrice(held.asset))
                }
                guard
                    let worth = ExactDollars.priced(
                        held.balance.units, asset.moneyExponent, ticks: price.ticks, asset.priceExponent)
                else { return .beyondRange }
                equity += Int128(worth)
                let own = parameters.collateral(held.asset)
                requirement.haircutMaintenance += haircut(Double(worth), own, extra: 0)
                requirement.haircutInitial += haircut(Double(worth), own, extra: own.initialHaircut)
            case .underlying: preconditionFailure("coin of an underlying belongs to its section")
            }
        }
        for (id, value) in stablecoins {
            guard let asset = assets[id] else { return .unpriceable(.asset(id)) }
            guard let worth = stablecoinWorth(value, asset) else { return .beyondRange }
            equity += Int128(worth)
            requirement.stablecoinMaintenance += BalanceCharges.stablecoin(
                Double(worth), rate: parameters.addOns.stablecoinMaintenance)
            requirement.stablecoinInitial += BalanceCharges.stablecoin(
                Double(worth), rate: parameters.addOns.stablecoinInitial)
        }
        return nil
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

    /// `Σ q_i V_i` of the instruments that settle in each stablecoin, ascending by asset.
    private func stablecoinValues(
        _ record: PoolRecord, _ scanned: some ScannedSections
    ) -> [(asset: AssetID, value: Double)] {
        var values: [AssetID: Double] = [:]
        for place in record.sections {
            let book = underlyings[place.underlying]
            for position in scanned.positions(place, self) {
                guard let instrument = book.contracts.instruments[position.row] else { continue }
                guard assets[instrument.settlementAsset]?.role == .stablecoin else { continue }
                values[instrument.settlementAsset, default: 0] += position.lots * book.table.value(row: position.row)
            }
        }
        return values.sorted { $0.key < $1.key }.map { (asset: $0.key, value: $0.value) }
    }

    /// Why a pool without exact sums has no margin: a missing price before anything else.
    private func reason(_ record: PoolRecord, _ scanned: some ScannedSections) -> MarginStatus {
        if let orphan = record.orphans.first { return .unpriceable(.notListed(orphan.instrument)) }
        for place in record.sections where isExposed(place, scanned) {
            if let fault = underlyings[place.underlying].fault(of: scanned.positions(place, self)) {
                return .unpriceable(fault)
            }
        }
        return .beyondRange
    }
}

extension MarginStatus {
    static var beyondRange: MarginStatus { .quarantined(.beyondExactRange) }
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
    /// A whole number of quanta from the model; saturates, which only haircuts of absurd collateral can reach.
    @inline(__always)
    init(quanta: Double) { self.init(quanta < 0x1p63 ? Int64(quanta) : .max) }
}
