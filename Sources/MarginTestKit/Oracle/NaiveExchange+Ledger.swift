import MarginDomain

/// Section 3 of the rules: what moves balances.
extension NaiveExchange {
    /// The ledger entries, and those that change nothing here.
    mutating func applyLedger(_ events: EventGroup) {
        switch events {
        case .trade(let entries):
            ledger(entries, .trade) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .orderUpdate(let entries):
            ledger(entries, .order) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .positionTransfer(let entries):
            ledger(entries, .trade) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .delivery(let entries):
            ledger(entries, .trade) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .exercise(let entries):
            ledger(entries, .trade) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .settlement(let entries):
            ledger(entries, .trade) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .deposit(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .withdrawal(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .transfer(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .fundingPayment(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        case .fee(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in
                try state.pay(Int128(-entry.amount.units), entry.asset, to: Member(entry.account), from: .fees)
            }
        case .interest(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in
                try state.pay(
                    Int128(entry.amount.units), entry.asset, to: Member(entry.account), from: .fundingClearing)
            }
        case .fundMovement(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in
                try state.pay(Int128(entry.amount.units), entry.asset, to: Member(entry.account), from: entry.fund)
            }
        case .conversion(let entries):
            ledger(entries, .cash) { state, entry throws(NaiveRefusal) in try state.apply(entry) }
        default: break
        }
    }

    /// The pool of a member, which comes into being if it may.
    mutating func pool(of member: Member) throws(NaiveRefusal) -> PoolID {
        guard let account = accounts[member.account] else { throw .unknown }
        if member.instrument.isPresent, market.instruments[member.instrument] == nil { throw .unknown }
        create(member, account)
        guard let pool = memberships[member] else { throw .unknown }
        return pool
    }

    /// Refuses a member whose account or isolated instrument is unknown.
    func check(_ member: Member) throws(NaiveRefusal) {
        if accounts[member.account] == nil { throw .unknown }
        if member.instrument.isPresent, market.instruments[member.instrument] == nil { throw .unknown }
    }

    func check(_ asset: AssetID) throws(NaiveRefusal) {
        if market.assets[asset] == nil { throw .unknown }
    }

    /// Adds to a balance.
    mutating func credit(_ units: Int128, _ asset: AssetID, to member: Member) {
        holdings[member, default: NaiveHoldings()].balances[asset, default: .zero].units += units
    }

    /// Pays a member out of a house account, whose balance takes the opposite.
    mutating func pay(
        _ units: Int128, _ asset: AssetID, to member: Member, from fund: Fund
    ) throws(NaiveRefusal) -> Set<PoolID> {
        try check(asset)
        let pool = try pool(of: member)
        credit(units, asset, to: member)
        houses[fund, default: [:]][asset, default: 0] -= units
        return [pool]
    }

    private mutating func apply(_ entry: Deposit) throws(NaiveRefusal) -> Set<PoolID> {
        let member = Member(entry.account, isolated: entry.instrument)
        let amount = Int128(entry.amount.units)
        switch entry.status {
        case .final: return try pay(amount, entry.asset, to: member, from: .custody)
        case .reversed: return try pay(-amount, entry.asset, to: member, from: .custody)
        case .pending:
            try check(member)
            try check(entry.asset)
            return []
        }
    }

    private mutating func apply(_ entry: Withdrawal) throws(NaiveRefusal) -> Set<PoolID> {
        let member = Member(entry.account, isolated: entry.instrument)
        let amount = Int128(entry.amount.units)
        switch entry.status {
        case .held: return try pay(-amount, entry.asset, to: member, from: .custody)
        case .released: return try pay(amount, entry.asset, to: member, from: .custody)
        case .requested, .settled:
            try check(member)
            try check(entry.asset)
            return []
        }
    }

    private mutating func apply(_ entry: Transfer) throws(NaiveRefusal) -> Set<PoolID> {
        let from = Member(entry.fromAccount, isolated: entry.fromInstrument)
        let to = Member(entry.toAccount, isolated: entry.toInstrument)
        try check(entry.asset)
        try check(from)
        try check(to)
        let pools = [try pool(of: from), try pool(of: to)]
        credit(-Int128(entry.amount.units), entry.asset, to: from)
        credit(Int128(entry.amount.units), entry.asset, to: to)
        return Set(pools)
    }

    private mutating func apply(_ entry: FundingPayment) throws(NaiveRefusal) -> Set<PoolID> {
        guard let instrument = market.instruments[entry.instrument] else { throw .unknown }
        let member = Member(entry.account, mode: entry.mode, trading: entry.instrument)
        return try pay(
            Int128(entry.amount.units), instrument.settlementAsset, to: member, from: .fundingClearing)
    }

    private mutating func apply(_ entry: Conversion) throws(NaiveRefusal) -> Set<PoolID> {
        try check(entry.fromAsset)
        try check(entry.toAsset)
        let member = Member(entry.account)
        let pools = try pay(-Int128(entry.fromAmount.units), entry.fromAsset, to: member, from: .custody)
        return try pools.union(
            pay(Int128(entry.toAmount.units), entry.toAsset, to: member, from: .custody))
    }
}
