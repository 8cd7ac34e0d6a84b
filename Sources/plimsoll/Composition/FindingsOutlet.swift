import Handover
import MarginDomain
import MarginEngine
import MarginPublisher

/// Behind the engine, on its thread: findings go to the publisher, signals also to the projection.
struct FindingsOutlet: ~Copyable, EngineOutlet {
    private var publisher: Inlet<PublisherInput>
    private var projection: Inlet<[Signal]>

    init(publisher: consuming Inlet<PublisherInput>, projection: consuming Inlet<[Signal]>) {
        self.publisher = publisher
        self.projection = projection
    }

    mutating func take(_ batch: SignalBatch) {
        publisher.push(.batch(batch))
        if !batch.signals.isEmpty { projection.push(batch.signals) }
    }

    mutating func take(_ reply: QueryReply) { publisher.push(.reply(reply)) }
}
