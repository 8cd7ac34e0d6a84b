import MarginDomain
import MarginModel

/// What brings a pool back to its initial margin: each deposit by itself, or the trades together.
extension EngineState {
    /// - Returns: no steps for a pool that meets its initial margin.
    func cures(_ place: PoolIndex) throws(QuestionFault) -> CuresAnswer {
        try needMember(place)
        guard let slot = pools[place.number].slot else { throw withoutMargin(place) }
        let holdings = holdings(of: place, slot)
        guard let now = MarginExcess(margin(of: holdings, in: place)) else { throw withoutMargin(place, holdings) }
        let missing = max(.zero - now.initial, .zero)
        guard missing > .zero else {
            return CuresAnswer(record: lastRecord, pool: pools[place.number].id, shortfall: .zero, steps: [])
        }
        let question = CuresQuestion(place: place, missing: missing)
        let steps = deposits(into: holdings, question) + trades(in: holdings, question)
        return CuresAnswer(record: lastRecord, pool: pools[place.number].id, shortfall: missing, steps: steps)
    }

    /// For each asset that the pool may deposit, the least amount that suffices; the numeraire first.
    private func deposits(into holdings: PoolHoldings, _ question: CuresQuestion) -> [Step] {
        let assets = reference.assets.values.sorted {
            ($0.role == .numeraire ? 0 : 1, $0.id.rawValue) < ($1.role == .numeraire ? 0 : 1, $1.id.rawValue)
        }
        return assets.compactMap { asset in
            guard var line = line(.deposit(asset.id), from: holdings, question),
                let units = line.least(upTo: .max), let after = line.excess(at: units)
            else { return nil }
            return Step(
                kind: asset.role == .numeraire ? .depositCash : .depositCollateral, asset: asset.id, instrument: .none,
                account: AccountID(0), quantity: .zero, price: .zero, amount: Money(units),
                marginReleased: after.initial - line.start.initial)
        }
    }

    /// The one trade of least notional that suffices; if none does, a few that do together, the best of each moment
    /// first; none if they do not.
    private func trades(in holdings: PoolHoldings, _ question: CuresQuestion) -> [Step] {
        let candidates = curingTrades(of: holdings)
        if let single = singleTrade(candidates, holdings, question) { return [single] }
        var held = holdings
        var steps: [Step] = []
        while steps.count < Self.tradesMax {
            guard let (step, change, isEnough) = bestTrade(candidates, held, question) else { return [] }
            held.add(change)
            steps.append(step)
            if isEnough { return steps }
        }
        return []
    }

    /// Most trades in one cure.
    private static var tradesMax: Int { 8 }

    private func singleTrade(
        _ candidates: [CuringTrade], _ holdings: PoolHoldings, _ question: CuresQuestion
    ) -> Step? {
        var best: (step: Step, notional: Double)?
        for candidate in candidates {
            guard var line = line(candidate.line, from: holdings, question),
                let lots = line.least(upTo: candidate.lotsMax), let after = line.excess(at: lots)
            else { continue }
            let notional = Double(lots) * candidate.dollarsPerLot
            if best.map({ notional < $0.notional }) ?? true {
                best = (candidate.step(lots, releasing: after.initial - line.start.initial), notional)
            }
        }
        return best?.step
    }

    /// The trade that restores most per dollar traded, measured by one about as large as what is missing, as far as it
    /// helps or suffices.
    private func bestTrade(
        _ candidates: [CuringTrade], _ holdings: PoolHoldings, _ question: CuresQuestion
    ) -> (Step, PoolHoldings, isEnough: Bool)? {
        var best: (candidate: CuringTrade, rate: Double)?
        for candidate in candidates {
            let wanted = Double(question.missing.quanta) / Double(Value.perDollar) / candidate.dollarsPerLot
            let lots = max(1, min(candidate.lotsMax, wanted < 1e15 ? Int64(wanted) : .max))
            guard var line = line(candidate.line, from: holdings, question), let after = line.excess(at: lots)
            else { continue }
            let released = Double((after.initial - line.start.initial).quanta)
            let rate = released / (Double(lots) * candidate.dollarsPerLot)
            if released > 0, best.map({ rate > $0.rate }) ?? true { best = (candidate, rate) }
        }
        guard let candidate = best?.candidate, var line = line(candidate.line, from: holdings, question) else {
            return nil
        }
        let lots = line.best(upTo: candidate.lotsMax)
        guard lots > 0, let change = candidate.line.change(lots), let after = line.excess(at: lots) else { return nil }
        let step = candidate.step(lots, releasing: after.initial - line.start.initial)
        return (step, change, after.initial >= .zero)
    }
}

/// What cures a question looks for, and what is left to look with.
private struct CuresQuestion {
    let place: PoolIndex
    /// Of initial margin.
    let missing: Value
    let budget = TrialBudget(TrialBudget.cures)
}

extension EngineState {
    private func line(_ line: ChangeLine, from holdings: PoolHoldings, _ question: CuresQuestion) -> PoolLine? {
        self.line(line, from: holdings, in: question.place, within: question.budget)
    }
}
