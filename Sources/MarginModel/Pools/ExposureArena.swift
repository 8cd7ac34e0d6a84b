import CMarginKernels
import MarginDomain

/// The positions of all pools in one underlying, in kernel form: one run of the arena, a *section*, per pool.
///
/// Within a section positions ascend by (expiry, instrument): expiries lie together, as the kernel needs them, and sums
/// in floating point (Greeks) have one order everywhere. A section that outgrows its run moves to the end; batches
/// pack the arena again (`pack`).
struct ExposureArena: Sendable {
    /// Kernel view: row and lots of each position. Lots beyond the model's range are infinite.
    private(set) var rowAt: [UInt32] = []
    private(set) var lots: [Double] = []
    private(set) var sections: [mk_section] = []
    /// Exact net lots, beside `lots`.
    private(set) var exactLots: [Int128] = []
    private(set) var owners: [Owner] = []
    /// What the last scan of each section said, and the stamp of the rows it saw; 0 = must be scanned again.
    var sums: [mk_sums] = []
    var scanned: [UInt64] = []
    /// Joint minima, three vectors for each section that has a number in `mk_section.nodes`.
    var nodes: [SIMD8<Double>] = []
    /// Orders, by the section that they wait for; none for a section without any.
    var ordersOfSection: [Int: [OpenOrder]] = [:]
    private var leftOver = 0
    /// How many sections hold each row.
    private var holdersOfRow: [Int] = []

    /// Who a section belongs to, and what of it the kernel does not see.
    struct Owner: Sendable {
        let pool: PoolSlot
        var capacity: UInt32
        /// Balance less cost of the underlying coin, in its smallest units.
        var coinUnits: Int128
    }

    init() {}

    /// One scanned section of positions that need not be whole lots, with joint minima.
    init(_ positions: [(row: Int, lots: Double)], coin: Double, _ table: RowTable) {
        let grouped = positions.sorted { (table.groupOfRow[$0.row], $0.row) < (table.groupOfRow[$1.row], $1.row) }
        rowAt = grouped.map { UInt32($0.row) }
        lots = grouped.map(\.lots)
        exactLots = grouped.map { _ in 0 }
        sections = [mk_section(start: 0, count: UInt32(grouped.count), nodes: 0, unused: 0, coin: coin)]
        owners = [Owner(pool: PoolSlot(index: 0), capacity: UInt32(grouped.count), coinUnits: 0)]
        sums = [mk_sums()]
        scanned = [0]
        nodes = [SIMD8<Double>](repeating: .zero, count: mk_joint_vectors)
        scan(0..<1, table)
    }

    mutating func openSection(for pool: PoolSlot) -> Int {
        sections.append(mk_section(start: UInt32(rowAt.count), count: 0, nodes: -1, unused: 0, coin: 0))
        owners.append(Owner(pool: pool, capacity: 0, coinUnits: 0))
        sums.append(mk_sums())
        scanned.append(0)
        return sections.count - 1
    }

    /// Gives a section room for joint minima, which pools of several underlyings need.
    mutating func wantNodes(_ section: Int) {
        guard sections[section].nodes < 0 else { return }
        sections[section].nodes = Int32(nodes.count / mk_joint_vectors)
        nodes.append(contentsOf: repeatElement(.zero, count: mk_joint_vectors))
        scanned[section] = 0
    }

    /// Whether any section holds lots of a row.
    func isHeld(row: Int) -> Bool { row < holdersOfRow.count && holdersOfRow[row] > 0 }

    func isEmpty(_ section: Int) -> Bool { sections[section].count == 0 && owners[section].coinUnits == 0 }

    /// Places of a section's positions.
    func positions(_ section: Int) -> Range<Int> {
        let start = Int(sections[section].start)
        return start..<start + Int(sections[section].count)
    }

    mutating func addCoin(_ change: Int128, to section: Int) {
        owners[section].coinUnits += change
        scanned[section] = 0
    }

    mutating func setCoinQuanta(_ quanta: Double, of section: Int) { sections[section].coin = quanta }

    /// Adds lots of a row; `order` places rows among each other.
    mutating func add(_ change: Int128, row: Int, to section: Int, order: [ContractTable.OrderKey]) {
        scanned[section] = 0
        for place in positions(section) {
            if Int(rowAt[place]) == row {
                set(exactLots[place] + change, at: place, of: section)
                return
            }
            if order[row] < order[Int(rowAt[place])] {
                insert(row: row, change, at: place, of: section)
                return
            }
        }
        insert(row: row, change, at: positions(section).upperBound, of: section)
    }

    private mutating func set(_ exact: Int128, at place: Int, of section: Int) {
        guard exact == 0 else {
            exactLots[place] = exact
            lots[place] = NetQuantity(exact).modelLots ?? .infinity
            return
        }
        holdersOfRow[Int(rowAt[place])] -= 1
        for next in place + 1..<max(positions(section).upperBound, place + 1) { move(from: next, to: next - 1) }
        sections[section].count -= 1
    }

    private mutating func insert(row: Int, _ exact: Int128, at place: Int, of section: Int) {
        guard exact != 0 else { return }
        let offset = place - Int(sections[section].start)
        if sections[section].count == owners[section].capacity { grow(section) }
        let start = Int(sections[section].start)
        for earlier in stride(from: start + Int(sections[section].count) - 1, through: start + offset, by: -1) {
            move(from: earlier, to: earlier + 1)
        }
        rowAt[start + offset] = UInt32(row)
        let unseen = row + 1 - holdersOfRow.count
        if unseen > 0 { holdersOfRow.append(contentsOf: repeatElement(0, count: unseen)) }
        holdersOfRow[row] += 1
        exactLots[start + offset] = exact
        lots[start + offset] = NetQuantity(exact).modelLots ?? .infinity
        sections[section].count += 1
    }

    private mutating func move(from: Int, to: Int) {
        rowAt[to] = rowAt[from]
        lots[to] = lots[from]
        exactLots[to] = exactLots[from]
    }

    private mutating func grow(_ section: Int) {
        let positions = positions(section)
        let capacity = max(4, Int(owners[section].capacity) * 2)
        leftOver += Int(owners[section].capacity)
        let start = rowAt.count
        // Element by element: a slice of an array that is appended to would first copy all of it.
        for place in positions {
            rowAt.append(rowAt[place])
            lots.append(lots[place])
            exactLots.append(exactLots[place])
        }
        let room = capacity - positions.count
        rowAt.append(contentsOf: repeatElement(0, count: room))
        lots.append(contentsOf: repeatElement(0, count: room))
        exactLots.append(contentsOf: repeatElement(0, count: room))
        sections[section].start = UInt32(start)
        owners[section].capacity = UInt32(capacity)
    }

    /// Lays the sections out side by side again, if an eighth of the arena is left over from moves.
    mutating func pack() {
        guard leftOver > 1024, leftOver * 8 > rowAt.count else { return }
        let old = (rowAt, lots, exactLots)
        rowAt.removeAll(keepingCapacity: true)
        lots.removeAll(keepingCapacity: true)
        exactLots.removeAll(keepingCapacity: true)
        for section in sections.indices {
            let range = positions(section)
            // Room for one or two more.
            let room = 2 - range.count % 2
            sections[section].start = UInt32(rowAt.count)
            owners[section].capacity = UInt32(range.count + room)
            rowAt.append(contentsOf: old.0[range])
            lots.append(contentsOf: old.1[range])
            exactLots.append(contentsOf: old.2[range])
            rowAt.append(contentsOf: repeatElement(0, count: room))
            lots.append(contentsOf: repeatElement(0, count: room))
            exactLots.append(contentsOf: repeatElement(0, count: room))
        }
        leftOver = 0
    }
}
