private import Glibc
import MarginDomain

/// What bots and owners ask of the exchange between steps.
extension SyntheticExchange {
    /// What a liquidated position gives up against the mark: the backstop's reward for taking it.
    static let concession = 0.003

    /// Trades an order against the house's backstop account, a little worse than the mark.
    ///
    /// It never enlarges or turns a position: a plan that is older than the position closes what is left.
    public mutating func execute(_ order: LiquidationOrder) -> (fill: LiquidationFill, message: BusMessage?) {
        do throws(OrderRefusal) {
            let listed = try tradable(order.instrument)
            let reductions = reductions(order)
            guard !reductions.isEmpty else { throw .nothingToReduce }
            let price = try price(of: listed, buying: order.quantity.lots > 0, worst: order.worstPrice)
            let backstop = TradeTicket.Party(account: SyntheticBooks.backstop, paysFee: false)
            let trades = reductions.map { member, lots in
                let mode: MarginMode = member.instrument.isPresent ? .isolated : .cross
                return write(
                    listed, lots: lots, at: price, TradeTicket.Party(account: member.account, mode: mode),
                    against: backstop, kind: .liquidation, plan: order.plan)
            }
            let message = send(trades, in: listed.instrument.underlying)
            let total = Quantity(reductions.reduce(0) { $0 + $1.lots })
            return (.filled(quantity: total, price: price, time: message.batch.header.sendingTime), message)
        } catch {
            return (.refused(error), nil)
        }
    }

    /// Pays dollars into a pool, to its first member; nil for pools that are not of these books.
    public mutating func deposit(_ deposit: OwnerDeposit) -> BusMessage? {
        guard let member = books.members(of: deposit.pool).first, deposit.value > .zero else { return nil }
        let shift = Int(catalogue.asset(Catalogue.dollar).moneyExponent.power) - Int(Value.exponent.power)
        // Dollars are counted in quanta here, so that nothing is rounded.
        precondition(shift == 0, "the dollar's smallest unit is the quantum")
        return sendCash(
            .deposit([
                Deposit(
                    reference: nextReference(), account: member.account, instrument: member.instrument,
                    asset: Catalogue.dollar, amount: Money(deposit.value.quanta), status: .final)
            ]))
    }

    private func tradable(_ id: InstrumentID) throws(OrderRefusal) -> ListedInstrument {
        guard catalogue.isListed(id) else { throw .notTradable }
        let listed = catalogue.instrument(id)
        if let expiry = listed.instrument.expiry, expiry <= now { throw .notTradable }
        return listed
    }

    /// Whose positions an order reduces, in order of member, and by how many signed lots; at most to flat.
    private func reductions(_ order: LiquidationOrder) -> [(member: Member, lots: Int64)] {
        var rest = order.quantity.lots.magnitude
        return books.members(of: order.pool).compactMap { member in
            let isMeant = order.account == AccountID(0) || order.account == member.account
            // An isolated member holds nothing but its own instrument.
            let held = positions.lots(of: member, in: order.instrument)
            guard isMeant, held.signum() * order.quantity.lots.signum() < 0, rest > 0 else { return nil }
            let lots = min(rest, held.magnitude)
            rest -= lots
            return (member, order.quantity.lots.signum() * Int64(lots))
        }
    }

    /// The mark less the concession, or the worst acceptable price if that is nearer.
    private func price(of listed: ListedInstrument, buying: Bool, worst: Price) throws(OrderRefusal) -> Price {
        let mark = market.markPrice(of: listed)
        let factor = buying ? 1 + Self.concession : 1 - Self.concession
        let offered = listed.price(market.mark(of: listed) * factor)
        guard worst > .zero else { return offered }
        guard buying ? mark <= worst : mark >= worst else { throw .beyondWorstPrice(mark: mark) }
        return buying ? min(offered, worst) : max(offered, worst)
    }
}
