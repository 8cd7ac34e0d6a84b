import CMarginKernels

extension CornerTable {
    /// Tangents at a market, and bounds in a box around it; the rows must be those of the market.
    /// `basis`, `carry`, `skewCap` and `rateTime` scale what the kernel is told, so that a test can tell it too little.
    func sense(_ market: CornerMarket, _ box: CornerBox, _ told: CornerTold = CornerTold()) {
        for expiry in 0..<expiries {
            let tangential = options(of: expiry, market)
            if tangential.isEmpty { continue }
            var under = rules.expiry(market.expiries[expiry], spot: market.spot)
            mk_tangents(
                grid, &under, tangential, Int32(tangential.count), tangents, rules.hasHalfSteps ? halfTangents : nil)
            let middle = box.middle.expiries[expiry]
            let bounded = options(of: expiry, box.middle)
            under = rules.expiry(middle, spot: box.middle.spot)
            under.skew_cap *= told.skewCap
            var around = mk_box(
                reach: box.reach, stretch: mk_exponential(box.reach), widest: mk_exponential(box.width),
                basis: box.basis * told.basis,
                carry: box.carry * told.carry,
                rate: rules.basisRate(years: middle.years) * told.rate,
                rate_time: rules.basisPerYear * middle.years * told.rateTime)
            mk_bounds(
                grid, &under, bounded, Int32(bounded.count), &around, bounds, rules.hasHalfSteps ? halfBounds : nil)
        }
        for place in contracts.indices where !contracts[place].isOption { sense(future: place, box, told) }
    }

    /// c_e, for as long as a box may last.
    func factor(_ expiry: Int, _ box: CornerBox) -> Double {
        let years = box.middle.expiries[expiry].years
        let least = years * mk_exponential(-2 * box.width)
        return rules.timeFactor(years: (years > 30.0 / 365 ? max(least, 30.000001 / 365) : least)...years)
    }

    /// Linear in the mark; an inverse one is worth what it is worth. The rows' largest in the box are those of the market
    /// times twice the reach.
    private func sense(future place: Int, _ box: CornerBox, _ told: CornerTold) {
        let contract = contracts[place]
        let row = rows + place * 80
        let half = halves + place * 40
        let stretch = mk_exponential(2 * box.reach)
        let basis = box.basis * told.basis
        let value = row[56 + Int(mk_centre_value)]
        let own = row[56 + Int(mk_centre_own_delta)]
        let tangent = tangents + place * 64
        let wide = bounds + place * 128 + 64
        for lane in 0..<56 {
            tangent[lane] = Float(row[lane])
            wide[lane] = above(basis * stretch * abs(value + row[lane]))
        }
        for lane in 0..<40 {
            halfTangents[place * 40 + lane] = Float(half[lane])
            halfBounds[place * 80 + 40 + lane] = above(basis * stretch * abs(value + half[lane]))
        }
        for lane in 0...Int(mk_centre_value) { wide[56 + lane] = above(basis * stretch * abs(value)) }
        tangent[56 + Int(mk_centre_value)] = contract.isInverse ? 0 : Float(value)
        let middle = box.middle.expiries[contract.expiry]
        let rate = rules.basisRate(years: middle.years) * told.rate
        let charge = (rate + abs(contract.funding) * told.funding) * stretch * own
        let second = bounds + place * 128 + 56
        second[Int(mk_bound_charges)] = above(charge)
        second[Int(mk_bound_delta)] = above(own * stretch)
        wide[56 + Int(mk_bound_charges)] = above(
            basis * charge + 2 * rules.basisPerYear * middle.years * told.rateTime * own * stretch)
        wide[56 + Int(mk_bound_delta)] = above(basis * own * stretch)
    }

    private func above(_ number: Double) -> Float { Float(number * (1 + 0x1p-22)) }
}

/// Parts of the truth that the kernel is told: 1 = all.
struct CornerTold {
    var basis = 1.0
    var carry = 1.0
    var skewCap = 1.0
    var rate = 1.0
    var rateTime = 1.0
    var funding = 1.0
}
