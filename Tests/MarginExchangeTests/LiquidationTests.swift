import MarginDomain
import Testing

@testable import MarginExchange

@Suite struct LiquidationTests {
    /// An exchange and the first cross position in the dollar perpetual.
    private func opened() throws -> (SyntheticExchange, Member, ListedInstrument, Int64) {
        var exchange = try smallExchange()
        _ = exchange.open()
        let listed = exchange.catalogue.instruments[0]
        let member = try #require(
            exchange.positions.holders(of: listed.id).first {
                !$0.instrument.isPresent && exchange.shape(of: $0.account) == .directional
            })
        return (exchange, member, listed, exchange.positions.lots(of: member, in: listed.id))
    }

    private func order(_ member: Member, _ listed: ListedInstrument, lots: Int64, worst: Price = .zero)
        -> LiquidationOrder
    {
        LiquidationOrder(
            pool: PoolID(member.account.rawValue), plan: PlanID(4), account: member.account, instrument: listed.id,
            quantity: Quantity(lots), worstPrice: worst)
    }

    @Test func `a slice trades against the backstop a little worse than the mark`() throws {
        var (exchange, member, listed, lots) = try opened()
        let mark = exchange.market.markPrice(of: listed)

        let (fill, message) = exchange.execute(order(member, listed, lots: -lots))

        let sent = try #require(message)
        let trade = try #require([sent].trades.first)
        #expect(fill == .filled(quantity: Quantity(-lots), price: trade.price, time: sent.batch.header.sendingTime))
        #expect(trade.kind == .liquidation && trade.plan == PlanID(4))
        #expect((lots > 0 ? trade.buyer : trade.seller) == SyntheticBooks.backstop)
        #expect(lots > 0 ? trade.price < mark : trade.price > mark)
        #expect(exchange.positions.lots(of: member, in: listed.id) == 0)
    }

    @Test func `a slice never turns a position`() throws {
        var (exchange, member, listed, lots) = try opened()

        _ = exchange.execute(order(member, listed, lots: -3 * lots))

        #expect(exchange.positions.lots(of: member, in: listed.id) == 0)
        let (fill, _) = exchange.execute(order(member, listed, lots: -lots))
        #expect(fill == .refused(.nothingToReduce))
    }

    @Test func `a slice that would enlarge a position is refused`() throws {
        var (exchange, member, listed, lots) = try opened()

        let (fill, _) = exchange.execute(order(member, listed, lots: lots))

        #expect(fill == .refused(.nothingToReduce))
    }

    @Test func `a slice does not trade beyond its worst price`() throws {
        var (exchange, member, listed, lots) = try opened()
        let mark = exchange.market.markPrice(of: listed)
        let beyond = Price(mark.ticks + lots.signum() * 100)

        let (fill, message) = exchange.execute(order(member, listed, lots: -lots, worst: beyond))

        #expect(fill == .refused(.beyondWorstPrice(mark: mark)))
        #expect(message == nil)
        let (second, _) = exchange.execute(order(member, listed, lots: -lots, worst: mark))
        guard case .filled(_, let price, _) = second else {
            Issue.record("the mark itself is acceptable")
            return
        }
        #expect(price == mark)
    }

    @Test func `a slice that names no account reduces the pool's members in turn`() throws {
        var exchange = try smallExchange(accountCount: 400)
        _ = exchange.open()
        let pool = try #require(exchange.books.accounts.compactMap(\.sharedPool).first)
        let members = exchange.books.members(of: pool)
        let member = try #require(members.first { !exchange.positions.instruments(of: $0).isEmpty })
        let instrument = exchange.positions.instruments(of: member)[0]
        let sign = exchange.positions.lots(of: member, in: instrument).signum()
        func held(_ exchange: SyntheticExchange) -> [Int64] {
            members.map { exchange.positions.lots(of: $0, in: instrument) * sign }
        }
        let total = held(exchange).filter { $0 > 0 }.reduce(0, +)

        let (fill, message) = exchange.execute(
            LiquidationOrder(
                pool: pool, plan: PlanID(1), account: AccountID(0), instrument: instrument,
                quantity: Quantity(-sign * (total + 10)), worstPrice: .zero))

        guard case .filled(let quantity, _, _) = fill else {
            Issue.record("refused: \(fill)")
            return
        }
        #expect(quantity == Quantity(-sign * total))
        #expect(held(exchange).allSatisfy { $0 <= 0 })
        let sent = try #require(message)
        #expect([sent].trades.allSatisfy { $0.quantity > .zero && $0.kind == .liquidation })
    }

    @Test func `an isolated position is reduced in its own pool`() throws {
        var exchange = try smallExchange()
        _ = exchange.open()
        let account = try #require(exchange.books.accounts.first { $0.shape == .isolated })
        let leg = try #require(account.legs.first)
        let order = LiquidationOrder(
            pool: PoolID.isolated(account.account, leg.instrument), plan: PlanID(1), account: account.account,
            instrument: leg.instrument, quantity: Quantity(-leg.lots), worstPrice: .zero)

        let (_, message) = exchange.execute(order)

        let sent = try #require(message)
        let trade = try #require([sent].trades.first)
        #expect((leg.lots > 0 ? trade.sellerMode : trade.buyerMode) == .isolated)
        let member = Member(account.account, isolated: leg.instrument)
        #expect(exchange.positions.lots(of: member, in: leg.instrument) == 0)
    }

    @Test func `a deposit reaches the pool's member`() throws {
        var exchange = try smallExchange()
        _ = exchange.open()
        let account = try #require(exchange.books.accounts.first { $0.shape == .isolated })
        let leg = try #require(account.legs.first)
        let pool = PoolID.isolated(account.account, leg.instrument)

        let message = exchange.deposit(OwnerDeposit(pool: pool, value: Value(5_000_000)))

        let sent = try #require(message)
        let deposit = try #require([sent].deposits.first)
        #expect(deposit.account == account.account && deposit.instrument == leg.instrument)
        #expect(deposit.amount == Money(5_000_000) && deposit.status == .final)
        let unknown = exchange.deposit(OwnerDeposit(pool: PoolID(1), value: Value(1)))
        #expect(unknown == nil)
    }

    @Test func `about half of the owners ride it out`() {
        let habits = (10_000..<12_000).map { OwnerHabit(of: PoolID($0)) }
        let riding = habits.filter { $0 == .rides }.count

        #expect((900...1_100).contains(riding))
        #expect(Set(habits.map { "\($0)" }).count == 3)
    }
}
