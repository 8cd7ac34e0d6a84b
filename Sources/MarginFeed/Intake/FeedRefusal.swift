import MarginDomain
import MarginWire

/// Why a message of the bus was not taken: a dead letter's reason.
enum FeedRefusal: Error, Equatable {
    /// A message is a topic and a body, nothing else; from three on, frames are not counted.
    case frameCount(Int)
    /// The body is not a message of the bus.
    case body(WireError)
    /// The message does not travel under this topic.
    case topic(MessageKind)
    /// Only the engine itself writes such events.
    case reservedKind(MessageKind)
    /// Source 0 is the engine itself.
    case reservedSource
    /// Sequence numbers begin at 1 and stay below 2^63.
    case sequence(SequenceNumber)
    /// Only a heartbeat has no entries.
    case noEntries(MessageKind)
    /// The sender's clock is ahead of ours by more than the tolerance.
    case fromTheFuture(field: String, ahead: Duration64)
    /// Another message with the same numbers arrived before.
    case contradiction(SourceID, SequenceNumber)
}

extension FeedRefusal: CustomStringConvertible {
    /// One sentence that names the place.
    var description: String {
        switch self {
        case .frameCount(let count): "A message has two frames, topic and body; this one has \(count)."
        case .body(let error): "\(error)"
        case .topic(let kind): "\(kind.name) travels under topics that begin with \(kind.topicPrefix) and end in a dot."
        case .reservedKind(let kind): "\(kind.name) is written by the engine itself and not taken from the bus."
        case .reservedSource: "source: 0 is the engine itself."
        case .sequence(let number): "firstSequence: \(number) is not between 1 and 2^63."
        case .noEntries(let kind): "entries: \(kind.name) needs at least one."
        case .fromTheFuture(let field, let ahead):
            "\(field): \(ahead.nanoseconds / 1_000_000) ms ahead of the wall clock, more than is tolerated."
        case .contradiction(let source, let number):
            "firstSequence: source \(source) sent another message with the number \(number) before."
        }
    }
}
