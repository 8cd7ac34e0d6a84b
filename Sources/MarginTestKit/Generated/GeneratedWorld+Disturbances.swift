import MarginDomain

/// What changes around the pools: memberships, trust, parameters; and entries that must be refused.
extension GeneratedWorld {
    /// A member joins a pool of its owner, or leaves it; some attempts are not allowed.
    mutating func changeMembership() {
        let account = random.pick(accounts)
        let isolated = lots.keys.filter { $0.account == account.id && $0.instrument.isPresent }.sorted()
        let member = !isolated.isEmpty && random.chance(0.3) ? random.pick(isolated) : Member(account.id)
        let leaves = joined[member] != nil && random.chance(0.5)
        var pool = joined[member] ?? PoolID(nextPool)
        if !leaves {
            let companions = joined.filter { owner(of: $0.key) == account.owner }.values.sorted()
            if random.chance(0.05) {
                pool = random.pick(accounts).pool
            } else if companions.isEmpty || random.chance(0.2) {
                nextPool += 1
                pool = PoolID(nextPool)
            } else {
                pool = random.pick(companions)
            }
        }
        let agreement = random.chance(0.04) ? AgreementID(2) : AgreementID(1)
        let entry = PoolMembership(
            account: member.account, instrument: member.instrument, pool: pool, agreement: agreement,
            action: leaves ? .leave : .join, contribution: .zero, pledge: .zero)
        emit(.poolMembership([entry]), from: Self.reference)
        if agreement == AgreementID(1) { joined[member] = leaves ? nil : pool }
    }

    private func owner(of member: Member) -> OwnerID? { accounts.first { $0.id == member.account }?.owner }

    /// A source of prices falls silent, or one comes back; silence does not last.
    mutating func changeTrust() {
        let sources = (underlyings.map { Self.source(of: $0) } + [Self.trading])
        let returning = silent.sorted()
        let source = !returning.isEmpty && random.chance(0.8) ? random.pick(returning) : random.pick(sources)
        let isReturning = silent.contains(source)
        if isReturning { silent.remove(source) } else { silent.insert(source) }
        let entry = SourceSilent(
            subject: source, subjectEpoch: Epoch(1), lastSequence: sequences[source] ?? SequenceNumber(0),
            reason: isReturning ? .resumed : random.pick([.heartbeatMissed, .gap]))
        emit(.sourceSilent([entry]), from: .engine)
    }

    func parameter(
        _ key: String, _ value: Double, _ asset: AssetID = AssetID(0), index: UInt16 = 0,
        status: ParameterStatus = .effective
    ) -> RiskParameters {
        guard let name = Symbol(key) else { preconditionFailure("\(key) is no symbol") }
        return RiskParameters(
            version: ParameterVersion(parameterVersion), status: status, key: name, asset: asset, index: index,
            value: value == .infinity ? Ratio(.max) : Ratio(decimal: value), last: false)
    }

    func ended(_ entries: [RiskParameters]) -> [RiskParameters] {
        var entries = entries
        if !entries.isEmpty { entries[entries.count - 1].last = true }
        return entries
    }

    /// Terms of every underlying and of the collateral; the shared ones stay as they are from the start.
    mutating func fullParameters() -> [RiskParameters] {
        parameterVersion += 1
        let tension = random.number(0.9, 1.15)
        var entries: [RiskParameters] = []
        let terms: [(Double, Double, Double, Double)] = [
            (0.16, 1, 0.005, 0.05), (0.20, 1, 0.005, 0.05), (0.30, 2, 0.01, 0.10), (0.35, 8, 0.01, 0.10),
        ]
        // The last underlying is named only later.
        let named = parameterVersion > 1 ? underlyings + [.unmargined] : underlyings
        for (asset, (range, window, floor, perYear)) in zip(
            named, terms.prefix(underlyings.count) + [(0.5, 8, 0.02, 0.2)])
        {
            entries += [
                parameter("range", range * tension, asset.id), parameter("window", window, asset.id),
                parameter("basisFloor", floor, asset.id), parameter("basisPerYear", perYear, asset.id),
            ]
        }
        let gold = GeneratedAsset.gold.id
        for (index, (bound, haircut)) in [(50_000, 0.05), (500_000, 0.1), (.infinity, 0.4)].enumerated() {
            entries.append(parameter("tierBound", bound, gold, index: UInt16(index)))
            entries.append(parameter("tierHaircut", haircut, gold, index: UInt16(index)))
        }
        entries.append(parameter("liabilityHaircut", 0.1, gold))
        entries.append(parameter("initialHaircut", 0.05, gold))
        return ended(entries)
    }

    /// A new set: whole, a single value, one that is only proposed, or one that is refused.
    mutating func changeParameters() {
        switch random.index(4) {
        case 0: emit(.riskParameters(fullParameters()), from: Self.reference)
        case 1:
            parameterVersion += 1
            let change = random.pick([
                ("kappa", 0.7), ("kappa", 0.8), ("volUp", 0.5), ("volUp", 0.6), ("maintenance", 0.75),
                ("maintenance", 0.8), ("warningFactor", 1.3), ("nakedShort", 0.004), ("skewCap", 0.15),
                ("confidenceThreshold", 0.8), ("slowPricePerSecond", 0.00001), ("slowPriceBand", 0.002),
            ])
            emit(.riskParameters(ended([parameter(change.0, change.1)])), from: Self.reference)
        case 2:
            parameterVersion += 1
            emit(.riskParameters(ended([parameter("kappa", 0.1, status: .proposed)])), from: Self.reference)
        default:
            emit(
                .riskParameters(ended([parameter("volUp", 2), parameter("noSuchName", 1)])), from: Self.reference)
        }
    }

    /// Entries that name the unknown, contradict, or come late or early, or have no effect on margin: they change nothing.
    mutating func misbehave() {
        let asset = random.pick(underlyings)
        switch random.index(7) {
        case 0:
            let entry = MarkPrice(instrument: InstrumentID(999_999), price: Price(1), publishTime: time)
            emit(.markPrice([entry]), from: Self.source(of: asset))
        case 1:
            let old = Timestamp(time.nanoseconds - 400 * Self.hour)
            let entry = IndexPrice(
                underlying: asset.id, price: Price(1), confidence: Ratio(decimal: 1), publishTime: old)
            emit(.indexPrice([entry]), from: Self.source(of: asset))
        case 2:
            let early = Timestamp(time.nanoseconds + 5 * Duration64.perSecond)
            let entry = IndexPrice(
                underlying: asset.id, price: Price(1), confidence: Ratio(decimal: 1), publishTime: early)
            emit(.indexPrice([entry]), from: Self.source(of: asset))
        case 3:
            let entry = Deposit(
                reference: newReference(), account: AccountID(777_777), instrument: .none,
                asset: GeneratedAsset.dollar.id, amount: Money(1), status: .final)
            emit(.deposit([entry]), from: Self.cash)
        case 4:
            let account = random.pick(accounts)
            let entry = AccountOpened(account: account.id, owner: account.owner, pool: PoolID(1))
            emit(.accountOpened([entry]), from: Self.reference)
        case 5:
            let entry = CollateralPrice(
                asset: asset.id, price: Price(1), confidence: Ratio(decimal: 1), publishTime: time)
            emit(.collateralPrice([entry]), from: Self.collateral)
        default: chatter()
        }
    }

    /// Entries that are stored or passed over.
    private mutating func chatter() {
        let asset = random.pick(underlyings)
        let account = random.pick(accounts)
        switch random.index(3) {
        case 0:
            let halt = Halt(scope: .underlying, subject: Reference(UInt64(asset.id.rawValue)))
            emit(.halt([halt]), from: Self.control)
        case 1:
            let depth = Depth(underlying: asset.id, bid: Value(1), ask: Value(1), publishTime: time)
            emit(.depth([depth]), from: Self.source(of: asset))
        default:
            let snapshot = BalanceSnapshot(
                account: account.id, instrument: .none, asset: asset.id, balance: Money(1))
            emit(.balanceSnapshot([snapshot]), from: Self.cash)
        }
    }
}
