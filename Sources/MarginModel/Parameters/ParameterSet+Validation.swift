import MarginDomain

extension ParameterSet {
    /// What no single range can say.
    func validate() throws(ParameterFault) {
        guard scan.tails.count == Scan.tailCount else { throw .list(.tails, AssetID(0)) }
        guard !scan.tails.contains(0) else { throw .zeroTail }
        guard factors.maintenance <= factors.release else { throw .order(.release) }
        guard factors.release <= factors.initial else { throw .order(.initial) }
        guard addOns.stablecoinMaintenance <= addOns.stablecoinInitial else { throw .order(.stablecoinInitial) }
        try dynamics.validate()
        for entry in underlyings { try entry.validate() }
        guard collaterals.first?.asset.rawValue == 0 else { throw .missing(.tierBound, AssetID(0)) }
        for entry in collaterals { try entry.validate() }
    }
}

extension UnderlyingParameters {
    subscript(key: ParameterKey) -> Double {
        switch key {
        case .range: range
        case .window: Double(window)
        case .basisFloor: basisFloor
        case .stressedRange: stressedRange
        default: basisPerYear
        }
    }

    mutating func set(_ key: ParameterKey, _ value: Double) {
        switch key {
        case .range: range = value
        case .window: window = Int(value)
        case .basisFloor: basisFloor = value
        case .stressedRange: stressedRange = value
        default: basisPerYear = value
        }
    }

    func validate() throws(ParameterFault) {
        if range.isNaN { throw .missing(.range, asset) }
        if window < 0 { throw .missing(.window, asset) }
        if basisFloor.isNaN { throw .missing(.basisFloor, asset) }
        if basisPerYear.isNaN { throw .missing(.basisPerYear, asset) }
    }
}

extension CollateralParameters {
    subscript(key: ParameterKey) -> [Double] {
        switch key {
        case .tierBound: tiers.map(\.bound)
        case .tierHaircut: tiers.map(\.haircut)
        case .liabilityHaircut: [liabilityHaircut]
        default: [initialHaircut]
        }
    }

    mutating func set(_ key: ParameterKey, _ value: Double) {
        if key == .liabilityHaircut { liabilityHaircut = value } else { initialHaircut = value }
    }

    /// Replaces one side of the tiers; a count that does not fit leaves a gap that ``validate()`` finds.
    mutating func setTiers(_ key: ParameterKey, _ values: [Double]) {
        let old = tiers
        let count = key == .tierBound ? values.count : max(values.count, old.count)
        tiers = (0..<count).map { place in
            var tier = place < old.count ? old[place] : Tier(bound: .nan, haircut: .nan)
            let value = place < values.count ? values[place] : .nan
            if key == .tierBound { tier.bound = value } else { tier.haircut = value }
            return tier
        }
    }

    func validate() throws(ParameterFault) {
        if liabilityHaircut.isNaN { throw .missing(.liabilityHaircut, asset) }
        if initialHaircut.isNaN { throw .missing(.initialHaircut, asset) }
        guard !tiers.isEmpty else { throw .missing(.tierBound, asset) }
        for (place, tier) in tiers.enumerated() {
            guard tier.bound > 0, !tier.haircut.isNaN else { throw .tiers(asset) }
            guard place == 0 || (tier.bound > tiers[place - 1].bound && tier.haircut >= tiers[place - 1].haircut) else {
                throw .tiers(asset)
            }
        }
    }
}
