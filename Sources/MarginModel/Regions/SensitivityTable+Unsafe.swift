import CMarginKernels

extension SensitivityTable {
    /// Writes the tangents of options of one expiry.
    ///
    /// - Parameter moves: the columns' spot moves.
    mutating func follow(_ options: [mk_option], _ terms: mk_expiry, _ moves: [SIMD8<Double>]) {
        precondition(
            options.allSatisfy { (Int($0.row) + 1) * mk_tangent_vectors * Self.lanes <= tangents.count },
            "an option without room for its tangents")
        unsafe moves.withUnsafeBytes { moves in
            unsafe tangents.withUnsafeMutableBufferPointer { tangents in
                unsafe halfTangents.withUnsafeMutableBufferPointer { halves in
                    unsafe options.withUnsafeBufferPointer { options in
                        unsafe withUnsafePointer(to: terms) { terms in
                            // SAFETY: `cover` made room for every row, for half steps too if there are any; vectors are
                            // bound as the doubles that they are; the kernel keeps no pointer.
                            unsafe mk_tangents(
                                moves.bindMemory(to: Double.self).baseAddress, terms, options.baseAddress,
                                Int32(options.count), tangents.baseAddress,
                                terms.pointee.half_steps != 0 ? halves.baseAddress : nil)
                        }
                    }
                }
            }
        }
    }
}

extension RegionBox {
    /// Writes the bounds of options of one expiry.
    mutating func bound(_ options: [mk_option], _ terms: mk_expiry, _ own: mk_box, _ moves: [SIMD8<Double>]) {
        precondition(
            options.allSatisfy { (Int($0.row) + 1) * mk_bound_vectors * SensitivityTable.lanes <= bounds.count },
            "an option without room for its bounds")
        unsafe moves.withUnsafeBytes { moves in
            unsafe bounds.withUnsafeMutableBufferPointer { bounds in
                unsafe halfBounds.withUnsafeMutableBufferPointer { halves in
                    unsafe options.withUnsafeBufferPointer { options in
                        unsafe withUnsafePointer(to: terms) { terms in
                            unsafe withUnsafePointer(to: own) { own in
                                // SAFETY: as above.
                                unsafe mk_bounds(
                                    moves.bindMemory(to: Double.self).baseAddress, terms, options.baseAddress,
                                    Int32(options.count), own, bounds.baseAddress,
                                    terms.pointee.half_steps != 0 ? halves.baseAddress : nil)
                            }
                        }
                    }
                }
            }
        }
    }
}
