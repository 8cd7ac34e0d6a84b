/// The evaluations of a search that may be interrupted between any two of them.
///
/// A search asks for one margin after another, each depending on those before. It is deterministic, so where it stood
/// need not be kept: it is run again from its beginning, hears again what it heard (``heard``), and goes on where the
/// last turn's work ended. What it finds therefore does not depend on how its work was cut into turns, and the search
/// that is interrupted is the same code as the one that is not.
///
/// A search lives in one turn: the next one makes new trials of what this one heard.
public final class Trials {
    /// What was found so far, in the order in which it was asked for; nil where there was no margin.
    public private(set) var heard: [MarginExcess?]
    /// ``Work`` that was done on what is new.
    public private(set) var work = 0
    private var next = 0
    private let countMax: Int
    private let workMax: Int

    /// Of ``TriedLine/largest(upTo:_:)``: twice the bits of a quantity, and what verifies the answer.
    public static let largestMax = 320
    /// Of all cures of a pool together.
    public static let curesMax = 640

    /// - Parameters:
    ///   - countMax: how many evaluations a question may cost, over all of its lines and turns.
    ///   - heard: of the turns before.
    ///   - workMax: after how much ``Work`` the search is interrupted; the evaluation that reaches it is finished.
    public init(atMost countMax: Int = .max, heard: [MarginExcess?] = [], work workMax: Int = .max) {
        self.countMax = countMax
        self.heard = heard
        self.workMax = workMax
    }

    /// The excess of a margin, evaluated if it was not before; nil without margin, or with no evaluation left.
    ///
    /// - Parameter work: what it costs.
    /// - Throws: when this turn's work is done.
    public func excess(costing work: Int, _ margin: () -> PoolMargin) throws(SearchPause) -> MarginExcess? {
        guard next < countMax else { return nil }
        if next == heard.count {
            try pause()
            heard.append(MarginExcess(margin()))
            self.work += work
        }
        defer { next += 1 }
        return heard[next]
    }

    /// Counts work that is done whenever the search is run.
    ///
    /// - Throws: when this turn's work is done.
    public func spend(_ work: Int) throws(SearchPause) {
        try pause()
        self.work += work
    }

    private func pause() throws(SearchPause) {
        guard work < workMax else { throw SearchPause() }
    }
}

/// A turn's work is done, and the search goes on in the next.
public struct SearchPause: Error {}
