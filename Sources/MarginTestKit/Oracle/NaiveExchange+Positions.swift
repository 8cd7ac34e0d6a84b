import MarginDomain

/// Section 3 of the rules: what moves positions.
extension NaiveExchange {
    /// A position changes hands at a price: futures and perpetuals add cost, options cost cash.
    private mutating func move(
        _ quantity: Quantity, of instrument: Instrument, costing cost: Balance, to member: Member
    ) {
        if !instrument.carriesCost { credit(-cost.units, instrument.settlementAsset, to: member) }
        change(member, instrument) { position in
            position.quantity += quantity
            if instrument.carriesCost { position.cost += cost }
        }
    }

    /// Changes a position; one whose quantity becomes zero has its cost realised and disappears.
    private mutating func change(_ member: Member, _ instrument: Instrument, by change: (inout Position) -> Void) {
        var position = holdings[member]?.positions[instrument.id] ?? Position()
        change(&position)
        if position.quantity == .zero {
            credit(-position.cost.units, instrument.settlementAsset, to: member)
            holdings[member]?.positions[instrument.id] = nil
        } else {
            holdings[member]?.positions[instrument.id] = position
        }
    }

    mutating func apply(_ trade: Trade) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[trade.instrument] else { throw .unknown }
        let buyer = Member(trade.buyer, mode: trade.buyerMode, trading: trade.instrument)
        let seller = Member(trade.seller, mode: trade.sellerMode, trading: trade.instrument)
        try check(buyer)
        try check(seller)
        if trade.quantity <= .zero { throw .outOfRange }
        guard let cost = instrument.cost(of: trade.quantity, at: trade.price) else { throw .outOfRange }
        let pools = [try pool(of: buyer), try pool(of: seller)]
        let bought = trade.kind == .bust ? -trade.quantity : trade.quantity
        let sign: Int128 = trade.kind == .bust ? -1 : 1
        move(bought, of: instrument, costing: Balance(sign * cost.units), to: buyer)
        move(-bought, of: instrument, costing: Balance(-sign * cost.units), to: seller)
        for (fee, member) in [(trade.buyerFee, buyer), (trade.sellerFee, seller)] {
            credit(-sign * Int128(fee.units), instrument.settlementAsset, to: member)
            houses[.fees, default: [:]][instrument.settlementAsset, default: 0] += sign * Int128(fee.units)
        }
        return Set(pools)
    }

    mutating func apply(_ entry: PositionTransfer) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        let giver = Member(entry.fromAccount, mode: entry.fromMode, trading: entry.instrument)
        let taker = Member(entry.toAccount, mode: entry.toMode, trading: entry.instrument)
        try check(giver)
        try check(taker)
        guard let cost = instrument.cost(of: entry.quantity, at: entry.price) else { throw .outOfRange }
        let pools = [try pool(of: giver), try pool(of: taker)]
        move(-entry.quantity, of: instrument, costing: Balance(-cost.units), to: giver)
        move(entry.quantity, of: instrument, costing: cost, to: taker)
        return Set(pools)
    }

    mutating func apply(_ entry: Delivery) throws(NaiveRefusal) -> Set<PoolID> {
        try check(entry.asset)
        return try surrender(
            entry.quantity, of: entry.instrument, by: entry.account, entry.mode, for: entry.amount, entry.asset)
    }

    mutating func apply(_ entry: Exercise) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        return try surrender(
            entry.quantity, of: entry.instrument, by: entry.account, entry.mode, for: entry.amount,
            instrument.settlementAsset)
    }

    /// A position shrinks, and an amount comes in.
    private mutating func surrender(
        _ quantity: Quantity, of id: InstrumentID, by account: AccountID, _ mode: MarginMode, for amount: Money,
        _ asset: AssetID
    ) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[id] else { throw .unknown }
        let member = Member(account, mode: mode, trading: id)
        let pool = try pool(of: member)
        change(member, instrument) { $0.quantity -= quantity }
        credit(Int128(amount.units), asset, to: member)
        houses[.custody, default: [:]][asset, default: 0] -= Int128(amount.units)
        return [pool]
    }

    /// An instrument ends at a price: every position becomes cash.
    mutating func apply(_ entry: Settlement) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        guard instrument.expiry != nil, entry.price > .zero, let underlying = market.assets[instrument.underlying]
        else { throw .outOfRange }
        for position in holdings.values.compactMap({ $0.positions[entry.instrument] })
        where !instrument.canPay(position.quantity, at: entry.price, of: underlying) { throw .outOfRange }
        var pools: Set<PoolID> = []
        for member in holdings.keys.sorted() {
            guard let position = holdings[member]?.positions[entry.instrument], let pool = memberships[member]
            else { continue }
            let payoff = instrument.payoff(of: position.quantity, at: entry.price, of: underlying)
            credit(payoff - position.cost.units, instrument.settlementAsset, to: member)
            houses[.custody, default: [:]][instrument.settlementAsset, default: 0] -= payoff
            holdings[member]?.positions[entry.instrument] = nil
            pools.insert(pool)
        }
        pools.formUnion(dropOrders(in: entry.instrument))
        market.settled.insert(entry.instrument)
        return pools
    }
}

extension Instrument {
    /// Whether position and payoff fit 64 bits. Estimated: nobody who settles is anywhere near.
    fileprivate func canPay(_ quantity: NetQuantity, at P: Price, of underlying: Asset) -> Bool {
        let q = Double(quantity.lots) * quantityExponent.scale
        let price = Double(P.ticks) * underlying.priceExponent.scale
        let ticks = price / priceExponent.scale
        let coins: Double
        switch contract {
        case .perpetual(let settlement), .future(let settlement, _):
            coins = settlement == .linear ? q * price : q / price
        case .option(let settlement, let type, let strike, _):
            let difference = price - Double(strike.ticks) * underlying.priceExponent.scale
            let intrinsic = max(0, type == .call ? difference : -difference)
            coins = settlement == .linear ? q * intrinsic : q * intrinsic / price
        }
        let isFuture = if case .future = contract { true } else { false }
        return abs(coins / moneyExponent.scale) < 0x1p63 && abs(Double(quantity.lots)) < 0x1p63
            && (!isFuture || ticks < 0x1p63)
    }

    /// What a position is worth at settlement in the smallest units of the settlement asset, before its cost.
    fileprivate func payoff(of quantity: NetQuantity, at P: Price, of underlying: Asset) -> Int128 {
        let q = quantity.lots
        switch contract {
        case .perpetual(let settlement), .future(let settlement, _):
            // P in the instrument's ticks, half to even, but never nothing.
            let shift = Int(underlying.priceExponent.power) - Int(priceExponent.power)
            let rounded =
                shift >= 0
                ? Int128(P.ticks) * PowerOfTen.integer(shift)
                : Rounding.halfToEven(Int128(P.ticks), times: 0, dividedBy: PowerOfTen.integer(-shift))
            let ticks = max(1, rounded)
            let power = Int(quantityExponent.power) - Int(moneyExponent.power)
            if settlement == .linear {
                return Rounding.down(q * ticks, from: power + Int(priceExponent.power), to: 0)
            }
            let inverse = power - Int(priceExponent.power)
            return inverse >= 0
                ? Rounding.halfToEven(-q, times: inverse, dividedBy: ticks)
                : Rounding.halfToEven(-q, times: 0, dividedBy: ticks * PowerOfTen.integer(-inverse))
        case .option(let settlement, let type, let strike, _):
            let difference = Int128(P.ticks) - Int128(strike.ticks)
            let intrinsic = max(0, type == .call ? difference : -difference)
            let power = Int(quantityExponent.power) - Int(moneyExponent.power)
            if settlement == .linear {
                return Rounding.down(q * intrinsic, from: power + Int(underlying.priceExponent.power), to: 0)
            }
            return power >= 0
                ? Rounding.down(q * intrinsic * PowerOfTen.integer(power), dividedBy: Int128(P.ticks))
                : Rounding.down(q * intrinsic, dividedBy: Int128(P.ticks) * PowerOfTen.integer(-power))
        }
    }
}
