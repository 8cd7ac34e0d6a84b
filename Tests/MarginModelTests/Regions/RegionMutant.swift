import CMarginKernels

/// Mistakes that a corner test has to find: what the kernel is told, or what it says, is wrong in one place.
enum RegionMutant: CaseIterable {
    case halfVega, noCurvature, noUpperCurvature, oneStretch, swapped, noBasis, noCarry, noSkew, noCharges, noFunding
    case noRateTime, noFees, noSpare, noFloor, noFloorRoom, reversedWidth, stale, timeless, noHedgeTangents,
        reversedAllowance, noFloatAllowance

    /// Where it must show.
    var style: CornerStyle {
        switch self {
        case .halfVega, .reversedWidth: .vega
        case .noCurvature, .swapped, .noUpperCurvature, .stale, .noHedgeTangents: .curved
        case .oneStretch: .wide
        case .noBasis: .basis
        case .noCarry: .discount
        case .noSkew: .skewed
        case .noCharges, .noFunding: .charged
        case .noRateTime: .timed
        case .timeless: .fading
        case .noFees: .naked
        case .noSpare: .joint
        case .noFloor, .noFloorRoom: .floored
        case .reversedAllowance: .curved
        case .noFloatAllowance: .crowded
        }
    }

    var told: CornerTold {
        var told = CornerTold()
        switch self {
        case .noBasis: told.basis = 0
        case .noCarry: told.carry = 0
        case .noSkew: told.skewCap = 0
        case .noFunding: told.funding = 0
        case .noRateTime: told.rateTime = 0
        default: break
        }
        return told
    }

    /// Wrong sensitivities.
    func damage(_ table: CornerTable, _ box: CornerBox, _ lots: inout [Double]) {
        let shrink = Float(mk_exponential(-box.reach))
        let count = table.contracts.count
        switch self {
        case .halfVega:
            for place in 0..<count {
                for lane in 64..<126 { table.bounds[place * 128 + lane] /= 2 }
                for lane in 40..<80 { table.halfBounds[place * 80 + lane] /= 2 }
            }
        case .noCurvature, .noUpperCurvature, .oneStretch:
            for place in 0..<count where self != .noUpperCurvature || lots[place] > 0 {
                let share: Float = self == .oneStretch ? shrink : 0
                for lane in 0..<62 { table.bounds[place * 128 + lane] *= share }
                for lane in 0..<40 { table.halfBounds[place * 80 + lane] *= share }
            }
        case .swapped:
            lots = lots.map { -$0 }
            for place in 0..<count * 80 { table.rows[place] *= -1 }
            for place in 0..<count * 40 { table.halves[place] *= -1 }
            for place in 0..<count * 64 { table.tangents[place] *= -1 }
            for place in 0..<count * 40 { table.halfTangents[place] *= -1 }
        case .noCharges:
            for place in 0..<count {
                for lane in [62, 126] { table.bounds[place * 128 + lane] = 0 }
            }
        case .noFloatAllowance:
            for place in 0..<count { table.bounds[place * 128 + 63] = 0 }
        case .noHedgeTangents:
            for place in 0..<count where !table.contracts[place].isOption {
                for lane in 0..<56 { table.tangents[place * 64 + lane] = 0 }
                for lane in 0..<40 { table.halfTangents[place * 40 + lane] = 0 }
            }
        default: break
        }
    }

    /// Wrong pools.
    func damage(_ tables: inout [mk_table], _ exposures: inout [mk_exposure], _ watch: inout mk_watch) {
        switch self {
        case .noSpare: for place in tables.indices { tables[place].window = mk_window_whole_value }
        case .noFees:
            for place in exposures.indices {
                (exposures[place].fee, exposures[place].naked_maintenance, exposures[place].naked_initial) = (0, 0, 0)
            }
        case .noFloor: for place in exposures.indices { exposures[place].floor_rate = 0 }
        case .noFloorRoom: watch.floor_room = 1e15
        case .reversedWidth: for place in exposures.indices { exposures[place].width_speed *= -1 }
        case .reversedAllowance:
            watch.lower.slack *= 1.1
            watch.upper.slack *= 1.1
        default: break
        }
    }
}

/// The C constant is an enumerator of another type.
private let mk_window_whole_value = Int32(mk_window_whole)
