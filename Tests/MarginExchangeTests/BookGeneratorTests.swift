import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct BookGeneratorTests {
    @Test func `the same size and seed give the same batches`() throws {
        func everything() throws -> [EventBatch] {
            var generator = try BookGenerator(poolCount: 20, positionsPerPool: 10)
            return generator.opening() + generator.ticks(count: 30) + generator.load(frameCount: 20)
        }

        #expect(try everything() == everything())
    }

    @Test(arguments: [1, 2, 4]) func `every pool has so many positions over so many underlyings`(count: Int) throws {
        var generator = try BookGenerator(poolCount: 30, positionsPerPool: 10, underlyingCount: count)
        var positions = OpenPositions()
        for batch in generator.opening() {
            if case .trade(let trades) = batch.events { for trade in trades { positions.apply(trade) } }
        }

        for number in 0..<30 {
            let member = Member(AccountID(1_000_000 + UInt64(number)))
            #expect(positions.instruments(of: member).count == 10)
        }
        let underlyings = Set(generator.catalogue.instruments.map(\.instrument.underlying))
        #expect(underlyings.count == count)
        #expect(generator.catalogue.instruments.allSatisfy { positions.netLots(in: $0.id) == 0 })
    }

    @Test func `sequences go on from part to part`() throws {
        var generator = try BookGenerator(poolCount: 10, positionsPerPool: 3)
        var next: [SourceID: SequenceNumber] = [:]

        for batch in generator.opening() + generator.ticks(count: 10) + generator.load(frameCount: 30) {
            #expect(batch.header.firstSequence == next[batch.header.source, default: SequenceNumber(1)])
            next[batch.header.source] = batch.header.firstSequence.advanced(by: batch.events.count)
        }
    }

    @Test func `load is one frame of trades to nine of prices, all full`() throws {
        var generator = try BookGenerator(poolCount: 10, positionsPerPool: 3)
        _ = generator.opening()

        let load = generator.load(frameCount: 100)

        #expect(load.filter { $0.events.kind == .trade }.count == 10)
        #expect(load.filter { $0.events.kind == .indexPrice }.count == 90)
        #expect(load.allSatisfy { $0.events.count == 64 })
    }

    @Test func `more underlyings than are known are refused`() {
        #expect(throws: ExchangeError.tooManyUnderlyings(wanted: 9, available: 4)) {
            try BookGenerator(poolCount: 1, positionsPerPool: 1, underlyingCount: 9)
        }
    }
}
