public import MarginDomain

/// Everything that the scan and the add-ons need of one lot of an instrument, in quanta: paragraph 4 of the page.
public struct NaiveRow: Equatable, Sendable {
    /// `V_i`.
    public var V: Int128 = 0
    /// `g_i(col)`, by canonical index.
    public var g: [Int128] = []
    /// `Φ_i`.
    public var phi: Int128 = 0
    /// `Δ_i`.
    public var delta: Int128 = 0
    /// `Δ°_i`.
    public var ownDelta: Int128 = 0
    /// The gains of the four rotations; empty unless an option.
    public var skew: [Int128] = []
    /// The liquidation fee.
    public var fee: Int128 = 0
    /// What a naked short is charged on.
    public var short: Int128 = 0
    /// The largest of all these, without its sign.
    public var largest: Int128 = 0

    /// The row of a contract, or nil where an input is missing or an entry is too large.
    public init?(of instrument: Instrument, in cut: NaiveCut) {
        guard let S = cut.S, cut.R != nil else { return nil }
        let columns = cut.columns
        let scale = instrument.quantityExponent.scale * 1e6
        let rate = cut.parameters["liquidationFee"]
        let entries: Entries?
        let notional: Double
        switch instrument.contract {
        case .option(_, let type, let strike, let e):
            let option = NaiveOption(instrument, type, strike: strike, e: e, in: cut, S: S)
            entries = option.map { Entries(option: $0, columns: columns, cut: cut, scale: scale) }
            notional = S
        case .perpetual(.linear), .future(.linear, _):
            guard let M = cut.M(instrument) else { return nil }
            let H = instrument.expiry.map { cut.H($0) } ?? 0
            entries = Entries(linear: M, H: H, columns: columns, scale: scale)
            notional = M
        case .perpetual(.inverse), .future(.inverse, _):
            guard let M = cut.M(instrument) else { return nil }
            entries = Entries(inverse: S / M, columns: columns, scale: scale)
            notional = 1
        }
        guard let entries else { return nil }

        // `[x]`, and a refusal of everything that it cannot round exactly.
        var tooLarge = false
        func rounded(_ x: Double) -> Int128 {
            guard x.magnitude < 0x1p51 else {
                tooLarge = true
                return 0
            }
            return Int128(integral: (x + 0x1.8p52) - 0x1.8p52)
        }
        V = rounded(entries.V)
        g = entries.a.map { rounded($0) - V }
        phi = rounded(entries.phi)
        delta = rounded(entries.delta)
        ownDelta = rounded(entries.ownDelta)
        skew = entries.skew.map { rounded($0) - V }
        fee = rounded((rate * notional) * scale)
        short = entries.skew.isEmpty ? 0 : rounded(S * scale)
        if tooLarge { return nil }
        largest = (g + skew + [V, phi, delta, ownDelta, fee, short]).map(abs).max() ?? 0
    }
}

/// The unrounded numbers of a row: dollars of one lot times 10⁶.
private struct Entries {
    var V: Double
    var a: [Double]
    var phi: Double
    var delta: Double
    var ownDelta: Double
    var skew: [Double] = []

    /// `V + d·(A − V)`, and `A` itself where `d = 1`.
    private static func damped(_ V: Double, _ A: Double, _ d: Double) -> Double {
        d == 1 ? A : V + d * (A - V)
    }

    init(option: NaiveOption, columns: [NaiveColumn], cut: NaiveCut, scale: Double) {
        let value = option.value(m: 0, sigma: option.sigma)
        V = value * scale
        var sigmas: [VolatilityShape: Double] = [:]
        for shape in VolatilityShape.allCases {
            sigmas[shape] = NaiveColumn.shocked(
                sigma: option.sigma, tau: option.tau, shape: shape, parameters: cut.parameters)
        }
        a = columns.map { column in
            let sigma = sigmas[column.shape, default: option.sigma]
            return Self.damped(value, option.value(m: column.m, sigma: sigma), column.d) * scale
        }
        phi = option.phi * scale
        delta = option.delta * scale
        ownDelta = delta
        skew = option.rotations(cut.parameters).map { option.value(m: 0, sigma: $0) * scale }
    }

    init(linear M: Double, H: Double, columns: [NaiveColumn], scale: Double) {
        V = M * scale
        a = columns.map { column in
            let moved = column.m == 0 ? M : H + (M - H) * (1 + column.m)
            return Self.damped(M, moved, column.d) * scale
        }
        phi = M * scale
        delta = M * scale
        ownDelta = M * scale
    }

    init(inverse quotient: Double, columns: [NaiveColumn], scale: Double) {
        V = -quotient * scale
        a = columns.map { Self.damped(-quotient, -quotient, $0.d) * scale }
        phi = quotient * scale
        delta = 0
        ownDelta = quotient * scale
    }
}
