import MarginDomain
import MarginModel

/// How a mutual pool stands, and what a newcomer would change: docs/questions.md.
///
/// Nothing is thought up for the question: the pool is computed with the newcomer among its members, by the code that
/// evaluates it once it has joined, and admission is decided by the checks of the entry.
extension EngineState {
    /// - Returns: nil if another shard must answer: that of the newcomer's own pool, or of the mutual pool if nobody joins.
    func mutualProspects(_ query: MutualQuery) throws(QuestionFault) -> MutualAnswer? {
        let group = poolPlaces[query.pool].flatMap { mutualGroup(at: $0) }
        guard query.account != AccountID(0) else {
            guard let place = poolPlaces[query.pool], pools[place.number].slot != nil else { return nil }
            guard let group else {
                throw QuestionFault(.notAvailable, field: "pool", "the pool stands for no members of a mutual pool")
            }
            let members = groups[group].memberships
            return answer(query, from: members, Change(members), groups[group].terms)
        }
        guard let account = accounts[query.account] else { return nil }
        let member = Member(query.account, isolated: query.instrument)
        guard let place = memberPlaces[member] else {
            throw QuestionFault(
                .unknownAccount, field: "instrument", "the account has no isolated position in the instrument")
        }
        guard pools[members[place.number].pool.number].slot != nil else { return nil }
        let (agreement, agreed) = try agreement(query, group)
        let terms = group.map { groups[$0].terms } ?? agreed
        let before = group.map { groups[$0].memberships } ?? []
        let event = PoolMembership(
            account: query.account, instrument: query.instrument, pool: query.pool, agreement: agreement, action: .join,
            contribution: query.contribution, pledge: query.pledge)
        let change = change(of: before, by: place, event, terms)
        do throws(EntryRefusal) { _ = try admission(of: member, account, event, under: agreed) } catch {
            return answer(query, from: before, change, terms, refused: error.refusal)
        }
        return answer(query, from: before, change, terms)
    }

    /// The members with the newcomer, or with what one of them raises.
    private struct Change {
        /// At the moment of joining, and when the newcomer's credit is whole.
        let memberships: [MutualMembership]
        let grown: [MutualMembership]
        /// The newcomer's number.
        var newcomer: Int?

        init(_ memberships: [MutualMembership], grown: [MutualMembership]? = nil, newcomer: Int? = nil) {
            self.memberships = memberships
            self.grown = grown ?? memberships
            self.newcomer = newcomer
        }
    }

    /// Nothing changes where a member of another pool, or one without margin, cannot even be thought to join.
    private func change(
        of before: [MutualMembership], by place: MemberIndex, _ event: PoolMembership, _ terms: MutualTerms
    ) -> Change {
        let pledge = Pledge(contribution: event.contribution, lien: event.pledge)
        if let number = before.firstIndex(where: { $0.member == place }) {
            var raised = before
            raised[number].contribution = max(raised[number].contribution, pledge.contribution)
            raised[number].lien = max(raised[number].lien, pledge.lien)
            return Change(raised)
        }
        let pool = pools[members[place.number].pool.number]
        guard pool.group == nil, pool.members == [place],
            book.margin(of: holdings(of: place, in: book)).status == .margined
        else { return Change(before) }
        let with = memberships(before, with: place, pledge, joined: now)
        let grown = memberships(before, with: place, pledge, joined: now + Duration64(-terms.ramp.nanoseconds))
        return Change(with.memberships, grown: grown.memberships, newcomer: with.place)
    }

    private func agreement(
        _ query: MutualQuery, _ group: Int?
    ) throws(QuestionFault) -> (AgreementID, MutualTerms) {
        if let group, query.agreement == .ownPool {
            return (pools[groups[group].pool.number].agreement, groups[group].terms)
        }
        guard let terms = reference.mutualTerms[query.agreement] else {
            throw QuestionFault(
                .outOfRange, field: "agreement",
                "no mutual agreement \(query.agreement) is known; name that under which the pool would come into being")
        }
        return (query.agreement, terms)
    }

    private func answer(
        _ query: MutualQuery, from memberships: [MutualMembership], _ change: Change, _ terms: MutualTerms,
        refused: Refusal? = nil
    ) -> MutualAnswer {
        let before = figures(of: memberships, under: terms, in: book)
        let after = figures(of: change.memberships, under: terms, in: book)
        let grown = figures(of: change.grown, under: terms, in: book)
        // SPEED: every pair of members is looked at; once for all of them.
        let cover = after.pool.cover
        let prospects = change.memberships.indices.compactMap { place in
            prospect(place, change.memberships, change.newcomer, terms, cover, before, after, grown)
        }
        return MutualAnswer(
            record: lastRecord, pool: query.pool, admitted: refused == nil, reason: refused.map { "\($0)" } ?? "",
            betaBefore: memberships.isEmpty ? .zero : before.pool.beta, betaAfter: after.pool.beta,
            betaGrown: grown.pool.beta, requirementBefore: prospects.sum(\.shareBefore),
            requirementAfter: prospects.sum(\.shareAfter), requirementGrown: prospects.sum(\.shareGrown),
            excessBefore: before.excess, excessAfter: after.excess, stress: cover.stress, funds: cover.funds,
            members: prospects)
    }

    /// What concerns one member; nil without margin.
    private func prospect(
        _ place: Int, _ memberships: [MutualMembership], _ newcomer: Int?, _ terms: MutualTerms,
        _ cover: MutualCover, _ before: MutualFigures, _ after: MutualFigures, _ grown: MutualFigures
    ) -> MutualProspect? {
        guard let share = after.share(place), let last = grown.share(place) else { return nil }
        let alone = share.standAlone.initial
        let earlier = newcomer.map { place < $0 ? place : place - 1 } ?? place
        let first = place == newcomer ? alone : before.share(earlier)?.share.initial ?? alone
        var others = memberships
        let membership = others.remove(at: place)
        let rest = figures(of: others, under: terms, in: book)
        let member = members[membership.member.number].member
        let needed = after.number(place).flatMap { number in
            cover.contributionsNeeded.isEmpty ? nil : cover.contributionsNeeded[number]
        }
        return MutualProspect(
            account: member.account, instrument: member.instrument,
            memberPool: pools[members[membership.member.number].pool.number].id, equity: share.equity,
            contribution: membership.contribution, pledge: share.pledge, standAlone: alone, shareBefore: first,
            shareAfter: share.share.initial, shareGrown: last.share.initial, saving: alone - last.share.initial,
            contributionNeeded: needed ?? Value(.max), excessWithout: rest.excess,
            betaWithout: others.isEmpty ? .zero : rest.pool.beta, calledWithout: rest.called,
            canLeave: after.standsAlone(place) && rest.isWhole)
    }
}

extension [MutualProspect] {
    fileprivate func sum(_ part: (MutualProspect) -> Value) -> Value {
        Value(saturating: reduce(Int128(0)) { $0 + Int128(part($1).quanta) })
    }
}
