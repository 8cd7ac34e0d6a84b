import MarginDomain
import Testing

@testable import MarginPublisher

@Suite struct StateBoardTests {
    @Test func `every state has the next number, and says whether it is committed`() {
        var board = StateBoard(epoch: Epoch(4))

        let first = board.number(Sample.pool(1, record: 7), committed: RecordNumber(7))
        let second = board.number(Sample.greeks(1), committed: RecordNumber(0))

        guard case .poolState(let pool) = first, case .accountGreeks(let greeks) = second else {
            Issue.record("A state changes its kind.")
            return
        }
        #expect((pool.streamNo, pool.epoch, pool.committed) == (StreamNumber(1), Epoch(4), true))
        #expect((greeks.streamNo, greeks.epoch, greeks.committed) == (StreamNumber(2), Epoch(4), false))
    }

    @Test func `the newest of everything is kept, members of an account apart`() {
        var board = StateBoard(epoch: Epoch(1))
        _ = board.number(Sample.pool(1, equity: 10), committed: .start)
        _ = board.number(Sample.pool(1, equity: 20), committed: .start)
        _ = board.number(Sample.greeks(5), committed: .start)
        _ = board.number(Sample.greeks(5, instrument: 9), committed: .start)

        #expect(board.pools.values.map(\.equity) == [Value(20)])
        #expect(board.members(of: AccountID(5)).map(\.instrument) == [InstrumentID(0), InstrumentID(9)])
    }
}

@Suite struct ParameterBoardTests {
    @Test func `a set in force takes back what was announced before, and both are kept until then`() {
        var board = StateBoard(epoch: Epoch(4))
        let first = board.number(Self.set(1), committed: RecordNumber(7))
        _ = board.number(Self.set(2, from: 100), committed: RecordNumber(7))
        _ = board.number(Self.set(3, from: 100), committed: RecordNumber(7))
        #expect(board.parameters.map(\.version.rawValue) == [1, 3])
        #expect(board.parameters.map(\.streamNo.rawValue) == [1, 3])
        guard case .parameterState(let state) = first else {
            Issue.record("A state changes its kind.")
            return
        }
        #expect((state.epoch, state.committed, state.values.count) == (Epoch(4), true, 1))
        #expect(first.topic == "par.1.")

        _ = board.number(Self.set(3), committed: .start)
        #expect(board.parameters.map(\.version.rawValue) == [3])
        #expect(board.parameters.map(\.committed) == [false])
    }

    @Test func `what recovery found is said again, and a snapshot has it`() {
        var start = PublisherStart(log: LogID(1), epoch: Epoch(2))
        start.parameters = [Self.set(1), Self.set(2, from: 100)]
        var state = PublisherState(PublisherConfiguration(), from: start)

        let said = state.takeStates(committed: RecordNumber(9))
        #expect(said.map(\.topic) == ["par.1.", "par.2."])
        #expect(state.board.parameters.map(\.version.rawValue) == [1, 2])
    }

    @Test func `the pages of a set stay together, and the first of the next set takes all their places`() {
        var board = StateBoard(epoch: Epoch(3))
        for page in 0..<2 as Range<UInt16> {
            var state = Self.set(1)
            (state.page, state.pageCount) = (page, 2)
            _ = board.number(state, committed: RecordNumber(9))
        }
        #expect(board.parameters.map(\.page) == [0, 1])
        _ = board.number(Self.set(2), committed: RecordNumber(9))
        #expect(board.parameters.map(\.version.rawValue) == [2])
    }

    private static func set(_ version: UInt32, from takesEffect: Int64 = 0) -> ParameterState {
        ParameterState(
            streamNo: .start, epoch: Epoch(0), record: RecordNumber(7), committed: false, eventTime: .zero,
            version: ParameterVersion(version), base: ParameterVersion(1), previous: ParameterVersion(0),
            reason: .market, takesEffect: Timestamp(takesEffect), page: 0, pageCount: 1,
            values: [
                ParameterValue(
                    key: Symbol(ascii: "kappa"), asset: AssetID(0), index: 0, value: Ratio(1), model: .empty,
                    table: .empty, text: .empty)
            ])
    }
}

@Suite struct TopicTests {
    @Test func `a topic is a family and an id, each ending in a dot`() {
        #expect(OutboundMessage.signal(Sample.signal(1, pool: 17)).topic == "sig.17.")
        #expect(OutboundMessage.poolState(Sample.pool(17)).topic == "pool.17.")
        #expect(OutboundMessage.accountGreeks(Sample.greeks(3)).topic == "acct.3.")
    }

    @Test(arguments: ["sig.", "pool.", "pool.17.", "acct.18446744073709551615.", "par.", "par.2147483649.", "hb."])
    func `a family or one topic is a prefix`(text: String) {
        #expect(TopicPrefix(text) != nil)
    }

    @Test(arguments: ["", ".", "pool", "pool.1", "pool.01.", "pool..", "pool.1.2.", "hb.1.", "px."])
    func `anything else is not`(text: String) {
        #expect(TopicPrefix(text) == nil)
    }
}
