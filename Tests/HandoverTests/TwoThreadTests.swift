import Handover
import Testing

@Suite(.serialized) struct TwoThreadTests {
    @Test(arguments: [(capacity: 1024, count: 1_000_000), (capacity: 1, count: 20_000), (capacity: 3, count: 50_000)])
    func `everything arrives in order, and no wake-up is lost`(capacity: Int, count: Int) async throws {
        let (sending, receiving) = (try ThreadExecutor(name: "sending"), try ThreadExecutor(name: "receiving"))
        defer {
            sending.stopAndJoin()
            receiving.stopAndJoin()
        }
        let room = try Doorbell()
        var ring = Ring<Int>(capacity: capacity, work: receiving.doorbell, room: room)
        let gauge = ring.gauge
        let (sender, receiver) = (Sender(sending, room: room), Receiver(receiving))
        let (producer, consumer) = (Box(ring.takeProducer()), Box(ring.takeConsumer()))

        async let overdue = sender.send(count, to: producer.take())
        async let outcome = receiver.receive(from: consumer.take())

        #expect(await overdue == 0)
        #expect(await outcome == Receiver.Outcome(receivedCount: count))
        #expect(gauge.pushedCount == count)
        #expect(gauge.waitingCount == 0)
    }
}
