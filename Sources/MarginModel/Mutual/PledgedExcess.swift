/// `min_s Σ_i min(b_i − f·L_i(s), K_i)`: what a pool's members have left together in their worst joint scenario, if a
/// member's gains pay for others only up to its pledge.
///
/// The minimum needs no enumeration of scenarios. Each `min` either counts the member in full or caps it, and the
/// smaller of the two is the minimum over both, so with `T` the set of members that count in full
///
///     min_s Σ_i min(b_i − f·L_i(s), K_i) = min_T [ Σ_{i∉T} K_i + Σ_{i∈T} b_i − f·scan(T) ]
///
/// where `scan(T)` is the netted scan of those members alone. One column at a time is exact and cheap for a single
/// underlying; for several ``PledgeSearch`` branches over the members. docs/margin-model.md §12.
struct PledgedExcess: Equatable {
    /// The minimum, or, if not exact, a lower bound of it.
    var value: Double
    /// `T`: whose stressed excess counts in full in the worst scenario.
    var countsInFull: [Bool]
    /// Whether the search ended within its limit.
    var isExact: Bool

    /// What the minimum is taken over.
    struct Question {
        let scenarios: JointScenarios
        /// `f`.
        let factor: Double
        /// `b_i`: money before the scenario's loss, own charges taken off.
        var money: [Double]
        /// `K_i`.
        var pledges: [Double]
        /// By member, then flat column.
        let losses: [[Double]]
    }

    init(_ question: Question) {
        var steps = PledgeSearch.stepsMax
        self.init(question, guess: nil, steps: &steps)
    }

    /// - Parameters:
    ///   - guess: where the search starts; a good one only makes it shorter.
    ///   - steps: how many branches it may follow; less those that it did.
    init(_ question: Question, guess: [Bool]?, steps: inout Int) {
        if question.scenarios.isSingle {
            self.init(columnsOf: question)
        } else {
            self = PledgeSearch.run(question, guess: guess, steps: &steps)
        }
    }

    init(value: Double, countsInFull: [Bool], isExact: Bool) {
        self.value = value
        self.countsInFull = countsInFull
        self.isExact = isExact
    }

    /// One underlying, or none: every column in turn.
    private init(columnsOf question: Question) {
        self.init(value: .infinity, countsInFull: [], isExact: true)
        for column in 0..<max(1, question.scenarios.columnCount) {
            var sum = 0.0
            for member in question.money.indices {
                sum += min(question.left(member, at: column), question.pledges[member])
            }
            guard sum < value else { continue }
            value = sum
            countsInFull = question.money.indices.map { question.left($0, at: column) < question.pledges[$0] }
        }
    }
}

extension PledgedExcess.Question {
    /// `b_i − f·ℓ_i` under a column of the only underlying.
    fileprivate func left(_ member: Int, at column: Int) -> Double {
        scenarios.sections.isEmpty ? money[member] : money[member] - factor * losses[member][column]
    }

    /// `Σ_{i∉T} K_i + Σ_{i∈T} b_i − f·scan(T)`.
    func value(countingInFull chosen: [Bool]) -> Double {
        var fixed = 0.0
        var sum = [Double](repeating: 0, count: scenarios.columnCount)
        for member in money.indices {
            fixed += chosen[member] ? money[member] : pledges[member]
            if chosen[member] { add(member, to: &sum) }
        }
        return fixed - factor * scenarios.worst(sum)
    }

    /// Adds a member's losses.
    func add(_ member: Int, to sum: inout [Double]) {
        let own = losses[member]
        for column in sum.indices { sum[column] += own[column] }
    }

    /// Who counts in full in the worst scenario of those who are chosen: never a larger value than theirs.
    func improved(_ chosen: [Bool]) -> [Bool] {
        var sum = [Double](repeating: 0, count: scenarios.columnCount)
        for member in money.indices where chosen[member] { add(member, to: &sum) }
        let choice = scenarios.worstChoice(sum)
        return money.indices.map { member in
            money[member] - factor * scenarios.loss(losses[member], under: choice) < pledges[member]
        }
    }
}
