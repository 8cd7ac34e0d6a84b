import MarginDomain
import MarginWire

/// What it costs to take a message in, and to write one: nanoseconds an event in messages of 64.
///
/// Regressing here means: the feed's thread, which nothing can be split off from, carries fewer events.
struct DecodeSuite {
    static let name = "decode"
    static let meaning = "messages of 64 events, one thread"

    let settings: BenchSettings

    func run(_ report: inout Report) throws {
        let trades = SampleFrames.trades()
        let prices = SampleFrames.prices()
        var encoder = SBEEncoder()
        try encoder.encode(trades)
        let tradeFrame = encoder.frame
        try encoder.encode(prices)
        let priceFrame = encoder.frame
        var mirror = JSONMirror(scales: SampleFrames.scales())
        let tradeText = try mirror.encode(trades)

        try add(
            "SBE: validate and read all 16 fields of a Trade", &report, target: .atMost(10), bytes: tradeFrame.count
        ) {
            try Self.read(trades: tradeFrame)
        }
        try add("SBE: validate and read all 4 fields of an IndexPrice", &report, bytes: priceFrame.count) {
            try Self.read(prices: priceFrame)
        }
        try add("SBE: Trade frame to EventBatch, as the feed does", &report, bytes: tradeFrame.count) {
            Self.number(of: try SBEDecoder.decodeBatch(tradeFrame.wireBytes))
        }
        try add("SBE: EventBatch to Trade frame, as the log does", &report, bytes: tradeFrame.count) {
            try encoder.encode(trades)
            return UInt64(encoder.frame.count)
        }
        try add("JSON: Trade text to EventBatch", &report, bytes: tradeText.count) {
            Self.number(of: try mirror.decodeBatch(tradeText.wireBytes))
        }
        try add("JSON: EventBatch to Trade text", &report, bytes: tradeText.count) {
            UInt64(try mirror.encode(trades).count)
        }
    }

    private func add(
        _ name: String, _ report: inout Report, target: Target? = nil, bytes: Int, _ work: () throws -> UInt64
    ) throws {
        let timing = try settings.effort.measure(operations: SampleFrames.eventCount, work)
        let perEvent = Double(bytes) / Double(SampleFrames.eventCount)
        try report.add(
            Measurement(
                Self.name, name, timing, "ns/event", target: target, note: "\(perEvent.figure) bytes an event"))
    }

    /// Opens the frame, which checks every field, and reads every field in place.
    @inline(never)
    private static func read(trades frame: [UInt8]) throws(WireError) -> UInt64 {
        let batch = try BatchFrame<TradeFlyweight>(frame.wireBytes)
        var sum = batch.header.firstSequence.rawValue
        for place in 0..<batch.entries.count {
            let trade = batch.entries[place]
            // BOUNDS: a checksum may wrap.
            sum &+= trade.trade.rawValue &+ UInt64(trade.instrument.rawValue) &+ UInt64(bitPattern: trade.price.ticks)
            sum &+= UInt64(bitPattern: trade.quantity.lots) &+ trade.buyer.rawValue &+ UInt64(trade.buyerMode.rawValue)
            sum &+= trade.buyerOrder.rawValue &+ UInt64(bitPattern: trade.buyerFee.units) &+ trade.seller.rawValue
            sum &+= UInt64(trade.sellerMode.rawValue) &+ trade.sellerOrder.rawValue
            sum &+= UInt64(bitPattern: trade.sellerFee.units) &+ UInt64(trade.kind.rawValue) &+ trade.plan.rawValue
            sum &+= trade.refersTo.rawValue &+ UInt64(bitPattern: trade.tradeTime.nanoseconds)
        }
        return sum
    }

    @inline(never)
    private static func read(prices frame: [UInt8]) throws(WireError) -> UInt64 {
        let batch = try BatchFrame<IndexPriceFlyweight>(frame.wireBytes)
        var sum = batch.header.firstSequence.rawValue
        for place in 0..<batch.entries.count {
            let price = batch.entries[place]
            // BOUNDS: a checksum may wrap.
            sum &+= UInt64(price.underlying.rawValue) &+ UInt64(bitPattern: price.price.ticks)
            sum &+= UInt64(bitPattern: price.confidence.billionths &+ price.publishTime.nanoseconds)
        }
        return sum
    }

    /// Depends on the events having been made.
    private static func number(of batch: EventBatch) -> UInt64 {
        batch.header.firstSequence.rawValue + UInt64(batch.events.count)
    }
}
