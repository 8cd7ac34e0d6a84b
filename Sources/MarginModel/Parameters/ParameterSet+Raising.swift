import MarginDomain

extension ParameterSet {
    /// Whether every value that differs from another set's moved the way that raises initial margin.
    ///
    /// What holds for one asset is compared with what held for it before, its own or everyone's. An underlying that the
    /// other set does not name is a listing, and a listing is no emergency.
    ///
    /// What raises a published method's margin nobody has proven, so its parameters do not move at all.
    ///
    /// - Throws: the first value, in canonical order, that did not: ``ParameterFault/notRaised(_:_:)``,
    ///   ``ParameterFault/methodNotRaised(_:)``.
    public func checkRaising(over other: ParameterSet) throws(ParameterFault) {
        guard underlyings.map(\.asset) == other.underlyings.map(\.asset) else {
            throw .notRaised(.range, firstNew(since: other))
        }
        if let model = firstMethod(differingFrom: other) { throw .methodNotRaised(model) }
        for key in ParameterKey.allCases {
            switch key.scope {
            case .everything:
                let (now, then) = (values(of: key), other.values(of: key))
                guard key.allows(then, now) else { throw .notRaised(key, AssetID(0)) }
            case .underlying:
                for (now, then) in zip(underlyings, other.underlyings) where !key.allows([then[key]], [now[key]]) {
                    throw .notRaised(key, now.asset)
                }
            case .collateral:
                for asset in Set(collaterals.map(\.asset) + other.collaterals.map(\.asset)).sorted()
                where !key.allows(other.collateral(asset)[key], collateral(asset)[key]) {
                    throw .notRaised(key, asset)
                }
            }
        }
    }

    private func values(of key: ParameterKey) -> [Double] {
        key == .tails ? scan.tails : [self[keyPath: Self.scalar(key)]]
    }

    private func firstNew(since other: ParameterSet) -> AssetID {
        underlyings.first { other.underlying($0.asset) == nil }?.asset ?? AssetID(0)
    }
}

extension ParameterSet {
    /// The same values, with another set's rules about how values change.
    public func governed(as other: ParameterSet) -> ParameterSet {
        var copy = self
        copy.governance = other.governance
        return copy
    }
}

extension ParameterKey {
    /// Whether the values moved in the ``raising`` direction, or not at all.
    fileprivate func allows(_ then: [Double], _ now: [Double]) -> Bool {
        then.count == now.count
            && zip(then, now).allSatisfy { then, now in
                switch raising {
                case .up: now >= then
                case .down: now <= then
                case .neither: now == then
                }
            }
    }
}
