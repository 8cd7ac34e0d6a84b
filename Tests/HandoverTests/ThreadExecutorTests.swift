import Handover
import Testing

@Suite struct ThreadExecutorTests {
    actor Tally {
        nonisolated let executor: ThreadExecutor
        nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }
        private var sum = 0
        private var isOpen = true

        init(_ executor: ThreadExecutor) { self.executor = executor }

        func add(_ number: Int) -> Bool {
            sum += number
            return executor.isIsolatingCurrentContext() == true
        }

        func total() -> Int { sum }

        func close() { isOpen = false }

        /// The loop of a shard: sleeps when idle, and lets other calls in.
        ///
        /// Returns how often it slept longer than the limit, which only a lost wake-up can cause.
        func run() async -> Int {
            var overdueCount = 0
            while isOpen {
                if executor.hasWaitingJobs {
                    await Task.yield()
                } else if !executor.park(timeoutMilliseconds: 20_000, unless: { false }) {
                    overdueCount += 1
                }
            }
            return overdueCount
        }
    }

    @Test func `calls from many tasks run one at a time on the executor's own thread`() async throws {
        let executor = try ThreadExecutor(name: "tally")
        defer { executor.stopAndJoin() }
        let tally = Tally(executor)

        let onThread = await withTaskGroup(of: Bool.self) { group in
            for number in 1...1000 { group.addTask { await tally.add(number) } }
            return await group.reduce(true) { $0 && $1 }
        }

        #expect(onThread)
        #expect(await tally.total() == 500_500)
        #expect(executor.isIsolatingCurrentContext() == false)
    }

    @Test func `a running loop lets calls in while it sleeps`() async throws {
        let executor = try ThreadExecutor(name: "loop")
        defer { executor.stopAndJoin() }
        let tally = Tally(executor)
        async let overdueCount = tally.run()

        for number in 1...1000 { _ = await tally.add(number) }
        #expect(await tally.total() == 500_500)

        await tally.close()
        #expect(await overdueCount == 0)
    }

    @Test func `stopping twice is harmless`() throws {
        let executor = try ThreadExecutor(name: "twice")

        executor.stopAndJoin()
        executor.stopAndJoin()
    }

    @Test func `calling an actor after its thread was stopped is a programmer's error`() async {
        await #expect(processExitsWith: .failure) {
            let executor = try ThreadExecutor(name: "stopped")
            let tally = Tally(executor)
            executor.stopAndJoin()
            _ = await tally.add(1)
        }
    }
}
