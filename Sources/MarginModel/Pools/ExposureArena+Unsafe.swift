import CMarginKernels

extension ExposureArena {
    /// Scans the sections of a range against the rows, into `sums` and, where wanted, `nodes`.
    mutating func scan(_ range: Range<Int>, _ table: RowTable) {
        precondition(range.lowerBound >= 0 && range.upperBound <= sections.count, "sections out of range")
        precondition(table.rows.count >= table.groupOfRow.count * RowTable.rowVectors, "a table without its rows")
        let halfSteps = table.hasHalfSteps
        unsafe table.rows.withDoubles { rows in
            unsafe table.halves.withDoubles { halves in
                unsafe table.groupOfRow.withUnsafeBufferPointer { groups in
                    unsafe table.charges.withUnsafeBytes { charges in
                        unsafe table.moves.withUnsafeBytes { moves in
                            // SAFETY: vectors are bound as the doubles that they are; the table outlives the scan.
                            var kernelTable = unsafe mk_table(
                                rows: rows,
                                halves: halfSteps ? halves : nil,
                                grid: moves.bindMemory(to: Double.self).baseAddress, group: groups.baseAddress,
                                charges: charges.bindMemory(to: Double.self).baseAddress,
                                naked_initial: table.nakedInitial, window: Int32(table.window), unused: 0)
                            unsafe scan(range, &kernelTable)
                        }
                    }
                }
            }
        }
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
