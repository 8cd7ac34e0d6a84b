internal import CMarginKernels
internal import MarginModel

/// All of an account that moves with one asset's index.
struct DeribitBook {
    let asset: String
    /// The currency that all positions settle in; nil = any, in dollars.
    let currency: String?
    let grid: DeribitGrid
    let spot: Double
    let marked: [(position: MarkedPosition, price: Double)]
    let options: [OptionPosition]
    /// Coin balance that is shocked, nil if balances are left alone.
    let coin: Double?

    private var unit: DeribitRiskMatrix.Unit { currency == asset ? .coin : .dollars }

    func matrix() -> DeribitRiskMatrix {
        var positions: [DeribitRiskMatrix.Position] = []
        var summed = grid.zero
        func add(_ name: String, _ vector: DeribitRiskVector, isCoin: Bool, price: Double) {
            positions.append(DeribitRiskMatrix.Position(name: name, vector: vector))
            summed = summed + converted(vector, isCoin: isCoin, price: price)
        }
        for (position, price) in marked {
            add(position.name, grid.vector(position), isCoin: position.terms.isInverse, price: price)
        }
        for option in options { add(option.name, grid.vector(option), isCoin: option.terms.isInverse, price: 1) }
        if let coin, coin != 0 {
            add("\(asset) equity", grid.vector(coin: coin, spot: spot), isCoin: false, price: 1)
        }
        let aggregated = grid.aggregated(summed, coinSpot: unit == .coin ? spot : nil)
        let (loss, scenario) = worst(of: aggregated)
        return DeribitRiskMatrix(
            asset: asset, currency: currency, unit: unit, spot: spot, positions: positions, summed: summed,
            aggregated: aggregated,
            worstCase: loss, worst: scenario, rollShock: rollShock, deltaShock: deltaShock)
    }

    /// A position's gains in the matrix's unit; `price` is that of what linear profit is paid in.
    private func converted(_ vector: DeribitRiskVector, isCoin: Bool, price: Double) -> DeribitRiskVector {
        if isCoin { return unit == .coin ? vector : grid.dollars(vector, spot: spot) }
        guard price != 1 else { return vector }
        return DeribitRiskVector(
            standard: vector.standard.map { $0 * price }, extended: vector.extended.map { $0 * price })
    }

    private func worst(of table: DeribitRiskVector) -> (loss: Double, scenario: DeribitScenario?) {
        var (loss, worst) = (0.0, DeribitScenario?.none)
        for (gain, scenario) in zip(table.standard + table.extended, grid.standard + grid.extended) where -gain > loss {
            (loss, worst) = (-gain, scenario)
        }
        return (loss, worst)
    }

    /// `Σ |Δ| · max(min_annualised_move, exp(annualised_move_risk · T) − 1)` over expiries, those that settle in
    /// different currencies apart; perpetuals have `T = 0`.
    private var rollShock: Double {
        var deltas: [RollPlace: Double] = [:]
        for (position, _) in marked {
            deltas[RollPlace(position.currency, position.years), default: 0] += position.movingUnits
        }
        for option in options {
            deltas[RollPlace(option.currency, option.years), default: 0] += option.deltaTotal
        }
        let shock = deltas.keys.sorted().reduce(0.0) { sum, place in
            let grown = mk_exponential(min(grid.asset.rollRisk * place.years, 700)) - 1
            return sum + abs(deltas[place] ?? 0) * max(grid.asset.rollRateMin, grown)
        }
        return shock * unitsPerCoin
    }

    /// `|Δ| · min(max_delta_shock, m_inc · max(0, |Δ| − threshold/index))`, where long options may take away from the
    /// delta of all else but neither add to it nor turn it.
    private var deltaShock: Double {
        let bought = options.filter { $0.terms.size > 0 }.reduce(0.0) { $0 + $1.deltaTotal }
        let rest =
            marked.reduce(0.0) { $0 + $1.position.movingUnits }
            + options.filter { $0.terms.size < 0 }.reduce(0.0) { $0 + $1.deltaTotal }
        let net =
            rest < 0 ? min(max(bought + rest, rest), 0) : max(min(bought + rest, rest), 0)
        let beyond = max(0, abs(net) - grid.asset.deltaThreshold / spot)
        return abs(net) * min(grid.asset.deltaRateMax, grid.asset.deltaStep * beyond) * unitsPerCoin
    }

    private var unitsPerCoin: Double { unit == .coin ? 1 : spot }
}

/// What nets in the roll shock: an expiry in one settlement currency.
private struct RollPlace: Hashable, Comparable {
    let currency: String
    let years: Double

    init(_ currency: String, _ years: Double) {
        self.currency = currency
        self.years = years
    }

    static func < (left: RollPlace, right: RollPlace) -> Bool {
        (left.years, left.currency) < (right.years, right.currency)
    }
}

extension OptionPosition {
    /// Coin that the option is worth in moves of its forward, Deribit's `DeltaTotal`: `±N(±d1)`, for an inverse option
    /// less its own coin value; fading as a settlement average fixes the forward.
    var deltaTotal: Double {
        terms.size * (forwardDelta - (terms.isInverse ? coin() : 0)) * movingShare
    }
}
