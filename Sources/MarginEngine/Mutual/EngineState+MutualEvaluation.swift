import MarginDefault
import MarginDomain
import MarginModel

/// Evaluation of mutual pools: all members at once, each then by itself.
extension EngineState {
    /// Evaluates a mutual pool if this shard speaks for it or for one of its members.
    ///
    /// - Parameter touched: the pools whose own entry caused it.
    mutating func evaluate(
        group number: Int, touching touched: Set<PoolIndex> = [], because cause: Cause, _ effects: inout RecordEffects
    ) {
        guard isEvaluated(group: number) else { return }
        renewSizes(ofGroup: number)
        let figures = figures(of: number)
        let members = groups[number].memberships.map(\.member)
        let own = Set(members.filter { touched.contains(self.members[$0.number].pool) })
        groups[number].take(figures, touching: own, of: kin(of: own, among: members), because: cause, at: now)
        for (place, member) in members.enumerated() {
            let pool = self.members[member.number].pool
            guard let slot = pools[pool.number].slot else { continue }
            // For whoever asks about its binding scenarios.
            book.scan(slot)
            settle(pool, at: groups[number].margin(place, figures, at: now), because: cause, &effects)
        }
        settle(group: number, figures, because: cause)
    }

    /// Those of some members who are of the same groups of affiliates as some of them.
    func kin(of few: Set<MemberIndex>, among all: [MemberIndex]) -> Set<MemberIndex> {
        // SPEED: a cut touches nobody.
        guard !few.isEmpty else { return [] }
        func family(_ member: MemberIndex) -> OwnerID { reference.affiliation(of: members[member.number].owner) }
        let families = Set(few.map(family))
        return Set(all.filter { families.contains(family($0)) })
    }

    /// Evaluates the mutual pools of which a member depends on an asset, in order of pool.
    mutating func evaluateGroups(exposedTo asset: AssetID, because cause: Cause, _ effects: inout RecordEffects) {
        // SPEED: without mutual pools a cut does not come here.
        guard !groups.isEmpty else { return }
        for number in groupsByPool where isEvaluated(group: number) && isExposed(group: number, to: asset) {
            evaluate(group: number, because: cause, &effects)
        }
    }

    /// The pool that stands for the members: it has no life cycle, and says whether the pool test holds.
    private mutating func settle(group number: Int, _ figures: MutualFigures, because cause: Cause) {
        let place = groups[number].pool
        guard pools[place.number].slot != nil else { return }
        let state = groups[number].fails ? LifeCycle.marginCall : .healthy
        pools[place.number].settle(in: state, at: figures.together, because: cause)
        if !pools[place.number].published.isOwed, isDisplayOwed(place) { owe(place) }
    }

    /// What all members have and need now.
    ///
    /// - Parameter changed: what one of them would hold instead.
    func figures(of number: Int, replacing changed: (member: MemberIndex, PoolHoldings)? = nil) -> MutualFigures {
        figures(of: groups[number].memberships, under: groups[number].terms, replacing: changed, in: book)
    }

    /// What members have and need on a book, be they of a pool or only thought to be.
    func figures(
        of memberships: [MutualMembership], under terms: MutualTerms,
        replacing changed: (member: MemberIndex, holdings: PoolHoldings)? = nil, in book: MarginBook
    ) -> MutualFigures {
        figures(of: memberships, under: terms, in: book) { member in
            if let changed, changed.member == member { return changed.holdings }
            return holdings(of: member, in: book)
        }
    }

    /// - Parameter holdings: what a member holds.
    func figures(
        of memberships: [MutualMembership], under terms: MutualTerms, in book: MarginBook,
        holding holdings: (MemberIndex) -> PoolHoldings
    ) -> MutualFigures {
        book.mutualFigures(of: standings(of: memberships, under: terms, holding: holdings), under: terms)
    }

    /// What members bring into a mutual pool.
    ///
    /// - Parameter holdings: what a member holds.
    func standings(
        of memberships: [MutualMembership], under terms: MutualTerms, holding holdings: (MemberIndex) -> PoolHoldings
    ) -> [MutualStanding] {
        memberships.map { membership in
            MutualStanding(
                member: members[membership.member.number].member, holdings: holdings(membership.member),
                contribution: membership.contribution, lien: membership.lien,
                creditWeight: terms.creditWeight(after: now - membership.joined))
        }
    }

    private func isEvaluated(group number: Int) -> Bool {
        pools[groups[number].pool.number].slot != nil
            || groups[number].memberships.contains { pools[members[$0.member.number].pool.number].slot != nil }
    }

    private func isExposed(group number: Int, to asset: AssetID) -> Bool {
        groups[number].memberships.contains { isExposed($0.member, to: asset) }
    }

    /// Whether a member's worth depends on an asset: as an underlying or as what is settled in or held.
    private func isExposed(_ member: MemberIndex, to asset: AssetID) -> Bool {
        let isUnderlying = reference.assets[asset]?.role == .underlying
        let account = members[member.number]
        func concerns(_ id: InstrumentID) -> Bool {
            guard let instrument = reference.instruments[id] else { return false }
            return isUnderlying ? instrument.underlying == asset : instrument.settlementAsset == asset
        }
        return account.positions.contains { concerns($0.0) }
            || (isUnderlying && account.orders.values.contains { concerns($0.instrument) })
            || net(of: asset, member) != .zero
    }

    /// `B`: balance less cost.
    private func net(of asset: AssetID, _ member: MemberIndex) -> Balance {
        let account = members[member.number]
        return account.positions.reduce(account.balances[asset] ?? .zero) { sum, held in
            reference.instruments[held.0]?.settlementAsset == asset ? sum - held.1.cost : sum
        }
    }

    /// Whether every price behind a mutual pool's numbers may decide a liquidation.
    func isTrusted(group number: Int) -> Bool {
        if trust.isWhole { return true }
        return reference.underlyings.allSatisfy { underlying in
            trust.trusts(underlying)
                || !groups[number].memberships.contains { depends($0.member, on: underlying) }
        }
    }

    private func depends(_ member: MemberIndex, on underlying: AssetID) -> Bool {
        members[member.number].positions.contains { reference.instruments[$0.0]?.underlying == underlying }
            || net(of: underlying, member) != .zero
    }
}
