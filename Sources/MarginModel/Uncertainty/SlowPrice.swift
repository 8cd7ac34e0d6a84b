import MarginDomain

/// `S̄`: a price that follows the index price at a limited speed, so that a jump is not believed at once.
///
/// After the stable price of Mango v4 (`state/stable_price.rs`: at most 0.03 % a second towards the oracle), without its
/// hourly averages. Exact: millionths of an index tick.
struct SlowPrice: Equatable, Sendable {
    private let millionths: Int128
    private let time: Timestamp

    /// Starts at the index price.
    init(at index: Price, _ time: Timestamp) {
        millionths = Self.millionths(index)
        self.time = time
    }

    private init(millionths: Int128, _ time: Timestamp) {
        self.millionths = millionths
        self.time = time
    }

    /// To the nearest `Double`.
    var ticks: Double { Double(millionths) / 1e6 }

    /// Where it has got to by a later cut.
    ///
    /// - Parameter speed: billionths of itself in a second.
    func following(_ index: Price, to time: Timestamp, speed: Int64) -> SlowPrice {
        let elapsed = Int128(max((time - self.time).nanoseconds, 0))
        // Of itself, in 10⁻¹⁸; more than all of it is not needed.
        let part = min(Int128(speed) * elapsed, 1_000_000_000_000_000_000)
        let (product, overflow) = millionths.multipliedReportingOverflow(by: part)
        let target = Self.millionths(index)
        // A price of more than 2⁴⁷ ticks has no slow one.
        guard !overflow else { return SlowPrice(millionths: target, time) }
        let step = product / 1_000_000_000_000_000_000
        return SlowPrice(millionths: min(max(target, millionths - step), millionths + step), time)
    }

    /// `m̄`: how far it is from the index beyond a band, at most the range; 0 within the band.
    func move(from index: Price, band: Double, range: Double) -> Double {
        let spot = Self.millionths(index)
        return Self.move(Double(millionths - spot) / Double(spot), band: band, range: range)
    }

    /// The part of a distance, a fraction of the index, that lies beyond a band and within a range.
    static func move(_ away: Double, band: Double, range: Double) -> Double {
        let beyond = abs(away) - band
        guard beyond > 0 else { return 0 }
        let limited = beyond < range ? beyond : range
        return away < 0 ? -limited : limited
    }

    private static func millionths(_ index: Price) -> Int128 { Int128(index.ticks) * 1_000_000 }
}
