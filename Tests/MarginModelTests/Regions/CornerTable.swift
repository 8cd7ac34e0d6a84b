import CMarginKernels

/// The contracts of a pool in one underlying, their rows at a market and their tangents and bounds.
final class CornerTable {
    let rules: CornerRules
    let contracts: [CornerContract]
    let expiries: Int
    let rows, halves, grid, charges: UnsafeMutablePointer<Double>
    let group: UnsafeMutablePointer<UInt16>
    let at: UnsafeMutablePointer<UInt32>
    let tangents, halfTangents, bounds, halfBounds: UnsafeMutablePointer<Float>

    init(rules: CornerRules, contracts: [CornerContract], expiries: Int) {
        (self.rules, self.contracts, self.expiries) = (rules, contracts, expiries)
        let count = contracts.count + 1
        func nil8<Number: Numeric>(_ vectors: Int32) -> UnsafeMutablePointer<Number> {
            let pointer = UnsafeMutablePointer<Number>.allocate(capacity: count * Int(vectors) * 8)
            pointer.initialize(repeating: 0, count: count * Int(vectors) * 8)
            return pointer
        }
        rows = nil8(10)
        halves = nil8(5)
        tangents = nil8(8)
        halfTangents = nil8(5)
        bounds = nil8(16)
        halfBounds = nil8(10)
        grid = .allocate(capacity: 32)
        grid.initialize(from: rules.grid, count: 32)
        charges = .allocate(capacity: expiries * 8)
        charges.initialize(repeating: 0, count: expiries * 8)
        group = .allocate(capacity: count)
        at = .allocate(capacity: count)
        for (place, contract) in contracts.enumerated() {
            (group + place).initialize(to: UInt16(contract.expiry))
            (at + place).initialize(to: UInt32(place))
        }
    }

    deinit {
        for pointer in [rows, halves, grid, charges] { pointer.deallocate() }
        for pointer in [tangents, halfTangents, bounds, halfBounds] { pointer.deallocate() }
        group.deallocate()
        at.deallocate()
    }

    var table: mk_table {
        mk_table(
            rows: rows, halves: rules.hasHalfSteps ? halves : nil, grid: grid, group: group, charges: charges,
            naked_initial: rules.nakedInitial, window: rules.window, unused: 0)
    }

    var sensitivities: mk_sensitivities {
        mk_sensitivities(
            tangents: tangents, half_tangents: rules.hasHalfSteps ? halfTangents : nil, bounds: bounds,
            half_bounds: rules.hasHalfSteps ? halfBounds : nil)
    }

    func options(of expiry: Int, _ market: CornerMarket) -> [mk_option] {
        contracts.indices.filter { contracts[$0].expiry == expiry && contracts[$0].isOption }.map { place in
            let contract = contracts[place]
            return mk_option(
                strike: contract.strike, volatility: market.quotes[place], scale: contract.scale, row: Int32(place),
                sign: contract.kind == .call ? 1 : -1, is_inverse: contract.isInverse ? 1 : 0)
        }
    }

    /// Prices every contract at a market.
    func price(_ market: CornerMarket) {
        for expiry in 0..<expiries {
            let lane = charges + expiry * 8
            lane[Int(mk_expiry_phi)] = rules.basisRate(years: market.expiries[expiry].years)
            lane[Int(mk_expiry_calls)] = rules.nakedMaintenance
            lane[Int(mk_expiry_puts)] = rules.nakedMaintenance
            let options = options(of: expiry, market)
            if options.isEmpty { continue }
            var under = rules.expiry(market.expiries[expiry], spot: market.spot)
            mk_price(grid, &under, options, Int32(options.count), rows, rules.hasHalfSteps ? halves : nil)
        }
        for place in contracts.indices where !contracts[place].isOption { price(future: place, market) }
    }

    private func price(future place: Int, _ market: CornerMarket) {
        let (contract, mark) = (contracts[place], market.quotes[place])
        let row = rows + place * 80
        let half = halves + place * 40
        func quanta(_ dollars: Double) -> Double { (dollars * contract.scale).rounded(.toNearestOrEven) }
        let own = quanta(contract.isInverse ? market.spot / mark : mark)
        let value = contract.isInverse ? -own : own
        for lane in 0..<8 {
            let (move, tail, step, weight) = (grid[lane], grid[8 + lane], grid[16 + lane], grid[24 + lane])
            let share = contract.isInverse ? 0.0 : mark
            for shape in 0..<5 {
                row[shape * 8 + lane] = contract.isInverse ? 0 : quanta(mark * (1 + move)) - value
                half[shape * 8 + lane] = contract.isInverse ? 0 : quanta(mark * (1 + step)) - value
            }
            for shape in 5..<7 {
                row[shape * 8 + lane] = contract.isInverse ? 0 : quanta(mark + weight * share * tail) - value
            }
        }
        let centre = row + 56
        centre[Int(mk_centre_value)] = value
        centre[Int(mk_centre_delta)] = contract.isInverse ? 0 : own
        centre[Int(mk_centre_own_delta)] = own
        (row + 64)[Int(mk_expiry_phi)] = own
        let absolute = row + 72
        absolute[Int(mk_absolute_delta)] = abs(own)
        absolute[Int(mk_absolute_fee)] = quanta(rules.feeRate * (contract.isInverse ? 1 : mark))
    }
}
