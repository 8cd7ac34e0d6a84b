internal import MarginModel

/// Gains in the cells of the two tables; negative = loss.
public struct DeribitRiskVector: Equatable, Sendable {
    public var standard: [Double]
    public var extended: [Double]

    static func + (left: DeribitRiskVector, right: DeribitRiskVector) -> DeribitRiskVector {
        DeribitRiskVector(
            standard: zip(left.standard, right.standard).map { $0 + $1 },
            extended: zip(left.extended, right.extended).map { $0 + $1 })
    }
}

extension DeribitGrid {
    var zero: DeribitRiskVector {
        DeribitRiskVector(
            standard: [Double](repeating: 0, count: standard.count),
            extended: [Double](repeating: 0, count: extended.count))
    }

    /// In what the contract settles in: coin at the moved price if inverse (`N·m/(1+m)`), else `size·M·m`.
    func vector(_ position: MarkedPosition) -> DeribitRiskVector {
        vector(isInverse: position.terms.isInverse) { position.gain(times: 1 + $0.move) }
    }

    /// In what the option settles in: coin `size·(Black'/F' − Black/F)` if inverse, else `size·(Black' − Black)`.
    func vector(_ position: OptionPosition) -> DeribitRiskVector {
        let (terms, days) = (position.terms, position.days)
        let now = terms.isInverse ? position.coin() : position.black()
        return vector(isInverse: terms.isInverse) { scenario in
            let volatility = shocked(terms.impliedVolatility, scenario, days: days)
            let then =
                terms.isInverse
                ? position.coin(times: 1 + scenario.move, volatility: volatility)
                : position.black(times: 1 + scenario.move, volatility: volatility)
            return terms.size * (then - now)
        }
    }

    /// Of a coin balance, in dollars: `E·S·m`.
    func vector(coin: Double, spot: Double) -> DeribitRiskVector {
        vector(isInverse: false) { coin * spot * $0.move }
    }

    private func vector(isInverse: Bool, _ gain: (DeribitScenario) -> Double) -> DeribitRiskVector {
        DeribitRiskVector(
            standard: standard.map(gain),
            extended: extended.map { scenario in
                let whole = gain(scenario)
                return isInverse
                    ? extendedCoin(whole, scenario.move) : whole * extendedShare(scenario.move)
            })
    }

    /// Coin of the moved price, or of the edge, as dollars.
    func dollars(_ vector: DeribitRiskVector, spot: Double) -> DeribitRiskVector {
        DeribitRiskVector(
            standard: zip(vector.standard, standard).map { $0 * (spot * (1 + $1.move)) },
            extended: zip(vector.extended, extended).map { $0 * (spot * edge($1.move)) })
    }

    /// Gains cut to the share and amount that may offset, then the extended table moved towards zero.
    ///
    /// - Parameter coinSpot: the index price if the vector is in coin; nil if it is in dollars.
    func aggregated(_ vector: DeribitRiskVector, coinSpot: Double?) -> DeribitRiskVector {
        let gainMax = asset.gainMax / (coinSpot ?? 1)
        func cut(_ gain: Double) -> Double { gain > 0 ? min(gain * asset.gainShare, gainMax) : gain }
        let extended = zip(vector.extended, extended).map { gain, scenario in
            let kept = cut(gain)
            let dollarsPerUnit = coinSpot.map { edge(scenario.move) * $0 } ?? 1
            let damped = min(dampening(scenario.move) / dollarsPerUnit, abs(kept))
            return kept < 0 ? kept + damped : kept - damped
        }
        return DeribitRiskVector(standard: vector.standard.map(cut), extended: extended)
    }
}
