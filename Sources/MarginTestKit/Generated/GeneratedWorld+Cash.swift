import MarginDomain

/// Money that comes, goes and moves.
extension GeneratedWorld {
    private var everyAsset: [GeneratedAsset] {
        [GeneratedAsset.dollar, .dollar, .stablecoin, .stablecoin, .gold, .token] + underlyings
    }

    /// An amount of an asset worth about a share of an account's wealth.
    private func amount(_ asset: GeneratedAsset, _ share: Double, _ account: GeneratedAccount) -> Money {
        asset.money(share * account.wealth / (prices[asset.id] ?? 1))
    }

    /// Deposits and withdrawals through all their stages.
    mutating func depositOrWithdraw() {
        let account = random.pick(accounts)
        let asset = random.pick(everyAsset)
        let amount = amount(asset, random.number(0.01, 0.25), account)
        let reference = newReference()
        func deposit(_ status: DepositStatus) -> Deposit {
            Deposit(
                reference: reference, account: account.id, instrument: .none, asset: asset.id, amount: amount,
                status: status)
        }
        func withdrawal(_ status: WithdrawalStatus) -> Withdrawal {
            Withdrawal(
                reference: reference, account: account.id, instrument: .none, asset: asset.id, amount: amount,
                status: status)
        }
        switch random.index(6) {
        case 0: emit(.deposit([deposit(.pending), deposit(.final)]), from: Self.cash)
        case 1: emit(.deposit([deposit(.final), deposit(.reversed)]), from: Self.cash)
        case 2: emit(.deposit([deposit(.final)]), from: Self.cash)
        case 3: emit(.withdrawal([withdrawal(.requested), withdrawal(.held)]), from: Self.cash)
        case 4: emit(.withdrawal([withdrawal(.held), withdrawal(.released)]), from: Self.cash)
        default: emit(.withdrawal([withdrawal(.held), withdrawal(.settled)]), from: Self.cash)
        }
    }

    /// Fresh dollars for an account or an isolated position, as if a call were answered.
    mutating func rescue() {
        let members = lots.keys.filter { !(lots[$0] ?? [:]).isEmpty }.sorted()
        guard !members.isEmpty else { return }
        let member = random.pick(members)
        guard let account = accounts.first(where: { $0.id == member.account }) else { return }
        let isListed = instruments.contains { $0.id == member.instrument }
        if member.instrument.isPresent, !isListed { return }
        let deposit = Deposit(
            reference: newReference(), account: member.account, instrument: member.instrument,
            asset: GeneratedAsset.dollar.id, amount: amount(.dollar, random.number(0.2, 1.5), account), status: .final)
        emit(.deposit([deposit]), from: Self.cash)
    }

    /// One of the other ways in which money or a position moves.
    mutating func moveMoney() {
        let account = random.pick(accounts)
        let asset = random.pick(everyAsset)
        let amount = amount(asset, random.number(0.001, 0.1), account)
        let signed = random.chance(0.5) ? amount : -amount
        switch random.index(8) {
        case 0:
            let other = random.pick(accounts)
            let transfer = Transfer(
                reference: newReference(), fromAccount: account.id, fromInstrument: .none, toAccount: other.id,
                toInstrument: random.chance(0.1) ? random.pick(instruments).id : .none, asset: asset.id,
                amount: amount)
            emit(.transfer([transfer]), from: Self.cash)
        case 1: payFunding()
        case 2:
            emit(
                .fee([Fee(reference: newReference(), account: account.id, asset: asset.id, amount: signed)]),
                from: Self.cash)
        case 3:
            emit(
                .interest([Interest(reference: newReference(), account: account.id, asset: asset.id, amount: signed)]),
                from: Self.cash)
        case 4:
            let fund = random.pick([Fund.insurance, .liquidation])
            let movement = FundMovement(
                reference: newReference(), fund: fund, account: account.id, asset: asset.id, amount: signed)
            emit(.fundMovement([movement]), from: Self.cash)
        case 5:
            let to = random.pick(everyAsset)
            let conversion = Conversion(
                reference: newReference(), account: account.id, fromAsset: asset.id, fromAmount: amount,
                toAsset: to.id, toAmount: self.amount(to, random.number(0.001, 0.1), account))
            emit(.conversion([conversion]), from: Self.cash)
        default: movePosition()
        }
    }

    /// Funding of one perpetual for everyone who holds it.
    private mutating func payFunding() {
        let perpetuals = instruments.filter { $0.listing.expiry == .zero }
        let instrument = random.pick(perpetuals)
        var entries: [FundingPayment] = []
        for (member, positions) in lots.sorted(by: { $0.key < $1.key }) {
            guard let held = positions[instrument.id], held != 0 else { continue }
            let mode: MarginMode = member.instrument.isPresent ? .isolated : .cross
            let amount = instrument.settlement.money(random.number(0.01, 3)).units
            entries.append(
                FundingPayment(
                    account: member.account, mode: mode, instrument: instrument.id,
                    amount: Money(held > 0 ? -amount : amount)))
        }
        emit(.fundingPayment(entries), from: Self.cash)
    }
}
