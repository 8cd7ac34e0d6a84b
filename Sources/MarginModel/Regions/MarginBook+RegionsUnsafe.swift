import CMarginKernels

extension MarginBook {
    /// Where the market may go in each of some underlyings.
    func sides(_ exposed: [PoolRecord.SectionPlace], _ watch: mk_watch, box: Int) -> [mk_sides] {
        var exposures = unsafe [mk_exposure]()
        unsafe exposures.reserveCapacity(exposed.count)
        return unsafe sides(exposed[...], watch, box: box, &exposures)
    }

    /// Gathers what a pool holds in each of some underlyings, and asks the kernel.
    ///
    /// - Parameters:
    ///   - rest: the sections that `exposures` lacks.
    ///   - exposures: of the sections before them.
    private func sides(
        _ rest: ArraySlice<PoolRecord.SectionPlace>, _ watch: mk_watch, box: Int, _ exposures: inout [mk_exposure]
    ) -> [mk_sides] {
        guard let place = rest.first else {
            var sides = [mk_sides](repeating: mk_sides(), count: unsafe exposures.count)
            unsafe exposures.withUnsafeBufferPointer { exposures in
                unsafe sides.withUnsafeMutableBufferPointer { sides in
                    unsafe withUnsafePointer(to: watch) { watch in
                        // SAFETY: what the exposures point to is held by the callers of this call.
                        unsafe mk_region(exposures.baseAddress, Int32(exposures.count), watch, sides.baseAddress)
                    }
                }
            }
            return sides
        }
        let book = underlyings[place.underlying]
        let section = book.arena.sections[place.section]
        let sums = book.arena.sums[place.section]
        let hasHalves = book.table.hasHalfSteps
        let bounds = book.sensitivities.boxes[box]
        return unsafe book.table.withKernelTable { table in
            unsafe book.sensitivities.tangents.withUnsafeBufferPointer { tangents in
                unsafe book.sensitivities.halfTangents.withUnsafeBufferPointer { halfTangents in
                    unsafe bounds.bounds.withUnsafeBufferPointer { rows in
                        unsafe bounds.halfBounds.withUnsafeBufferPointer { halfRows in
                            unsafe book.arena.withPositions { at, lots in
                                // SAFETY: the section is a run of the arena; rows have room in every table.
                                unsafe exposures.append(
                                    mk_exposure(
                                        table: table,
                                        rows: mk_sensitivities(
                                            tangents: tangents.baseAddress,
                                            half_tangents: hasHalves ? halfTangents.baseAddress : nil,
                                            bounds: rows.baseAddress,
                                            half_bounds: hasHalves ? halfRows.baseAddress : nil),
                                        at: at.map { unsafe $0 + Int(section.start) },
                                        lots: lots.map { unsafe $0 + Int(section.start) },
                                        count: section.count, unused: 0, coin: section.coin,
                                        spot_speed: RegionMetric.spotSpeed, width_speed: RegionMetric.widthSpeed,
                                        fee: sums.fee, naked_maintenance: sums.naked_maintenance,
                                        naked_initial: sums.naked_initial, stretch: bounds.stretch,
                                        basis: RegionMetric.basis, floor_rate: floorRate))
                                return unsafe sides(rest.dropFirst(), watch, box: box, &exposures)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Most that the minimum for a size can change with the deltas: docs/safe-regions.md §4.
    private var floorRate: Double { 2 * parameters.addOns.minimumDeltaGross + parameters.addOns.minimumDeltaNet }
}
