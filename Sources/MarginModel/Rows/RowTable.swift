import CMarginKernels
import MarginDomain

/// The rows of one underlying at its last cut: for each instrument its gains under every scenario column, its value,
/// its deltas and the bases of its charges, all integral quanta of a lot.
///
/// `CMarginKernels.h` describes a row. A table is refreshed as a whole (`refresh`), and read by the scan kernel and,
/// on demand, column by column. Rows that could not be priced have an infinite magnitude, so that every sum that
/// touches one shows it, and a ``PriceFault`` beside them.
struct RowTable: Sendable {
    /// Ten vectors a row.
    var rows = AlignedVectors()
    /// Five vectors a row; empty until half steps are first wanted.
    var halves = AlignedVectors()
    /// Expiry group of each row, as of the cut.
    var groupOfRow: [UInt16] = []
    /// Charge rates of each expiry group, in the lanes of the expiry vector.
    var charges: [SIMD8<Double>] = []
    var nakedInitial = 0.0
    /// `w_u`: how near the common node is near.
    var window = UnderlyingParameters.wholeWindow
    /// `τ` of each expiry group at the cut.
    var yearsOfGroup: [Double] = []
    /// What options of each expiry group were valued on; nil where there was too little.
    var curveOfGroup: [ExpiryCurve?] = []
    /// Whether part of an expiry group's settlement average is fixed.
    var isSettlingGroup: [Bool] = []
    /// `M` of each perpetual and future in dollars; 0 for everything else.
    var markOfRow: [Double] = []
    /// Why a row has no numbers.
    private(set) var faults: [PriceFault?] = []
    /// Counts the rows that lost their numbers or got some.
    private(set) var faultsVersion = 0
    private(set) var grid: ScenarioGrid?
    /// ``ScenarioGrid/columns``.
    private(set) var columns: [ScenarioGrid.Column] = []
    /// ``ScenarioGrid/vectors``.
    private(set) var moves = [SIMD8<Double>](repeating: .zero, count: mk_grid_vectors)
    /// When the rows were made; nil before the first cut.
    private(set) var cut: Timestamp?
    /// Counts the changes that make scans out of date; 0 before the first cut.
    var stamp: UInt64 = 0
    /// `S` of the cut in dollars and in ticks.
    var spot = 0.0
    var spotTicks: Int64 = 0
    /// `k_u` of the cut.
    var confidence = 1.0
    /// `S̄`; nil before the first cut with an index price.
    var slow: SlowPrice?
    /// `m̄` of the cut; 0 while the slow price has caught up.
    var slowMove = 0.0
    /// Funding of each perpetual for eight hours, limited, in billionths; 0 for everything else.
    var fundingOfRow: [Int64] = []
    var hasFunding = false
    /// Options whose volatilities were too old at the cut; empty while none were.
    var isAgedRow: [Bool] = []
    /// `D_u` and `O_u` of the cut, in quanta; 0 = unknown.
    var depth = 0.0
    var openInterest = 0.0
    /// Coins that all who are long have of linear perpetuals, as of the cut.
    var perpetualCoins = 0.0
    /// Of contracts that are not listed in this book, in a reduced one; it stays as it was.
    var interestElsewhere = 0.0
    /// Likewise coins of linear perpetuals.
    var coinsElsewhere = 0.0
    /// Quanta in a dollar: a million for the ledger's money.
    let quantaPerDollar: Double
    /// Why no row has numbers at all.
    var fault: PriceFault?

    static let rowVectors = mk_row_vectors
    static let halfVectors = mk_half_vectors

    init(quantaPerDollar: Double = Double(Value.perDollar)) { self.quantaPerDollar = quantaPerDollar }

    var hasHalfSteps: Bool { grid?.halfSteps ?? false }

    /// Takes over the columns that the next rows have.
    mutating func lay(_ grid: ScenarioGrid) {
        self.grid = grid
        columns = grid.columns
        moves = grid.vectors
    }

    mutating func begin(cut time: Timestamp, _ contracts: ContractTable) {
        cut = time
        stamp += 1
        rows.align()
        halves.align()
        cover(contracts)
    }

    /// Makes room for every row that is listed.
    mutating func cover(_ contracts: ContractTable) {
        cover(groupOfRow: contracts.groupOfRow, groupCount: contracts.groups.count)
    }

    /// Makes room for every row, so that the kernel may touch any row that is listed. Rows that came since the cut
    /// have no numbers before the next one.
    mutating func cover(groupOfRow groups: [UInt16], groupCount: Int) {
        let rowCount = groups.count
        groupOfRow = groups
        let missing = rowCount - faults.count
        if missing > 0 {
            faults.append(contentsOf: repeatElement(nil, count: missing))
            markOfRow.append(contentsOf: repeatElement(0, count: missing))
        }
        rows.extend(to: rowCount * Self.rowVectors)
        if hasHalfSteps { halves.extend(to: rowCount * Self.halfVectors) }
        while charges.count < groupCount {
            charges.append(.zero)
            yearsOfGroup.append(0)
            curveOfGroup.append(nil)
            isSettlingGroup.append(false)
        }
    }

    /// Leaves a row without numbers.
    mutating func mark(row: Int, unpriceable fault: PriceFault) {
        for vector in 0..<Self.rowVectors { rows[row * Self.rowVectors + vector] = .zero }
        if hasHalfSteps { for vector in 0..<Self.halfVectors { halves[row * Self.halfVectors + vector] = .zero } }
        var absolute = SIMD8<Double>.zero
        absolute[mk_absolute_largest] = .infinity
        rows[row * Self.rowVectors + mk_absolute] = absolute
        if faults[row] == nil { faultsVersion += 1 }
        faults[row] = fault
    }

    /// A row has numbers.
    mutating func notePriced(row: Int) {
        guard faults[row] != nil else { return }
        faults[row] = nil
        faultsVersion += 1
    }

    /// One vector of a row.
    func vector(_ row: Int, _ vector: Int) -> SIMD8<Double> { rows[row * Self.rowVectors + vector] }

    /// `V_i`, integral quanta of a lot.
    func value(row: Int) -> Double { rows[row * Self.rowVectors + mk_centre, mk_centre_value] }

    /// The gain `g_i` under one column.
    func gain(row: Int, at place: ScenarioGrid.Place) -> Double {
        switch place {
        case .row(let vector, let lane): rows[row * Self.rowVectors + vector, lane]
        case .half(let vector, let lane): halves[row * Self.halfVectors + vector, lane]
        }
    }

    /// Why a row may not be used; nil if it may.
    func fault(row: Int) -> PriceFault? { row < faults.count ? faults[row] : nil }

    func isPriced(row: Int) -> Bool {
        row < faults.count && rows[row * Self.rowVectors + mk_absolute, mk_absolute_largest] < .infinity
    }
}
