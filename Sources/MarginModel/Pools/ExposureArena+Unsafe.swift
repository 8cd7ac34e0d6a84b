import CMarginKernels

extension ExposureArena {
    /// Scans the sections of a range against the rows, into `sums` and, where wanted, `nodes`.
    mutating func scan(_ range: Range<Int>, _ table: RowTable) {
        precondition(range.lowerBound >= 0 && range.upperBound <= sections.count, "sections out of range")
        guard !range.isEmpty, !sections.isEmpty else { return }
        // SPEED: taken out of the arena, they have one owner for certain; a closure over the arena may hold another, and
        // then a scan of one pool copies those of all.
        var (sums, nodes) = ([mk_sums](), [SIMD8<Double>]())
        swap(&sums, &self.sums)
        swap(&nodes, &self.nodes)
        scan(range, table, &sums, &nodes)
        swap(&sums, &self.sums)
        swap(&nodes, &self.nodes)
        for section in range { scanned[section] = table.stamp }
    }

    private func scan(
        _ range: Range<Int>, _ table: RowTable, _ sums: inout [mk_sums], _ nodes: inout [SIMD8<Double>]
    ) {
        unsafe table.withKernelTable { table in
            unsafe withPositions { at, lots in
                unsafe sections.withUnsafeBufferPointer { sections in
                    unsafe sums.withUnsafeMutableBufferPointer { sums in
                        unsafe nodes.withUnsafeMutableBytes { nodes in
                            guard let first = sections.baseAddress, let out = sums.baseAddress else { return }
                            // SAFETY: each section is a run of the arena, `sums` has a place for each section and
                            // `nodes` the vectors of each that asks for them; the table covers every listed row,
                            // and the arena holds no other; no pointer is kept.
                            unsafe mk_scan(
                                table, first + range.lowerBound, Int32(range.count), at, lots,
                                out + range.lowerBound, nodes.bindMemory(to: Double.self).baseAddress)
                        }
                    }
                }
            }
        }
    }

    /// The rows and lots of all positions.
    func withPositions<Result>(_ body: (UnsafePointer<UInt32>?, UnsafePointer<Double>?) -> Result) -> Result {
        unsafe rowAt.withUnsafeBufferPointer { rowAt in
            unsafe lots.withUnsafeBufferPointer { lots in
                unsafe body(rowAt.baseAddress, lots.baseAddress)
            }
        }
    }
}
