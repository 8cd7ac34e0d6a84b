import Handover
import Testing

@Suite struct RingTests {
    @Test func `elements come out in the order they went in`() throws {
        var ring = Ring<Int>(capacity: 3, work: try Doorbell())
        var producer = ring.takeProducer()
        var consumer = ring.takeConsumer()

        var popped: [Int] = []
        for start in stride(from: 0, to: 30, by: 3) {
            for number in start..<start + 3 { #expect(producer.push(number) == true) }
            while let number = consumer.pop() { popped.append(number) }
        }

        #expect(popped == Array(0..<30))
    }

    @Test func `a full ring refuses, counts, and accepts again after a pop`() throws {
        var ring = Ring<String>(capacity: 3, work: try Doorbell())
        let gauge = ring.gauge
        var producer = ring.takeProducer()
        var consumer = ring.takeConsumer()

        let answers = ["a", "b", "c", "d"].map { producer.push($0) }

        #expect(answers == [true, true, true, false])
        #expect(producer.hasRoom == false)
        #expect(gauge.refusedCount == 1)
        #expect(gauge.waitingCount == 3)
        #expect(consumer.pop() == "a")
        #expect(producer.hasRoom == true)
        #expect(producer.push("d") == true)
        #expect((gauge.pushedCount, gauge.poppedCount) == (4, 1))
    }

    @Test func `a ring is finished when the producer is gone and nothing waits`() throws {
        var ring = Ring<Int>(capacity: 4, work: try Doorbell())
        var consumer = ring.takeConsumer()

        do {
            var producer = ring.takeProducer()
            #expect(producer.push(7) == true)
            #expect(consumer.isFinished == false)
        }

        #expect(consumer.isFinished == false)
        #expect(consumer.pop() == 7)
        #expect(consumer.isFinished == true)
    }

    @Test func `a ring is abandoned when the consumer is gone, and the waiting producer is woken`() throws {
        let room = try Doorbell()
        var ring = Ring<Int>(capacity: 1, work: try Doorbell(), room: room)
        var producer = ring.takeProducer()
        var consumer: RingConsumer<Int>? = ring.takeConsumer()
        #expect(producer.push(1) == true)
        #expect(producer.isAbandoned == false)

        let isAwake = room.park(timeoutMilliseconds: 20_000) {
            _ = consumer.take()
            return false
        }

        #expect(isAwake)
        #expect(producer.isAbandoned == true)
        #expect(producer.push(2) == false)
    }

    @Test func `elements that nobody popped are released with the ring`() throws {
        final class Payload: Sendable {}
        weak var waiting: Payload?
        weak var taken: Payload?

        do {
            var ring = Ring<Payload>(capacity: 4, work: try Doorbell())
            var producer = ring.takeProducer()
            var consumer = ring.takeConsumer()
            let (first, second) = (Payload(), Payload())
            (taken, waiting) = (first, second)
            #expect(producer.push(first) == true)
            #expect(producer.push(second) == true)
            _ = consumer.pop()
            #expect(waiting != nil)
        }

        #expect(taken == nil)
        #expect(waiting == nil)
    }

    @Test func `an end can be taken once only`() async {
        await #expect(processExitsWith: .failure) {
            var ring = Ring<Int>(capacity: 1, work: try Doorbell())
            _ = ring.takeProducer()
            _ = ring.takeProducer()
        }
    }
}
