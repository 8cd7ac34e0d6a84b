private import Glibc
import MarginDomain

extension Catalogue {
    /// Lists an underlying's perpetuals, futures and option chain.
    mutating func list(_ terms: UnderlyingTerms, _ market: SyntheticMarket) throws(ExchangeError) {
        let expiries = ExpiryCalendar.expiries(from: market.now, days: terms.expiryDays)
        var listing = InstrumentBuilder(terms)
        try add(listing.linear("\(terms.symbol)-PERP", .linearPerpetual, in: Self.dollar))
        try add(listing.linear("\(terms.symbol)-USDC-PERP", .linearPerpetual, in: Self.stablecoin))
        if terms.hasInverseFutures {
            try add(listing.inverse("\(terms.symbol)-PERPETUAL", .inversePerpetual))
        }
        for expiry in expiries.suffix(2) {
            let name = "\(terms.symbol)-\(ExpiryCalendar.name(of: expiry))"
            try add(listing.linear(name, .linearFuture, in: Self.dollar, expiry: expiry))
        }
        if terms.hasInverseFutures, let expiry = expiries.last {
            try add(
                listing.inverse(
                    "\(terms.symbol)-\(ExpiryCalendar.name(of: expiry))-INV", .inverseFuture, expiry: expiry))
        }
        for expiry in expiries {
            let strikes = StrikeLadder.strikes(
                spot: terms.spot, volatility: terms.volatility, years: market.years(until: expiry),
                count: terms.strikesPerExpiry)
            for strike in strikes {
                try add(listing.option(.call, strike: strike, expiry: expiry))
                try add(listing.option(.put, strike: strike, expiry: expiry))
            }
        }
    }
}

/// Writes an underlying's listings with ids counted from its own base.
private struct InstrumentBuilder {
    let terms: UnderlyingTerms
    private var count: UInt32 = 0

    init(_ terms: UnderlyingTerms) { self.terms = terms }

    mutating func linear(
        _ name: String, _ kind: ContractKind, in settlement: AssetID, expiry: Timestamp = .zero
    ) throws(ExchangeError) -> InstrumentListed {
        try listing(name, kind, settlement, terms.linearPrice, terms.linearLot, expiry: expiry)
    }

    mutating func inverse(
        _ name: String, _ kind: ContractKind, expiry: Timestamp = .zero
    ) throws(ExchangeError) -> InstrumentListed {
        // Contracts of ten dollars, as is usual.
        try listing(name, kind, terms.asset, terms.linearPrice, Exponent(1), expiry: expiry)
    }

    mutating func option(
        _ type: OptionType, strike: Double, expiry: Timestamp
    ) throws(ExchangeError) -> InstrumentListed {
        let letter = type == .call ? "C" : "P"
        let name = "\(terms.symbol)-\(ExpiryCalendar.name(of: expiry))-\(text(ticks(strike)))-\(letter)"
        let (kind, settlement): (ContractKind, AssetID) =
            switch terms.optionSettlement {
            case .coin: (.inverseOption, terms.asset)
            case .cash(let asset): (.linearOption, asset)
            }
        return try listing(
            name, kind, settlement, terms.optionPrice, terms.optionLot, type, strike: strike, expiry: expiry)
    }

    private mutating func listing(
        _ name: String, _ kind: ContractKind, _ settlement: AssetID, _ price: Exponent, _ lot: Exponent,
        _ type: OptionType = .none, strike: Double = 0, expiry: Timestamp
    ) throws(ExchangeError) -> InstrumentListed {
        count += 1
        return InstrumentListed(
            instrument: InstrumentID(terms.asset.rawValue * 10_000 + count), symbol: try Catalogue.symbol(name),
            kind: kind, optionType: type, underlying: terms.asset, settlementAsset: settlement, priceExponent: price,
            quantityExponent: lot, strike: Price(ticks(strike)),
            expiry: expiry)
    }

    private func ticks(_ strike: Double) -> Int64 { Int64((strike / terms.indexExponent.scale).rounded()) }

    /// A strike in dollars, with a point only where it is needed.
    private func text(_ ticks: Int64) -> String {
        let perDollar = Int64(1 / terms.indexExponent.scale)
        let (whole, part) = ticks.quotientAndRemainder(dividingBy: perDollar)
        if part == 0 { return "\(whole)" }
        var digits = String("\(perDollar + part)".dropFirst())
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
