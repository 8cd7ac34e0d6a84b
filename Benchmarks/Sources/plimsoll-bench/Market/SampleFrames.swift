import MarginDomain
import MarginWire

/// Messages of 64 events, as a busy exchange sends them.
enum SampleFrames {
    static let eventCount = 64

    /// 64 trades with every field in use.
    static func trades() -> EventBatch {
        EventBatch(header: header(sequence: 1), events: .trade((1...Int64(eventCount)).map { trade($0) }))
    }

    private static func trade(_ number: Int64) -> Trade {
        let unsigned = UInt64(number)
        let isLiquidation = number % 16 == 0
        return Trade(
            trade: TradeID(1_000_000 + unsigned), instrument: InstrumentID(UInt32(number % 300) + 1),
            price: Price(6_000_000 + number * 37), quantity: Quantity(number),
            buyer: AccountID(1_000_000 + unsigned * 7),
            buyerMode: number % 5 == 0 ? .isolated : .cross, buyerOrder: OrderID(unsigned << 20),
            buyerFee: Money(number * 11), seller: AccountID(2_000_000 + unsigned * 3), sellerMode: .cross,
            sellerOrder: OrderID(unsigned << 21), sellerFee: Money(-number),
            kind: isLiquidation ? .liquidation : .normal,
            plan: PlanID(isLiquidation ? unsigned : 0), refersTo: TradeID(0),
            tradeTime: Timestamp(OptionChain.start.nanoseconds + number))
    }

    /// 64 index prices.
    static func prices() -> EventBatch {
        let prices = (0..<Int64(eventCount)).map { number in
            IndexPrice(
                underlying: OptionChain.coin, price: Price(6_000_000 + number), confidence: Ratio(Ratio.scale),
                publishTime: Timestamp(OptionChain.start.nanoseconds + number))
        }
        return EventBatch(header: header(sequence: 1), events: .indexPrice(prices))
    }

    /// The exponents that a JSON mirror needs to write them.
    static func scales() -> Scales {
        var scales = Scales()
        scales.learn(.assetListed([OptionChain.dollarListed, OptionChain.coinListed]))
        scales.learn(.instrumentListed(OptionChain.listings))
        return scales
    }

    private static func header(sequence: UInt64) -> BatchHeader {
        BatchHeader(
            source: SourceID(203), epoch: Epoch(1), firstSequence: SequenceNumber(sequence),
            sendingTime: OptionChain.start)
    }
}
