import MarginDomain
import MarginWire

/// A message as it goes over a socket.
struct BusFrame: Sendable {
    let topic: [UInt8]
    let body: [UInt8]

    init(_ batch: EventBatch, _ encoder: inout SBEEncoder) throws(WireError) {
        try encoder.encode(batch)
        let prefix = batch.events.kind.topicPrefix
        // Prices and trades are of an underlying.
        topic = Array((prefix == "px." || prefix == "tr." ? prefix + "BTC." : prefix).utf8)
        body = encoder.frame
    }
}

/// A message with the moment at which it is to be sent.
struct DueFrame: Sendable {
    /// Time of day, nanoseconds.
    let due: Int64
    let frame: BusFrame
}
