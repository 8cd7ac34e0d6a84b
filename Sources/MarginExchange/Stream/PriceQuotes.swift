private import Glibc
import MarginDomain

/// Puts a market's prices into the exchange's messages.
struct PriceQuotes: Sendable {
    let catalogue: Catalogue
    private let byUnderlying: [AssetID: [ListedInstrument]]

    init(_ catalogue: Catalogue) {
        self.catalogue = catalogue
        byUnderlying = Dictionary(grouping: catalogue.instruments) { $0.instrument.underlying }
    }

    func index(of underlying: AssetID, _ market: SyntheticMarket) -> EventGroup {
        let price = ticks(market.spot(of: underlying), of: underlying)
        return .indexPrice([
            IndexPrice(
                underlying: underlying, price: price, confidence: Ratio(Ratio.scale), publishTime: market.now)
        ])
    }

    /// Marks of perpetuals and futures.
    func futures(of underlying: AssetID, _ market: SyntheticMarket) -> EventGroup {
        .markPrice(marks(of: underlying, market) { !$0.isOption })
    }

    /// Marks of options, in messages of their own; the engine compares them with its values.
    func options(of underlying: AssetID, _ market: SyntheticMarket) -> [EventGroup] {
        marks(of: underlying, market) { $0.isOption }.chunks(of: BusNumbering.entriesMax).map { .markPrice($0) }
    }

    func forwards(of underlying: AssetID, _ market: SyntheticMarket) -> EventGroup {
        .forwardPoint(
            expiries(of: underlying, market).map { expiry in
                ForwardPoint(
                    underlying: underlying, expiry: expiry,
                    forward: ticks(market.forward(of: underlying, expiry: expiry), of: underlying),
                    settledForward: .zero, publishTime: market.now)
            })
    }

    /// The whole surface: one point per expiry and strike, the last marked.
    func surface(of underlying: AssetID, _ market: SyntheticMarket) -> EventGroup {
        let calls = live(underlying, market).filter { $0.listing.optionType == .call }
        var points = calls.map { call in
            VolatilityPoint(
                underlying: underlying, expiry: call.listing.expiry, strike: call.listing.strike,
                volatility: volatility(of: call, market), last: false, publishTime: market.now)
        }
        if !points.isEmpty { points[points.count - 1].last = true }
        return .volatilityPoint(points)
    }

    func collateral(_ asset: AssetID, _ market: SyntheticMarket) -> EventGroup {
        .collateralPrice([
            CollateralPrice(
                asset: asset, price: ticks(market.dollarsPerUnit(of: asset), of: asset),
                confidence: Ratio(Ratio.scale), publishTime: market.now)
        ])
    }

    private func volatility(of call: ListedInstrument, _ market: SyntheticMarket) -> Volatility {
        let fraction = market.volatility(
            of: call.instrument.underlying, expiry: call.listing.expiry, strike: call.strike)
        return Volatility(Int64((fraction * Double(Volatility.scale)).rounded()))
    }

    private func marks(
        of underlying: AssetID, _ market: SyntheticMarket, where isWanted: (ListedInstrument) -> Bool
    ) -> [MarkPrice] {
        live(underlying, market).filter(isWanted).map {
            MarkPrice(instrument: $0.id, price: market.markPrice(of: $0), publishTime: market.now)
        }
    }

    private func expiries(of underlying: AssetID, _ market: SyntheticMarket) -> [Timestamp] {
        Set(live(underlying, market).compactMap(\.instrument.expiry)).sorted()
    }

    /// What has not expired.
    private func live(_ underlying: AssetID, _ market: SyntheticMarket) -> [ListedInstrument] {
        (byUnderlying[underlying] ?? []).filter { $0.instrument.expiry.map { market.now < $0 } ?? true }
    }

    private func ticks(_ dollars: Double, of asset: AssetID) -> Price {
        Price(max(1, Int64((dollars / catalogue.asset(asset).priceExponent.scale).rounded())))
    }
}

extension Array {
    /// The elements in order, in pieces of at most `count`.
    func chunks(of count: Int) -> [[Element]] {
        stride(from: 0, to: self.count, by: count).map { Array(self[$0..<Swift.min($0 + count, self.count)]) }
    }
}
