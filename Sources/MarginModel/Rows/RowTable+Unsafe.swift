import CMarginKernels

extension RowTable {
    /// Prices options of one expiry into their rows.
    mutating func priceOptions(_ terms: mk_expiry, _ options: [mk_option]) {
        precondition(
            options.allSatisfy { $0.row >= 0 && Int($0.row) < faults.count }, "an option without a row was to be priced"
        )
        let withHalves = hasHalfSteps
        unsafe moves.withUnsafeBytes { moves in
            unsafe rows.withMutableDoubles { rows in
                unsafe halves.withMutableDoubles { halves in
                    unsafe options.withUnsafeBufferPointer { options in
                        unsafe withUnsafePointer(to: terms) { terms in
                            // SAFETY: `cover` made ten vectors (and five, with half steps) for each of `faults.count`
                            // rows, and every option's row is below that; vectors are bound as the doubles that they
                            // are; the kernel keeps no pointer.
                            unsafe mk_price(
                                moves.bindMemory(to: Double.self).baseAddress, terms, options.baseAddress,
                                Int32(options.count), rows,
                                withHalves ? halves : nil)
                        }
                    }
                }
            }
        }
    }

    /// The rows as the kernels take them.
    func withKernelTable<Result>(_ body: (UnsafePointer<mk_table>) -> Result) -> Result {
        precondition(rows.count >= groupOfRow.count * Self.rowVectors, "a table without its rows")
        let withHalves = hasHalfSteps
        return unsafe rows.withDoubles { rows in
            unsafe halves.withDoubles { halves in
                unsafe groupOfRow.withUnsafeBufferPointer { groups in
                    unsafe charges.withUnsafeBytes { charges in
                        unsafe moves.withUnsafeBytes { moves in
                            // SAFETY: vectors are bound as the doubles that they are; the table outlives the call.
                            let table = unsafe mk_table(
                                rows: rows, halves: withHalves ? halves : nil,
                                grid: moves.bindMemory(to: Double.self).baseAddress, group: groups.baseAddress,
                                charges: charges.bindMemory(to: Double.self).baseAddress,
                                naked_initial: nakedInitial, window: Int32(window), unused: 0)
                            return unsafe withUnsafePointer(to: table) { unsafe body($0) }
                        }
                    }
                }
            }
        }
    }
}
