import Handover

/// Pushes numbers from a thread of its own, waiting whenever the ring is full.
actor Sender {
    nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
    private let room: Doorbell

    init(_ executor: ThreadExecutor, room: Doorbell) {
        self.executor = executor
        self.room = room
    }

    /// Returns how often a wait for room lasted longer than the limit, which only a lost wake-up can cause.
    func send(_ count: Int, to ring: consuming RingProducer<Int>) -> Int {
        var overdueCount = 0
        for number in 0..<count {
            while !ring.push(number) {
                if !room.park(timeoutMilliseconds: 20_000, unless: { ring.hasRoom }) { overdueCount += 1 }
                if overdueCount > 0 { return overdueCount }
            }
        }
        return overdueCount
    }
}

/// Pops numbers on a thread of its own, sleeping whenever the ring is empty.
actor Receiver {
    nonisolated let executor: ThreadExecutor
    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    struct Outcome: Equatable {
        var receivedCount = 0
        var outOfOrderCount = 0
        var overdueCount = 0
    }

    init(_ executor: ThreadExecutor) { self.executor = executor }

    func receive(from ring: consuming RingConsumer<Int>) -> Outcome {
        var outcome = Outcome()
        while !ring.isFinished {
            while let number = ring.pop() {
                if number != outcome.receivedCount { outcome.outOfOrderCount += 1 }
                outcome.receivedCount += 1
            }
            if !executor.park(timeoutMilliseconds: 20_000, unless: { ring.hasElement || ring.isFinished }) {
                outcome.overdueCount += 1
                return outcome
            }
        }
        return outcome
    }
}
