import CMarginKernels
import MarginDomain

extension CaseBook {
    /// Losses up to this many dollars do not bind.
    private static let lossMin = 1e-9

    func bindings(of members: [Int]) -> [CaseAnswer.Binding] {
        tables.filter { isExposed($0, members) }.compactMap { table in
            let losses = losses(table, members)
            let columns = table.rows.columns
            guard let worst = losses.max(),
                let index = losses.firstIndex(of: worst),
                worst / Self.quantaPerDollar > Self.lossMin
            else { return nil }
            return CaseAnswer.Binding(
                underlying: table.symbol, index: index, spotMove: columns[index].move, shape: columns[index].shape,
                loss: worst / Self.quantaPerDollar)
        }
    }

    /// `ℓ_u` in canonical order, in quanta.
    private func losses(_ table: Table, _ members: [Int]) -> [Double] {
        let coin = coin(table, members)
        return table.rows.gains(of: positions(table, members), coin: coin).map { -$0 }
    }

    func components(_ requirement: Requirement) -> [CaseAnswer.Component] {
        let totals = requirement.totals
        let initial = requirement.scanParts(parameters.factors.initial)
        let maintenance = requirement.scanParts(parameters.factors.maintenance)
        let parts: [(MarginComponent, Double, Double)] = [
            (.scan, initial.scan, maintenance.scan), (.basis, totals.basis, totals.basis),
            (.skew, totals.skew, totals.skew),
            (.nakedShort, totals.nakedInitial, totals.nakedMaintenance),
            (.minimumDelta, initial.minimumDelta, maintenance.minimumDelta),
            (.stablecoin, requirement.stablecoinInitial, requirement.stablecoinMaintenance),
            (.liquidationFee, totals.fee, totals.fee),
            (.haircut, requirement.haircutInitial, requirement.haircutMaintenance),
            (.openOrders, requirement.openOrders, 0), (.oracleUncertainty, requirement.oracleUncertainty, 0),
            (.twoPrice, requirement.twoPrice, 0), (.funding, requirement.funding, 0),
            (.liquidity, requirement.liquidity, 0), (.concentration, requirement.concentration, 0),
        ]
        return parts.filter { $0.1 != 0 || $0.2 != 0 }.map { part in
            CaseAnswer.Component(
                component: part.0, initial: part.1 / Self.quantaPerDollar, maintenance: part.2 / Self.quantaPerDollar)
        }
    }

    func shares(_ whole: Requirement, symbols: [String: AssetID]) -> [CaseAnswer.Member] {
        let everyone = Array(question.members.indices)
        let rates = ownerRates(of: everyone)
        let parts = everyone.map { part([$0], .maintenance, rates: rates, symbols: symbols) }
        let split = ShareSplit(
            pool: part(everyone, .maintenance, symbols: symbols), members: parts, scan: whole.scan, parameters)
        let ordered = orderedSplit(whole, symbols: symbols) ?? split
        let initial = ordered.shares(.initial, of: whole.initial(parameters.factors))
        let maintenance = split.shares(.maintenance, of: whole.maintenance(parameters.factors))
        let components = (ordered.components(.initial), split.components(.maintenance))
        func levels(_ initial: Double, _ maintenance: Double) -> CaseAnswer.Levels {
            CaseAnswer.Levels(initial: initial / Self.quantaPerDollar, maintenance: maintenance / Self.quantaPerDollar)
        }
        return everyone.map { index in
            let share = levels(initial[index], maintenance[index])
            let own = equity(of: [index]).equity
            return CaseAnswer.Member(
                id: question.members[index].id,
                standAlone: levels(parts[index].alone.initial, parts[index].alone.maintenance),
                component: levels(components.0[index], components.1[index]), share: share,
                excess: CaseAnswer.Levels(initial: own - share.initial, maintenance: own - share.maintenance))
        }
    }

    /// The split of initial margin where open orders are in it.
    private func orderedSplit(_ whole: Requirement, symbols: [String: AssetID]) -> ShareSplit? {
        guard let scan = whole.orderedScan else { return nil }
        let everyone = Array(question.members.indices)
        let rates = ownerRates(of: everyone)
        return ShareSplit(
            pool: part(everyone, .initial, symbols: symbols),
            members: everyone.map { part([$0], .initial, rates: rates, symbols: symbols) }, scan: scan, parameters)
    }

    /// What members lose and are charged together. Open orders are among what initial margin sees lost.
    func part(
        _ members: [Int], _ level: RequirementLevel = .maintenance, rates: [AssetID: OwnerRates]? = nil,
        symbols: [String: AssetID]
    ) -> ShareSplit.Part {
        let own = requirement(of: members, rates: rates, symbols: symbols)
        func isSeen(_ table: Table) -> Bool {
            isExposed(table, members) || (level == .initial && hasOrders(table, members))
        }
        return ShareSplit.Part(
            sections: tables.filter { isSeen($0) }.compactMap { table in
                guard let grid = table.rows.grid else { return nil }
                return ShareSplit.Section(
                    underlying: table.asset, grid: grid,
                    losses: level == .initial ? orderedGains(table, members).map { -$0 } : losses(table, members),
                    expiries: table.rows.expiries(of: positions(table, members)))
            },
            alone: PerRequirement { level in own.margin(level, parameters.factors) },
            flat: PerRequirement { level in own.flat(level) })
    }
}
