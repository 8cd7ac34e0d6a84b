import MarginDomain
import MarginWire

/// A few messages with figures that a reader can check by eye.
enum Sample {
    static let header = BatchHeader(
        source: SourceID(3), epoch: Epoch(1), firstSequence: SequenceNumber(17),
        sendingTime: Timestamp(1_760_130_785_123_456_789))

    static let bitcoin = AssetListed(
        asset: AssetID(1), symbol: symbol("BTC"), moneyExponent: Exponent(-8), priceExponent: Exponent(-1),
        isNumeraire: false, isStablecoin: false, hasIndex: true)

    static let dollar = AssetListed(
        asset: AssetID(2), symbol: symbol("USDC"), moneyExponent: Exponent(-6), priceExponent: Exponent(-4),
        isNumeraire: true, isStablecoin: true, hasIndex: false)

    static let perpetual = InstrumentListed(
        instrument: InstrumentID(7), symbol: symbol("BTC-PERP"), kind: .linearPerpetual, optionType: .none,
        underlying: AssetID(1), settlementAsset: AssetID(2), priceExponent: Exponent(-2),
        quantityExponent: Exponent(-3), strike: .zero, expiry: .zero)

    static let listings = EventBatch(header: header, events: .assetListed([bitcoin, dollar]))

    static let instruments = EventBatch(header: header, events: .instrumentListed([perpetual]))

    static let indexPrice = EventBatch(
        header: header,
        events: .indexPrice([
            IndexPrice(
                underlying: AssetID(1), price: Price(600_005), confidence: Ratio(950_000_000),
                publishTime: Timestamp(1_760_130_785_000_000_000))
        ]))

    static func trades(_ count: Int) -> EventBatch {
        EventBatch(header: header, events: .trade((0..<count).map { trade(UInt64($0) + 1) }))
    }

    static func trade(_ number: UInt64) -> Trade {
        Trade(
            trade: TradeID(number), instrument: InstrumentID(7), price: Price(6_000_050), quantity: Quantity(250),
            buyer: AccountID(11), buyerMode: .cross, buyerOrder: OrderID(101), buyerFee: Money(1_500_000),
            seller: AccountID(12), sellerMode: .isolated, sellerOrder: OrderID(102), sellerFee: Money(-250_000),
            kind: .normal, plan: PlanID(0), refersTo: TradeID(0), tradeTime: Timestamp(1_760_130_785_100_000_000))
    }

    /// A mirror that knows the listings above.
    static func mirror() -> JSONMirror {
        var scales = Scales()
        scales.learn(listings.events)
        scales.learn(instruments.events)
        return JSONMirror(scales: scales)
    }

    static func frame(_ batch: EventBatch) throws(WireError) -> [UInt8] {
        var encoder = SBEEncoder()
        try encoder.encode(batch)
        return encoder.frame
    }

    private static func symbol(_ text: String) -> Symbol {
        guard let symbol = Symbol(text) else { preconditionFailure("\(text) is no symbol") }
        return symbol
    }
}
