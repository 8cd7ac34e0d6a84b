/// Branch and bound over the members of a pool of several underlyings: who counts in full (``PledgedExcess``).
///
/// Members are decided one after another. Those still open are bounded from below by giving each underlying its own part
/// `ω` of a member's money and pledge: `Σ_u min(ω_u·b − f·ℓ_u, ω_u·K) ≤ min(b − f·L, K)`, a sum over underlyings that
/// one scan takes the worst of. A branch that cannot fall below the best set found is dropped.
struct PledgeSearch {
    private let question: PledgedExcess.Question
    /// Members in the order in which they are decided.
    private let order: [Int]
    /// By depth: the bounding losses of all members not yet decided, by flat column.
    private let open: [[Double]]
    private var best: PledgedExcess
    private var chosen: [Bool]
    private var stepsLeft: Int
    /// The least bound of a branch that was left unexplored.
    private var unexplored = Double.infinity

    /// Branches that are followed for one answer, however many searches it takes. Pools of 48 took at most 208 in one, the
    /// bounding being close; a branch of three underlyings costs some microseconds, and no member may stall a shard with
    /// positions that bound badly. Beyond, the least bound stands for the minimum: too low, never too high.
    static let stepsMax = 1 << 12

    /// - Parameter steps: how many branches may be followed; less those that were.
    static func run(_ question: PledgedExcess.Question, guess: [Bool]?, steps: inout Int) -> PledgedExcess {
        var search = PledgeSearch(question, guess: guess, stepsMax: steps)
        defer { steps = search.stepsLeft }
        search.decide(0, fixed: 0, sum: [Double](repeating: 0, count: question.scenarios.columnCount))
        if search.unexplored < search.best.value {
            search.best.value = search.unexplored
            search.best.isExact = false
        }
        return search.best
    }

    private init(_ question: PledgedExcess.Question, guess: [Bool]?, stepsMax: Int) {
        self.question = question
        stepsLeft = stepsMax
        let members = question.money.indices
        // Who can swing most is decided first.
        order = members.sorted { left, right in
            let (a, b) = (question.swing(left), question.swing(right))
            return a > b || (a == b && left < right)
        }
        var tail = [Double](repeating: 0, count: question.scenarios.columnCount)
        var tails = [tail]
        for member in order.reversed() {
            question.addBound(member, to: &tail)
            tails.append(tail)
        }
        open = tails.reversed()
        chosen = [Bool](repeating: false, count: members.count)
        best = PledgedExcess(value: .infinity, countsInFull: chosen, isExact: true)
        for start in [guess, [Bool](repeating: true, count: members.count), chosen] { descend(from: start) }
    }

    /// Takes over a set, and the sets that its worst scenarios lead to, while they are better.
    private mutating func descend(from start: [Bool]?) {
        guard var set = start else { return }
        var value = question.value(countingInFull: set)
        while value < best.value {
            best = PledgedExcess(value: value, countsInFull: set, isExact: true)
            set = question.improved(set)
            value = question.value(countingInFull: set)
        }
    }

    /// - Parameters:
    ///   - fixed: money of those who count in full, and pledges of those who are capped.
    ///   - sum: losses of those who count in full.
    private mutating func decide(_ depth: Int, fixed: Double, sum: [Double]) {
        guard depth < order.count else {
            let value = fixed - question.factor * question.scenarios.worst(sum)
            if value < best.value { best = PledgedExcess(value: value, countsInFull: chosen, isExact: true) }
            return
        }
        let member = order[depth]
        var counted = sum
        question.add(member, to: &counted)
        let inFull = fixed + question.money[member]
        let capped = fixed + question.pledges[member]
        let bounds = (bound(depth + 1, inFull, counted), bound(depth + 1, capped, sum))
        for isCounted in bounds.0 <= bounds.1 ? [true, false] : [false, true] {
            let bound = isCounted ? bounds.0 : bounds.1
            guard bound < best.value else { continue }
            guard stepsLeft > 0 else {
                unexplored = min(unexplored, bound)
                continue
            }
            stepsLeft -= 1
            chosen[member] = isCounted
            decide(depth + 1, fixed: isCounted ? inFull : capped, sum: isCounted ? counted : sum)
        }
        chosen[member] = false
    }

    private func bound(_ depth: Int, _ fixed: Double, _ sum: [Double]) -> Double {
        let rest = open[depth]
        let losses = sum.indices.map { question.factor * sum[$0] + rest[$0] }
        return fixed - question.scenarios.worst(losses)
    }
}

extension PledgedExcess.Question {
    /// How far a member's stressed excess and its pledge can be apart.
    fileprivate func swing(_ member: Int) -> Double {
        factor * scenarios.worst(losses[member]) + abs(money[member] - pledges[member])
    }

    /// Adds `max(f·ℓ − ω_u·b, −ω_u·K)`, with `ω` in proportion to the worst losses of the underlyings.
    fileprivate func addBound(_ member: Int, to sum: inout [Double]) {
        let own = losses[member]
        let worst = scenarios.sections.map { section in section.columns.reduce(0.0) { max($0, own[$1]) } }
        let whole = worst.reduce(0, +)
        for (place, section) in scenarios.sections.enumerated() {
            let part = whole > 0 ? worst[place] / whole : 1 / Double(scenarios.sections.count)
            for column in section.columns {
                sum[column] += max(factor * own[column] - part * money[member], -part * pledges[member])
            }
        }
    }
}
