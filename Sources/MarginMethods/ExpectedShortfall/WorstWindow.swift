/// The highest shortfall (or value at risk) over all runs of so many days in a row: what the worst period on record would ask.
public struct WorstWindow: Equatable, Sendable {
    public var days: Int
    public var confidence: Double
    public var measure: TailMeasure
    public var statistic: ShortfallParameters.Statistic

    /// - Precondition: `days` is positive.
    public init(
        days: Int, confidence: Double, measure: TailMeasure, statistic: ShortfallParameters.Statistic = .shortfall
    ) {
        precondition(days > 0, "a window has days")
        self.days = days
        self.confidence = confidence
        self.measure = measure
        self.statistic = statistic
    }

    /// Over all full windows; over everything where there are fewer days.
    public func highest(_ losses: [Double]) -> Double {
        var highest = shortfall(losses.prefix(days))
        for end in losses.indices.dropFirst(days) { extend(&highest, losses, end) }
        return highest
    }

    /// The highest up to each loss, in order: what was known at the end of each day.
    public func running(_ losses: [Double]) -> [Double] {
        // A window that is not full yet is replaced, not kept: what it found would never be forgotten.
        var list = losses.indices.prefix(days).map { shortfall(losses[...$0]) }
        for end in losses.indices.dropFirst(days) {
            var highest = list[end - 1]
            extend(&highest, losses, end)
            list.append(highest)
        }
        return list
    }

    private func extend(_ highest: inout Double, _ losses: [Double], _ end: Int) {
        let window = losses[(end - days + 1)...end]
        // SPEED: a window's shortfall exceeds that of the window a day before only if its newest loss is in the tail
        // (not so in the whole convention, where a tie that drops out can raise the mean).
        guard measure == .whole || isInTail(losses[end], of: window) else { return }
        highest = max(highest, shortfall(window))
    }

    private func shortfall(_ window: ArraySlice<Double>) -> Double {
        statistic.value(Array(window), confidence: confidence, measure)
    }

    private func isInTail(_ loss: Double, of window: ArraySlice<Double>) -> Bool {
        let rank = TailMeasure.rank(window.count, confidence)
        var larger = 0
        for other in window where other > loss {
            larger += 1
            if larger == rank { return false }
        }
        return true
    }
}
