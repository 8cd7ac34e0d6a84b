/// Whether regions pay: what they cost, against evaluating every pool in every cut.
///
/// In units of one pool's part of a full pass, 0.1 µs; the weights are estimates. Counts only, so the same stream gives the
/// same decisions everywhere.
struct RegionLedger: Sendable {
    /// What regions cost beyond full passes of late; negative when they saved.
    private var debt = 0
    /// Cuts until regions are tried again; 0 while they are in use.
    private var pause = 0

    /// A block's part of a cut, in hundredths, and a pool that is evaluated by itself.
    private static let blockCost = 2
    private static let poolCost = 6
    /// A region, and the tangents or bounds of all rows of an underlying.
    private static let regionCost = 14
    private static let rowsCost = 900
    /// Full passes that may be lost, or saved up, and cuts after which regions are tried again.
    private static let patience = 20
    private static let credit = 50
    private static let pauseLength = 512

    var isPaused: Bool { pause > 0 }

    /// Takes in a cut that evaluated some of the pools of an underlying.
    mutating func note(cutOf pools: Int, evaluated: Int, blocks: Int) {
        debt += evaluated * Self.poolCost + blocks * Self.blockCost / 100 - pools
        debt = max(debt, -Self.credit * pools)
    }

    mutating func note(regions count: Int) { debt += count * Self.regionCost }
    mutating func noteRows() { debt += Self.rowsCost }

    /// Takes in a cut that evaluated everything while regions were not in use.
    mutating func noteFullCut() { pause = max(pause - 1, 0) }

    /// Whether regions should be given up for a while.
    mutating func givesUp(pools: Int) -> Bool {
        guard pause == 0, debt > Self.patience * pools else { return false }
        pause = Self.pauseLength
        debt = 0
        return true
    }
}
