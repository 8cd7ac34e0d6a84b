import MarginDomain

extension CaseBook {
    /// The answer about a mutual pool.
    func answer(under terms: MutualTerms, symbols: [String: AssetID]) -> CaseAnswer {
        // By id: whoever asks, and in whatever order, gets the same numbers to the last bit.
        let order = question.members.indices.sorted { question.members[$0].id < question.members[$1].id }
        let required = order.map { requirement(of: [$0], symbols: symbols) }
        let pool = mutualPool(order, required, terms, symbols: symbols)
        let everyone = Array(question.members.indices)
        let worth = equity(of: everyone)
        let needed = CaseAnswer.Levels { pool.requirement($0) }
        let standings = order.indices.map { member(question.members[order[$0]].id, $0, pool) }
        let place = Dictionary(uniqueKeysWithValues: zip(order, order.indices))
        return CaseAnswer(
            name: question.name, equity: worth.equity, markToMarket: worth.markToMarket, initialMargin: needed.initial,
            maintenanceMargin: needed.maintenance, bindings: bindings(of: everyone),
            components: Self.sum(required.map { components($0) }),
            members: everyone.compactMap { index in place[index].map { standings[$0] } }, mutual: mutual(pool),
            greeks: greeks(of: everyone))
    }

    private func mutualPool(
        _ order: [Int], _ required: [Requirement], _ terms: MutualTerms, symbols: [String: AssetID]
    ) -> MutualPool {
        let sections = part(order, symbols: symbols).sections
        let members = order.indices.map { place in
            let (index, own) = (order[place], required[place])
            let member = question.members[index]
            return MutualMember(
                equity: equity(of: [index]).equity * Self.quantaPerDollar,
                contribution: member.contribution * Self.quantaPerDollar, lien: member.lien * Self.quantaPerDollar,
                losses: part([index], symbols: symbols).losses(over: sections),
                standAlone: PerRequirement { own.margin($0, parameters.factors) },
                addOns: PerRequirement { own.addOns($0) })
        }
        return MutualPool(
            members, sections.scenarios(parameters), factors: PerRequirement(parameters.factors), terms: terms,
            grain: .continuous)
    }

    private func member(_ id: String, _ number: Int, _ pool: MutualPool) -> CaseAnswer.Member {
        let rest = pool.without(number)
        let own = pool.members[number]
        return CaseAnswer.Member(
            id: id, standAlone: CaseAnswer.Levels { own.standAlone[$0] },
            component: CaseAnswer.Levels { pool.components[$0][number] },
            share: CaseAnswer.Levels { pool.share(number, $0) }, excess: CaseAnswer.Levels { pool.excess(number, $0) },
            standing: CaseAnswer.Standing(
                pledge: CaseAnswer.Levels { _ in own.pledge(pool.terms) },
                contributionNeeded: pool.contributionsNeeded.map { $0[number] / Self.quantaPerDollar },
                ringFence: pool.ringFence(number), withdrawable: pool.free(number) / Self.quantaPerDollar,
                canLeave: pool.canLeave(number), excessWithout: rest.poolExcess(.initial).value / Self.quantaPerDollar,
                betaWithout: rest.beta.fraction))
    }

    private func mutual(_ pool: MutualPool) -> CaseAnswer.Mutual {
        let excess = (initial: pool.poolExcess(.initial), maintenance: pool.poolExcess(.maintenance))
        return CaseAnswer.Mutual(
            poolExcess: CaseAnswer.Levels { $0 == .initial ? excess.initial.value : excess.maintenance.value },
            beta: pool.beta.fraction, isExact: pool.isExact && excess.initial.isExact && excess.maintenance.isExact,
            credit: CaseAnswer.Levels { level in
                pool.members.reduce(0) { $0 + $1.standAlone[level] } - pool.requirement(level)
            }, stress: pool.stress / Self.quantaPerDollar, funds: pool.funds / Self.quantaPerDollar)
    }

    /// Components added up by name, in the order of `MarginComponent`.
    private static func sum(_ lists: [[CaseAnswer.Component]]) -> [CaseAnswer.Component] {
        var sums: [MarginComponent: CaseAnswer.Component] = [:]
        for part in lists.joined() {
            sums[part.component, default: CaseAnswer.Component(component: part.component, initial: 0, maintenance: 0)]
                .initial += part.initial
            sums[part.component]?.maintenance += part.maintenance
        }
        return MarginComponent.allCases.compactMap { sums[$0] }
    }
}
