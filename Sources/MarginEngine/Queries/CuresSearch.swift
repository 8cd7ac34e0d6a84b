import MarginDomain
import MarginModel

/// The way to what brings a pool back to its initial margin: each deposit by itself, or the trades together.
///
/// One line of changes after another: what is interrupted is only ever the search along one of them.
struct CuresSearch: QuestionSearch {
    private let pool: AskedPool
    /// What may be deposited, the numeraire first.
    private let assets: [Asset]
    /// What may be traded, in order of instrument.
    private let candidates: [CuringTrade]
    private var stage = Stage.opening
    /// Of the evaluations so far of what is being searched (``Trials``).
    private var heard: [MarginExcess?] = []
    /// Evaluations that may still be made.
    private var left: Int
    /// Of initial margin.
    private var missing = Value.zero
    /// What was found so far, deposits first.
    private var steps: [Step] = []
    /// Trades that do together what none does by itself, and what the pool would hold after them.
    private var together: [Step] = []
    private var held: PoolHoldings
    private(set) var answer: Answer?

    /// What is looked at next.
    private enum Stage {
        case opening
        /// The least amount of an asset that suffices.
        case deposit(Int)
        /// The one trade of least notional that suffices.
        case single(Int, best: (step: Step, notional: Double)?)
        /// The trade that restores most per dollar traded, measured by one about as large as what is missing.
        case rate(Int, best: (candidate: CuringTrade, rate: Double)?)
        /// As much of it as helps or suffices.
        case trade(CuringTrade)
    }

    init(_ pool: AskedPool, assets: [Asset], candidates: [CuringTrade]) {
        self.pool = pool
        self.assets = assets
        self.candidates = candidates
        left = pool.isTried ? Trials.curesMax : .max
        held = pool.holdings
    }

    var record: RecordNumber { pool.record }

    mutating func advance(work: Int) -> Int {
        var done = 0
        while done < work, answer == nil {
            let trials = Trials(atMost: left, heard: heard, work: work - done)
            do throws(SearchPause) {
                try step(trials)
                left -= trials.heard.count
                heard = []
            } catch { heard = trials.heard }
            done += trials.work
        }
        return done
    }

    private mutating func step(_ trials: Trials) throws(SearchPause) {
        switch stage {
        case .opening:
            guard let now = try pool.excess(trials) else {
                answer = .queryError(pool.withoutMargin.error)
                return
            }
            missing = max(.zero - now.initial, .zero)
            if missing > .zero { stage = .deposit(0) } else { finish(with: []) }
        case .deposit(let place):
            guard place < assets.count else { return stage = .single(0, best: nil) }
            if let step = try deposit(assets[place], trials) { steps.append(step) }
            stage = .deposit(place + 1)
        case .single(let place, let best):
            guard place < candidates.count else {
                if let best { finish(with: [best.step]) } else { stage = .rate(0, best: nil) }
                return
            }
            let found = try single(candidates[place], trials)
            let isBetter = found.map { found in best.map { found.notional < $0.notional } ?? true } ?? false
            stage = .single(place + 1, best: isBetter ? found : best)
        case .rate(let place, let best):
            guard place < candidates.count else {
                if let best { stage = .trade(best.candidate) } else { finish(with: []) }
                return
            }
            let rate = try rate(candidates[place], trials)
            let isBetter = rate > 0 && best.map { rate > $0.rate } ?? true
            stage = .rate(place + 1, best: isBetter ? (candidates[place], rate) : best)
        case .trade(let candidate):
            guard let (step, change, isEnough) = try trade(candidate, trials) else { return finish(with: []) }
            held.add(change)
            together.append(step)
            if isEnough {
                finish(with: together)
            } else if together.count < Self.tradesMax {
                stage = .rate(0, best: nil)
            } else {
                finish(with: [])
            }
        }
    }

    /// Most trades in one cure.
    private static let tradesMax = 8

    private mutating func finish(with trades: [Step]) {
        answer = .curesAnswer(
            CuresAnswer(record: record, pool: pool.id, shortfall: missing, steps: steps + trades))
    }
}

extension CuresSearch {
    private func deposit(_ asset: Asset, _ trials: Trials) throws(SearchPause) -> Step? {
        guard var line = try pool.line(.deposit(asset.id), from: pool.holdings, trials),
            let units = try line.least(upTo: .max), let after = try line.excess(at: units)
        else { return nil }
        return Step(
            kind: asset.role == .numeraire ? .depositCash : .depositCollateral, asset: asset.id, instrument: .none,
            account: AccountID(0), quantity: .zero, price: .zero, amount: Money(units),
            marginReleased: after.initial - line.start.initial)
    }

    private func single(
        _ candidate: CuringTrade, _ trials: Trials
    ) throws(SearchPause) -> (step: Step, notional: Double)? {
        guard var line = try pool.line(candidate.line, from: pool.holdings, trials),
            let lots = try line.least(upTo: candidate.lotsMax), let after = try line.excess(at: lots)
        else { return nil }
        return (
            candidate.step(lots, releasing: after.initial - line.start.initial),
            Double(lots) * candidate.dollarsPerLot
        )
    }

    /// Quanta per dollar traded; 0 without an answer.
    private func rate(_ candidate: CuringTrade, _ trials: Trials) throws(SearchPause) -> Double {
        let wanted = Double(missing.quanta) / Double(Value.perDollar) / candidate.dollarsPerLot
        let lots = max(1, min(candidate.lotsMax, wanted < 1e15 ? Int64(wanted) : .max))
        guard var line = try pool.line(candidate.line, from: held, trials), let after = try line.excess(at: lots)
        else { return 0 }
        return Double((after.initial - line.start.initial).quanta) / (Double(lots) * candidate.dollarsPerLot)
    }

    private func trade(
        _ candidate: CuringTrade, _ trials: Trials
    ) throws(SearchPause) -> (Step, PoolHoldings, isEnough: Bool)? {
        guard var line = try pool.line(candidate.line, from: held, trials) else { return nil }
        let lots = try line.best(upTo: candidate.lotsMax)
        guard lots > 0, let change = candidate.line.change(lots), let after = try line.excess(at: lots) else {
            return nil
        }
        let step = candidate.step(lots, releasing: after.initial - line.start.initial)
        return (step, change, after.initial >= .zero)
    }
}

extension EngineState {
    func curesSearch(_ place: PoolIndex) throws(QuestionFault) -> CuresSearch {
        try needMember(place)
        guard let pool = asked(place) else { throw withoutMargin(place) }
        let assets = reference.assets.values.sorted {
            ($0.role == .numeraire ? 0 : 1, $0.id.rawValue) < ($1.role == .numeraire ? 0 : 1, $1.id.rawValue)
        }
        return CuresSearch(pool, assets: assets, candidates: curingTrades(of: pool.holdings))
    }
}
