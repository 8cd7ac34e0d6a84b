/// The market of one underlying in a corner test.
struct CornerMarket {
    var spot: Double
    /// The first stands for perpetuals: no time, and its forward is not looked at.
    var expiries: [CornerExpiry]
    /// By contract: a volatility, or the mark of a future or perpetual.
    var quotes: [Double]
}

struct CornerExpiry {
    var forward: Double
    var years: Double
    var rate: Double
}

/// A contract of a corner test; those of one expiry stand beside each other.
struct CornerContract {
    enum Kind { case call, put, future }

    var kind: Kind
    var isInverse: Bool
    var expiry: Int
    var strike: Double
    /// Quanta of a lot worth one dollar a unit.
    var scale: Double
    /// ψ of a perpetual.
    var funding: Double

    var isOption: Bool { kind != .future }
}

/// Where bounds hold: around a middle, whose time is the latest of all.
struct CornerBox {
    var middle: CornerMarket
    /// Largest |ln| of spot over that of the middle.
    var depth: Double
    /// Largest width from the middle.
    var width: Double
    /// Per unit of width.
    var basis: Double
    /// Change of `r·τ` per unit of width.
    var carry: Double

    /// Largest |ln| of a forward over that of the middle.
    var reach: Double { depth + basis * width }
}
