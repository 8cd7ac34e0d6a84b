public import MarginDomain

extension ParameterSet {
    /// A complete set; its entries may stand in any order.
    ///
    /// - Throws: what is missing, unknown or out of range, by name.
    public init(version: ParameterVersion, entries: [RiskParameters]) throws(ParameterFault) {
        self.init(version: version)
        try adopt(entries)
        let given = Set(entries.filter { !$0.isOfMethod }.compactMap { ParameterKey($0.key) })
        for key in ParameterKey.allCases where key.scope != .underlying && !key.isOptional && !given.contains(key) {
            throw .missing(key, AssetID(0))
        }
        try validate()
    }

    /// This set with other values; what is not named keeps its value, and a list is replaced whole.
    ///
    /// - Throws: what is unknown or out of range, by name.
    public func applying(_ entries: [RiskParameters], version: ParameterVersion) throws(ParameterFault) -> ParameterSet
    {
        var copy = self
        copy.version = version
        try copy.adopt(entries)
        try copy.validate()
        return copy
    }

    /// The whole set in canonical order: by key, then asset, then position; then methods by name, and their values by
    /// path. The last entry ends the set.
    public func entries(status: ParameterStatus) -> [RiskParameters] {
        var list: [RiskParameters] = []
        func add(_ key: ParameterKey, _ asset: AssetID, _ index: Int, _ value: Double) {
            list.append(
                RiskParameters(
                    version: version, status: status, key: key.symbol, asset: asset, index: UInt16(index),
                    value: Ratio(nearestBillionths: value), last: false))
        }
        for key in ParameterKey.allCases {
            switch key.scope {
            case .everything:
                for (index, value) in (key == .tails ? scan.tails : [self[keyPath: Self.scalar(key)]]).enumerated()
                where value != 0 || !key.isOptional {
                    add(key, AssetID(0), index, value)
                }
            case .underlying:
                for entry in underlyings where entry[key] != 0 || !key.isOptional {
                    add(key, entry.asset, 0, entry[key])
                }
            case .collateral:
                for entry in collaterals {
                    for (index, value) in entry[key].enumerated() { add(key, entry.asset, index, value) }
                }
            }
        }
        list += methodValues.map { $0.entry(version, status) }
        list[list.count - 1].last = true
        return list
    }

    private mutating func adopt(_ entries: [RiskParameters]) throws(ParameterFault) {
        var lists: [ListName: [(index: Int, value: Double)]] = [:]
        try adoptMethodValues(entries.filter(\.isOfMethod))
        for entry in entries where !entry.isOfMethod {
            guard entry.table == .empty, entry.text == .empty else {
                throw .methodValue(.defaultModel, entry.path, "only published methods have tables and texts")
            }
            guard let key = ParameterKey(entry.key) else { throw .unknownKey(entry.key) }
            let value = entry.value.billionths == .max ? .infinity : entry.value.fraction
            guard key.range.contains(value) else { throw .outOfRange(key, entry.asset, entry.value) }
            guard (entry.asset.rawValue == 0) == (key.scope == .everything) || key.scope == .collateral else {
                throw .wrongScope(key, entry.asset)
            }
            if key.isList {
                lists[ListName(key: key, asset: entry.asset), default: []].append((Int(entry.index), value))
                continue
            }
            guard entry.index == 0 else { throw .list(key, entry.asset) }
            switch key.scope {
            case .everything: self[keyPath: Self.scalar(key)] = value
            case .underlying: underlyings[place(ofUnderlying: entry.asset)].set(key, value)
            case .collateral: collaterals[place(ofCollateral: entry.asset)].set(key, value)
            }
        }
        try adopt(lists)
    }

    private struct ListName: Hashable {
        let key: ParameterKey
        let asset: AssetID
    }

    private mutating func adopt(_ lists: [ListName: [(index: Int, value: Double)]]) throws(ParameterFault) {
        // Each list goes to its own place, so that the order of the dictionary does not matter.
        var fault: ParameterFault?
        for (name, unsorted) in lists.sorted(by: {
            ($0.key.key.rawValue, $0.key.asset) < ($1.key.key.rawValue, $1.key.asset)
        }) {
            let list = unsorted.sorted { $0.index < $1.index }
            guard list.enumerated().allSatisfy({ $0.offset == $0.element.index }) else {
                fault = fault ?? .list(name.key, name.asset)
                continue
            }
            let values = list.map(\.value)
            if name.key == .tails {
                scan.tails = values
            } else {
                collaterals[place(ofCollateral: name.asset)].setTiers(name.key, values)
            }
        }
        if let fault { throw fault }
    }

    private mutating func place(ofUnderlying asset: AssetID) -> Int {
        let place = underlyings.firstIndex { $0.asset >= asset } ?? underlyings.count
        if place == underlyings.count || underlyings[place].asset != asset {
            underlyings.insert(UnderlyingParameters(asset: asset), at: place)
        }
        return place
    }

    private mutating func place(ofCollateral asset: AssetID) -> Int {
        let place = collaterals.firstIndex { $0.asset >= asset } ?? collaterals.count
        if place == collaterals.count || collaterals[place].asset != asset {
            collaterals.insert(CollateralParameters(asset: asset), at: place)
        }
        return place
    }

    private init(version: ParameterVersion) { self.version = version }

    static func scalar(_ key: ParameterKey) -> WritableKeyPath<ParameterSet, Double> {
        switch key {
        case .tailDamping: \.scan.tailDamping
        case .volUp: \.scan.volUp
        case .volDown: \.scan.volDown
        case .shortPower: \.scan.shortPower
        case .longPowerFlat: \.scan.longPowerFlat
        case .longPowerSteep: \.scan.longPowerSteep
        case .volatilityFloor: \.scan.volatilityFloor
        case .kappa: \.scan.kappa
        case .halfStepDays: \.scan.halfStepDays
        case .maintenance: \.factors.maintenance
        case .release: \.factors.release
        case .initial: \.factors.initial
        case .skewCap: \.addOns.skewCap
        case .skewWidth: \.addOns.skewWidth
        case .skewWidthMin: \.addOns.skewWidthMin
        case .nakedShort: \.addOns.nakedShort
        case .nakedShortInitialExtra: \.addOns.nakedShortInitialExtra
        case .minimumDeltaGross: \.addOns.minimumDeltaGross
        case .minimumDeltaNet: \.addOns.minimumDeltaNet
        case .stablecoinMaintenance: \.addOns.stablecoinMaintenance
        case .stablecoinInitial: \.addOns.stablecoinInitial
        case .liquidationFee: \.addOns.liquidationFee
        case .confidenceThreshold: \.addOns.confidenceThreshold
        case .confidenceMargin: \.addOns.confidenceMargin
        case .slowPricePerSecond: \.addOns.slowPricePerSecond
        case .slowPriceBand: \.addOns.slowPriceBand
        case .fundingCap: \.addOns.fundingCap
        case .liquiditySlope: \.addOns.liquiditySlope
        case .liquidityCap: \.addOns.liquidityCap
        case .concentrationFree: \.addOns.concentrationFree
        case .concentrationFloor: \.addOns.concentrationFloor
        case .concentrationSlope: \.addOns.concentrationSlope
        case .concentrationCap: \.addOns.concentrationCap
        case .volatilityAge: \.addOns.volatilityAge
        case .volatilityAgeMargin: \.addOns.volatilityAgeMargin
        case .warningFactor: \.lifeCycle.warningFactor
        case .hysteresis: \.lifeCycle.hysteresis
        case .callSeconds: \.lifeCycle.callSeconds
        case .liquidationPriceBand: \.lifeCycle.liquidationPriceBand
        case .approvals: \.governance.approvals
        case .dynamicMultiple: \.dynamics.multiple
        case .dynamicDecay: \.dynamics.decay
        case .dynamicLimit: \.dynamics.limit
        case .dynamicRise: \.dynamics.rise
        case .dynamicFall: \.dynamics.fall
        case .stressedWeight: \.dynamics.stressedWeight
        case .tails, .range, .window, .basisFloor, .basisPerYear, .tierBound, .tierHaircut, .liabilityHaircut,
            .initialHaircut, .stressedRange:
            preconditionFailure("\(key.rawValue) is not a single number for everything")
        }
    }
}

extension Ratio {
    /// The nearest billionth; infinity is the largest number.
    init(nearestBillionths value: Double) {
        self.init(value == .infinity ? .max : Int64((value * 1e9).nearestInteger))
    }
}

extension Double {
    /// Half to even; exact for magnitudes below 2⁵¹.
    var nearestInteger: Double { (self + 6_755_399_441_055_744) - 6_755_399_441_055_744 }
}
