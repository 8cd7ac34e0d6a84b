import MarginDomain

/// Which values an emergency may change: paragraph 13 of the page.
extension NaiveParameters {
    private static let raisedByMore: Set<String> = [
        "tailDamping", "volUp", "volDown", "longPowerSteep", "halfStepDays", "initial", "skewCap",
        "nakedShort", "nakedShortInitialExtra", "minimumDeltaGross", "minimumDeltaNet", "stablecoinInitial",
        "liquidationFee", "confidenceThreshold", "confidenceMargin", "fundingCap", "liquiditySlope", "liquidityCap",
        "concentrationSlope", "concentrationCap", "volatilityAgeMargin",
    ]
    private static let raisedByLess: Set<String> = [
        "longPowerFlat", "kappa", "skewWidth", "skewWidthMin", "slowPriceBand", "concentrationFree",
        "concentrationFloor",
    ]

    /// Whether this set differs from an older one only by values that raise initial margin: paragraph 13 of the page.
    func onlyRaises(_ old: NaiveParameters) -> Bool {
        if methods != old.methods { return false }
        if tails != old.tails || Set(underlyings.keys) != Set(old.underlyings.keys) { return false }
        for (key, value) in scalars {
            let before = old.ratio(key)
            if Self.raisedByMore.contains(key) {
                if value < before { return false }
            } else if Self.raisedByLess.contains(key) {
                if value > before { return false }
            } else if value != before {
                return false
            }
        }
        for (u, own) in underlyings {
            for (key, value) in own.values {
                guard let before = old.underlyings[u]?.values[key], value >= before else { return false }
                if key == "stressedRange", value != before { return false }
            }
        }
        for asset in Set(collateral.keys).union(old.collateral.keys) {
            let own = collateral[asset] ?? defaultCollateral
            if !own.onlyRaises(old.collateral[asset] ?? old.defaultCollateral) { return false }
        }
        return defaultCollateral.onlyRaises(old.defaultCollateral)
    }
}

extension NaiveParameters.Collateral {
    fileprivate func onlyRaises(_ old: NaiveParameters.Collateral) -> Bool {
        tierBounds.count == old.tierBounds.count && tierHaircuts.count == old.tierHaircuts.count
            && zip(tierBounds, old.tierBounds).allSatisfy { $0 <= $1 }
            && zip(tierHaircuts, old.tierHaircuts).allSatisfy { $0 >= $1 }
            && liabilityHaircut >= old.liabilityHaircut && initialHaircut >= old.initialHaircut
    }
}
