import CMarginKernels

extension ExposureArena {
    /// Scans the sections of a range against the rows, into `sums` and, where wanted, `nodes`.
    mutating func scan(_ range: Range<Int>, _ table: RowTable) {
        precondition(range.lowerBound >= 0 && range.upperBound <= sections.count, "sections out of range")
        precondition(table.rows.count >= table.groupOfRow.count * RowTable.rowVectors, "a table without its rows")
        unsafe table.withKernelTable { unsafe scan(range, $0) }
        for section in range { scanned[section] = table.stamp }
    }

    private mutating func scan(_ range: Range<Int>, _ table: UnsafePointer<mk_table>) {
        unsafe sections.withUnsafeBufferPointer { sections in
            unsafe rowAt.withUnsafeBufferPointer { rowAt in
                unsafe lots.withUnsafeBufferPointer { lots in
                    unsafe sums.withUnsafeMutableBufferPointer { sums in
                        unsafe nodes.withUnsafeMutableBytes { nodes in
                            guard let first = sections.baseAddress, let out = sums.baseAddress else { return }
                            // SAFETY: each section is a run of the arena, `sums` has a place for each section and
                            // `nodes` the vectors of each that asks for them; the table covers every listed row,
                            // and the arena holds no other; no pointer is kept.
                            unsafe mk_scan(
                                table, first + range.lowerBound, Int32(range.count), rowAt.baseAddress,
                                lots.baseAddress, out + range.lowerBound,
                                nodes.bindMemory(to: Double.self).baseAddress)
                        }
                    }
                }
            }
        }
    }

    /// The rows and lots of all positions.
    func withPositions<Result>(_ body: (UnsafePointer<UInt32>, UnsafePointer<Double>) -> Result) -> Result {
        unsafe rowAt.withUnsafeBufferPointer { rowAt in
            unsafe lots.withUnsafeBufferPointer { lots in
                guard let first = rowAt.baseAddress, let second = lots.baseAddress else {
                    preconditionFailure("an arena without positions")
                }
                return unsafe body(first, second)
            }
        }
    }
}
