import MarginDomain

/// The charges beside the scan: paragraph 7 of the page, one function each.
enum NaiveAddOns {
    /// All of them but the minimum delta, which is part of `Scan`.
    static func all(_ book: NaiveBook, _ requirement: NaiveRequirement) -> [MarginComponent: Int128] {
        [
            .basis: basis(book),
            .skew: skew(book),
            .nakedShort: nakedShorts(book, requirement),
            .stablecoin: stablecoins(book, requirement),
            .liquidationFee: liquidationFee(book),
            .haircut: haircut(book, requirement),
        ]
    }

    /// `⌈rate·x⌉`.
    static func charge(_ rate: Double, _ x: Int128) -> Int128 { Int128((rate * Double(quanta: x)).rounded(.up)) }

    /// `⌈0.01·gross⌉ + ⌈0.01·net⌉`.
    static func floor(_ book: NaiveBook) -> Int128 {
        var gross: Int128 = 0
        var net: Int128 = 0
        for u in book.underlyings {
            let lines = book.lines(of: u)
            let net_u = lines.map { $0.q * $0.row.delta }.reduce(0, +) + book.C[u, default: 0]
            let z = lines.map { $0.q * $0.row.ownDelta }
            let long = z.filter { $0 > 0 }.reduce(0, +)
            let short = -z.filter { $0 < 0 }.reduce(0, +)
            let Y = net_u - z.reduce(0, +)
            gross += long + max(0, short - Y)
            net += abs(net_u)
        }
        return charge(book.parameters["minimumDeltaGross"], gross) + charge(book.parameters["minimumDeltaNet"], net)
    }

    /// `max(b0, b1·τ)` of a group.
    static func basisRate(_ group: NaiveBook.Group, _ parameters: NaiveParameters) -> Double {
        guard let terms = parameters.underlyings[group.u] else { return 0 }
        return max(terms.basisFloor.fraction, terms.basisPerYear.fraction * group.tau)
    }

    /// Per expiry `⌈|Σ q·Φ|·max(b0, b1·τ)⌉`.
    private static func basis(_ book: NaiveBook) -> Int128 {
        book.groups.map { group in
            charge(basisRate(group, book.parameters), abs(group.lines.map { $0.q * $0.row.phi }.reduce(0, +)))
        }.reduce(0, +)
    }

    /// `Σ q·skew gain` of the four rotations; empty where there are no options.
    static func rotations(_ group: NaiveBook.Group) -> [Int128] {
        let options = group.lines.filter { !$0.row.skew.isEmpty }
        guard !options.isEmpty else { return [] }
        return (0..<4).map { rotation in options.map { $0.q * $0.row.skew[rotation] }.reduce(0, +) }
    }

    /// Per expiry `max(0, −min of the four)`.
    private static func skew(_ book: NaiveBook) -> Int128 {
        book.groups.map { max(0, -(rotations($0).min() ?? 0)) }.reduce(0, +)
    }

    /// The rate of naked shorts.
    static func nakedRate(_ parameters: NaiveParameters, _ requirement: NaiveRequirement) -> Double {
        switch requirement {
        case .maintenance: parameters["nakedShort"]
        case .initial: parameters["nakedShort"] + parameters["nakedShortInitialExtra"]
        }
    }

    /// `−Σ q·short` of a group's calls or puts: positive = more sold than bought.
    static func sold(_ lines: [NaiveBook.Line], _ type: OptionType) -> Int128 {
        var sold: Int128 = 0
        for line in lines {
            if case .option(_, type, _, _) = line.instrument.contract { sold -= line.q * line.row.short }
        }
        return sold
    }

    /// Per expiry `⌈0.003·n_c⌉ + ⌈0.003·n_p⌉`.
    private static func nakedShorts(_ book: NaiveBook, _ requirement: NaiveRequirement) -> Int128 {
        let rate = nakedRate(book.parameters, requirement)
        return book.groups.map { group in
            charge(rate, max(0, sold(group.lines, .call))) + charge(rate, max(0, sold(group.lines, .put)))
        }.reduce(0, +)
    }

    /// Per coin `⌈0.02·max(0, N_c·P_c)⌉`.
    static func stablecoins(_ book: NaiveBook, _ requirement: NaiveRequirement) -> Int128 {
        let rate = book.parameters[requirement == .initial ? "stablecoinInitial" : "stablecoinMaintenance"]
        return NaiveEquity.parts(book).filter { $0.asset.role == .stablecoin }
            .map { charge(rate, max(0, $0.worth)) }.reduce(0, +)
    }

    /// `Σ |q|·fee`.
    static func liquidationFee(_ book: NaiveBook) -> Int128 {
        book.lines.map { abs($0.q) * $0.row.fee }.reduce(0, +)
    }

    /// Of other collateral: tiers by value, or the liability's haircut.
    static func haircut(_ book: NaiveBook, _ requirement: NaiveRequirement) -> Int128 {
        var total: Int128 = 0
        for (asset, B) in book.balances where asset.role == .collateral {
            let W = NaiveEquity.worth(B, asset, book)
            let terms = book.parameters.collateral[asset.id] ?? book.parameters.defaultCollateral
            let extra = requirement == .initial ? terms.initialHaircut.fraction : 0
            total += W < 0 ? charge(terms.liabilityHaircut.fraction + extra, -W) : tiered(W, terms, extra)
        }
        return total
    }

    /// `⌈Σ haircut_k·part_k⌉` of a positive value.
    private static func tiered(_ W: Int128, _ terms: NaiveParameters.Collateral, _ extra: Double) -> Int128 {
        var charge = 0.0
        var below: Int128 = 0
        for (end, haircut) in zip(terms.tierBounds, terms.tierHaircuts) {
            // A bound is in billionths of a dollar; a thousand of them are a quantum.
            let bound = end == Ratio(.max) ? W : min(W, Int128(end.billionths) / 1000)
            charge += (haircut.fraction + extra) * Double(quanta: max(0, bound - below))
            below = max(below, bound)
        }
        return Int128(charge.rounded(.up))
    }
}
