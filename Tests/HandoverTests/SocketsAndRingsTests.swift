import Handover
import Testing
import ZeroMQ

@Suite struct SocketsAndRingsTests {
    /// Sleeps in one place for its socket, its ring and its callers.
    actor Station {
        nonisolated let executor: ThreadExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private let socket: Socket
        private var ring: RingConsumer<UInt8>
        private var message = Message()
        private(set) var overdueCount = 0

        init(_ executor: ThreadExecutor, socket: consuming sending Socket, ring: consuming RingConsumer<UInt8>) {
            self.executor = executor
            self.socket = socket
            self.ring = ring
        }

        /// Echoes every frame of the socket, and sends every byte of the ring, until the ring is finished.
        func run() async throws {
            var poller = Poller()
            _ = poller.watch(socket)
            _ = poller.watch(fileDescriptor: executor.doorbell.fileDescriptor)
            while !ring.isFinished {
                if executor.hasWaitingJobs { await Task.yield() }
                while try socket.tryReceive(into: &message) { try socket.send(message.bytes) }
                while let byte = ring.pop() { try socket.send([byte]) }
                try executor.doorbell.park(unless: { executor.hasWaitingJobs || ring.hasElement || ring.isFinished }) {
                    () throws(ZeroMQError) in
                    if try poller.wait(timeoutMilliseconds: 20_000) == 0 { overdueCount += 1 }
                }
            }
        }
    }

    @Test func `one thread serves a socket, a ring and an actor's callers`() async throws {
        let context = try ZeroMQContext()
        let near = try Socket(.pair, in: context)
        let far = try Socket(.pair, in: context)
        try near.bind("inproc://station")
        try far.connect("inproc://station")
        let executor = try ThreadExecutor(name: "station")
        defer { executor.stopAndJoin() }
        var ring = Ring<UInt8>(capacity: 4, work: executor.doorbell)
        let gauge = ring.gauge
        let station = Station(executor, socket: near, ring: ring.takeConsumer())
        let running = Task { try await station.run() }
        var message = Message()

        do {
            var producer = ring.takeProducer()
            for round in 0..<UInt8(200) {
                try far.send([round, 1])
                try far.receive(into: &message)
                #expect(message.bytes.withUnsafeBytes(Array.init) == [round, 1])
                #expect(producer.push(round) == true)
                try far.receive(into: &message)
                #expect(message.bytes.withUnsafeBytes(Array.init) == [round])
                #expect(await station.overdueCount == 0)
            }
        }

        try await running.value
        #expect(gauge.poppedCount == 200)
    }
}
