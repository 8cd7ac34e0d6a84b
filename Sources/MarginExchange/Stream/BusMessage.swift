public import MarginDomain

/// One message as it goes on the bus: a topic and a batch.
public struct BusMessage: Equatable, Sendable {
    /// Ends in a dot.
    public var topic: String
    /// The body, with its source and place in it.
    public var batch: EventBatch

    public init(topic: String, batch: EventBatch) {
        self.topic = topic
        self.batch = batch
    }
}

/// Which source sends what: one numbered stream for each kind of thing that a subscriber takes whole.
enum SourcePlan {
    /// Reference data.
    static let reference = SourceID(1)
    /// Cash and everything else that moves money without a trade.
    static let cash = SourceID(2)

    /// Prices of one asset.
    static func prices(of asset: AssetID) -> SourceID { SourceID(UInt16(100 + asset.rawValue)) }

    /// Trades in one underlying.
    static func trades(in underlying: AssetID) -> SourceID { SourceID(UInt16(200 + underlying.rawValue)) }
}
