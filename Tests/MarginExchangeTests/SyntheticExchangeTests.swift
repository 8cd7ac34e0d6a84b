import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct SyntheticExchangeTests {
    @Test func `the same seed gives the same stream`() throws {
        func stream(seed: UInt64) throws -> [BusMessage] {
            var exchange = try smallExchange(seed: seed)
            return exchange.stream(stepCount: 120)
        }
        let first = try stream(seed: 7)

        #expect(try stream(seed: 7) == first)
        #expect(try stream(seed: 8) != first)
    }

    @Test func `every source counts without gaps and sends later and later`() throws {
        var exchange = try smallExchange()
        var next: [SourceID: SequenceNumber] = [:]
        var time = Timestamp.zero

        for message in exchange.stream(stepCount: 120) {
            let header = message.batch.header
            #expect(header.firstSequence == next[header.source, default: SequenceNumber(1)])
            #expect(header.sendingTime > time)
            time = header.sendingTime
            if message.batch.events.kind == .sourceHeartbeat { continue }
            next[header.source] = header.firstSequence.advanced(by: message.batch.events.count)
        }

        #expect(next.keys.sorted() == [1, 2, 102, 103, 104, 105, 107, 203, 204, 205].map { SourceID($0) })
    }

    @Test func `messages travel under the topics of their kind`() throws {
        var exchange = try smallExchange()

        for message in exchange.stream(stepCount: 60) {
            #expect(message.topic.hasPrefix(message.batch.events.kind.topicPrefix))
            #expect(message.topic.hasSuffix("."))
        }
    }

    @Test func `no source is silent for longer than a heartbeat`() throws {
        var exchange = try smallExchange()
        _ = exchange.open()
        var last: [SourceID: Timestamp] = [:]

        for step in 1...60 {
            for message in exchange.step() { last[message.batch.header.source] = message.batch.header.sendingTime }
            #expect(last.count == 10)
            for (source, time) in last {
                #expect((exchange.now - time) < .milliseconds(100), "source \(source) at step \(step)")
            }
        }
    }

    @Test func `nothing is used before it is known, and nobody trades without money`() throws {
        var exchange = try smallExchange()
        var accounts: Set<AccountID> = []
        var funded: Set<AccountID> = []
        var members: Set<Member> = []
        var instruments: Set<InstrumentID> = []
        var priced: Set<AssetID> = []

        for message in exchange.stream(stepCount: 60) {
            switch message.batch.events {
            case .instrumentListed(let entries): instruments.formUnion(entries.map(\.instrument))
            case .indexPrice(let entries): priced.formUnion(entries.map(\.underlying))
            case .accountOpened(let entries): accounts.formUnion(entries.map(\.account))
            case .deposit(let entries):
                #expect(entries.allSatisfy { accounts.contains($0.account) && $0.amount > .zero })
                funded.formUnion(entries.map(\.account))
            case .poolMembership(let entries): #expect(entries.allSatisfy { accounts.contains($0.account) })
            case .transfer(let entries):
                #expect(entries.allSatisfy { funded.contains($0.fromAccount) && $0.amount > .zero })
                members.formUnion(entries.map { Member($0.toAccount, isolated: $0.toInstrument) })
            case .trade(let entries):
                for trade in entries {
                    #expect(instruments.contains(trade.instrument) && trade.quantity > .zero && trade.price > .zero)
                    #expect(priced.contains(exchange.catalogue.instrument(trade.instrument).instrument.underlying))
                    #expect(funded.contains(trade.buyer) && funded.contains(trade.seller))
                    for (account, mode) in [(trade.buyer, trade.buyerMode), (trade.seller, trade.sellerMode)] {
                        let member = Member(account, mode: mode, trading: trade.instrument)
                        #expect(mode == .cross || members.contains(member))
                    }
                }
            default: break
            }
        }
        #expect(accounts.count >= 220)
    }

    @Test func `every position nets to zero, whatever happens`() throws {
        var exchange = try smallExchange()
        _ = exchange.stream(stepCount: 60)
        let listed = exchange.catalogue.instruments[0]
        for holder in exchange.positions.holders(of: listed.id) {
            let lots = exchange.positions.lots(of: holder, in: listed.id)
            let order = LiquidationOrder(
                pool: PoolID(holder.account.rawValue), plan: PlanID(1), account: holder.account, instrument: listed.id,
                quantity: Quantity(-lots / 2), worstPrice: .zero)
            _ = exchange.execute(order)
        }

        for instrument in exchange.catalogue.instruments {
            #expect(exchange.positions.netLots(in: instrument.id) == 0)
        }
    }

    @Test func `books are of every shape`() throws {
        let exchange = try smallExchange(accountCount: 2_000)
        let shapes = Dictionary(grouping: exchange.books.accounts, by: \.shape).mapValues(\.count)

        for shape in BookShape.allCases { #expect((shapes[shape] ?? 0) > 0, "\(shape)") }
        #expect(exchange.books.accounts.count >= 2_000 && exchange.books.accounts.count < 2_003)
    }
}
