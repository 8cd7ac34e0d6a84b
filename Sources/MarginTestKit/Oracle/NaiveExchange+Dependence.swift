public import MarginDomain

/// What a mutual pool would be without one of its members, computed from nothing.
public struct NaiveDependence: Equatable, Sendable {
    /// What the member must lock; nil if no contribution suffices.
    public let needed: Int128?
    /// The others' pool excess, credit, and what they lack of their shares.
    public let excessWithout: Double
    public let betaWithout: Int64
    public let calledWithout: Double
    public let canLeave: Bool
}

extension NaiveExchange {
    /// By member, of those who have margin, as everything stands now.
    public func dependence(in mutual: PoolID) -> [Member: NaiveDependence] {
        guard let group = mutuals[mutual] else { return [:] }
        var copy = self
        let whole = copy.pool(of: group)
        var found: [Member: NaiveDependence] = [:]
        for member in whole.counted {
            let rest = copy.pool(of: group, without: member)
            found[member] = NaiveDependence(
                needed: whole.contributionNeeded(member), excessWithout: rest.excess,
                betaWithout: group.stakes.count > 1 ? rest.beta : 0,
                calledWithout: rest.counted.map { max(0, rest.share($0) - rest.equity($0)) }.reduce(0, +),
                canLeave: whole.standsAlone(member) && rest.isWhole)
        }
        return found
    }
}
