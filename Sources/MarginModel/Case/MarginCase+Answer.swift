import CMarginKernels
public import MarginDomain

extension MarginCase {
    /// Answers the question under the default model.
    ///
    /// - Parameter symbols: the asset that each underlying's symbol, and each collateral's, stands for in `parameters`.
    /// - Throws: what in the case cannot be used, by name.
    public func answer(
        under parameters: ParameterSet, symbols: [String: AssetID]
    ) throws(CaseFault) -> CaseAnswer {
        let book = try CaseBook(self, parameters, symbols: symbols)
        if case .mutual(let terms) = agreement { return book.answer(under: terms, symbols: symbols) }
        let everyone = Array(members.indices)
        let whole = book.requirement(of: everyone, symbols: symbols)
        let quantum = 1 / CaseBook.quantaPerDollar
        let factors = parameters.factors
        let (equity, markToMarket) = book.equity(of: everyone)
        return CaseAnswer(
            name: name, equity: equity, markToMarket: markToMarket,
            initialMargin: whole.initial(factors) * quantum, maintenanceMargin: whole.maintenance(factors) * quantum,
            bindings: book.bindings(of: everyone), components: book.components(whole),
            members: members.count > 1 ? book.shares(whole, symbols: symbols) : [],
            greeks: book.greeks(of: everyone))
    }
}

extension CaseBook {
    /// Of members together.
    func greeks(of members: [Int]) -> [CaseAnswer.Greeks] {
        tables.filter { isExposed($0, members) }.map { table in
            let sum = members.reduce(Sensitivities()) { $0 + table.sensitivities[$1] }
            return CaseAnswer.Greeks(
                underlying: table.symbol, delta: sum.delta, gamma: sum.gamma, vega: sum.vega, theta: sum.theta,
                rho: sum.rho)
        }
    }

    /// Whether members hold anything of an underlying.
    func isExposed(_ table: Table, _ members: [Int]) -> Bool {
        members.contains { !table.positions[$0].isEmpty || table.coin[$0] != 0 }
    }

    /// Positions of members together.
    func positions(_ table: Table, _ members: [Int]) -> [(row: Int, lots: Double)] {
        members.flatMap { table.positions[$0] }
    }

    func coin(_ table: Table, _ members: [Int]) -> Double {
        members.reduce(0.0) { $0 + table.coin[$1] } * Self.quantaPerDollar
    }

    /// In quanta.
    ///
    /// - Parameter rates: what the owner's size makes; nil for members who are all that their owner has.
    func requirement(
        of members: [Int], rates own: [AssetID: OwnerRates]? = nil, symbols: [String: AssetID]
    ) -> Requirement {
        let ownerRates = own ?? ownerRates(of: members)
        var totals = UnderlyingTotals()
        var joint = JointScan()
        var count = 0
        var ordered = OrderedScan()
        for table in tables {
            let nodes = hasOrders(table, members) ? nodes(table, members) : nil
            if let nodes { ordered.add(nodes, window: table.rows.window) }
            guard isExposed(table, members) else { continue }
            let section = ExposureArena(positions(table, members), coin: coin(table, members), table.rows)
            totals.add(section.sums[0])
            joint.add(section.jointMinima(of: 0))
            count += 1
            if nodes == nil { ordered.add(worst: section.sums[0].worst, joint: section.jointMinima(of: 0)) }
        }
        let rates = Requirement.Rates(parameters)
        var requirement = Requirement(totals, joint: count > 1 ? joint.least : nil, rates)
        if tables.contains(where: { hasOrders($0, members) }) {
            requirement.add(
                orderedScan: ordered.scan(kappa: rates.kappa), parameters.factors, upTo: .infinity)
        }
        for table in tables where isExposed(table, members) {
            let sums = ExposureArena(positions(table, members), coin: coin(table, members), table.rows).sums[0]
            charge(sums, table, ownerRates, &requirement)
            requirement.funding += funding(table, members)
            requirement.oracleUncertainty += uncertainty(table, members)
            requirement.twoPrice += table.rows.twoPrice(of: positions(table, members), coin: coin(table, members))
        }
        charge(&requirement, members, symbols: symbols)
        return requirement
    }

    private func charge(_ requirement: inout Requirement, _ members: [Int], symbols: [String: AssetID]) {
        let rates = parameters.addOns
        let coins = stablecoins(of: members)
        for coin in coins {
            requirement.stablecoinMaintenance += BalanceCharges.stablecoin(
                coin.worth * Self.quantaPerDollar, rate: rates.stablecoinMaintenance)
            requirement.stablecoinInitial += BalanceCharges.stablecoin(
                coin.worth * Self.quantaPerDollar, rate: rates.stablecoinInitial)
            requirement.oracleUncertainty +=
                rates.uncertainty(at: coin.confidence) * abs(coin.worth * Self.quantaPerDollar)
        }
        let names = Set(coins.map(\.asset))
        for index in members {
            for held in question.members[index].collateral where held.underlying == nil && !names.contains(held.asset) {
                let worth = held.amount * held.price * Self.quantaPerDollar
                requirement.oracleUncertainty += rates.uncertainty(at: held.confidence) * abs(worth)
                if let haircut = held.maintenanceHaircut {
                    requirement.haircutMaintenance += haircut * abs(worth)
                    requirement.haircutInitial += (haircut + held.initialHaircut) * abs(worth)
                } else {
                    let own = parameters.collateral(symbols[held.asset] ?? AssetID(0))
                    requirement.haircutMaintenance += BalanceCharges.haircut(
                        worth, own, extra: 0, quantaPerDollar: Self.quantaPerDollar)
                    requirement.haircutInitial += BalanceCharges.haircut(
                        worth, own, extra: own.initialHaircut, quantaPerDollar: Self.quantaPerDollar)
                }
            }
        }
    }

    /// Coins in which profit settles, ascending by name: their whole equity, and the profit's part of it, in dollars.
    func stablecoins(
        of members: [Int]
    ) -> [(asset: String, worth: Double, profit: Double, confidence: Double)] {
        var profits: [String: Double] = [:]
        for index in members {
            for contract in question.members[index].marked {
                guard !contract.isInverse, let asset = contract.settlementAsset else { continue }
                profits[asset, default: 0] += profit(contract)
            }
        }
        return profits.sorted { $0.key < $1.key }.map { asset, profit in
            let held = members.flatMap { question.members[$0].collateral }.filter {
                $0.asset == asset && $0.underlying == nil
            }
            let price = held.first?.price ?? question.stablecoinPrice
            let confidence = held.map(\.confidence).min() ?? question.stablecoinConfidence
            return (asset, (profit + held.reduce(0.0) { $0 + $1.amount }) * price, profit * price, confidence)
        }
    }

    /// In the coin of settlement for linear contracts, in dollars for inverse ones.
    private func profit(_ contract: MarginCase.Marked) -> Double {
        guard let market = question.underlyings.first(where: { $0.symbol == contract.underlying }),
            let mark = CaseContracts(market).mark(contract)
        else { return 0 }
        return contract.isInverse
            ? contract.size * (1 / contract.entryPrice - 1 / mark) * market.spot
            : contract.size * (mark - contract.entryPrice)
    }

    /// Equity, and the contracts' part of it, in dollars.
    func equity(of members: [Int]) -> (equity: Double, markToMarket: Double) {
        let coins = stablecoins(of: members)
        let names = Set(coins.map(\.asset))
        var cash = coins.reduce(0.0) { $0 + ($1.worth - $1.profit) }
        var contracts = coins.reduce(0.0) { $0 + $1.profit }
        for index in members {
            let member = question.members[index]
            cash += member.cash
            for held in member.collateral where !names.contains(held.asset) || held.underlying != nil {
                let spot = question.underlyings.first { $0.symbol == held.underlying }?.spot
                cash += held.amount * (spot ?? held.price)
            }
            for contract in member.marked {
                contracts += contract.unsettledFunding
                if contract.isInverse || contract.settlementAsset == nil { contracts += profit(contract) }
            }
        }
        for table in tables {
            for index in members { contracts += table.optionsValue(question.members[index]) }
        }
        return (cash + contracts, contracts)
    }
}

extension CaseBook.Table {
    /// Dollars of a member's options.
    func optionsValue(_ member: MarginCase.Member) -> Double {
        var sum = 0.0
        for option in member.options where option.underlying == symbol {
            guard let expiry = market.expiry(option.secondsToExpiry) else { continue }
            let unit = Sensitivities.option(
                Sensitivities.Option(
                    isCall: option.isCall, settlement: option.isInverse ? .inverse : .linear, strike: option.strike,
                    volatility: option.impliedVolatility, spot: market.spot, forward: expiry.forward,
                    years: CaseContracts.years(option.secondsToExpiry), rate: expiry.rate))
            sum += option.size * unit.value
        }
        return sum
    }
}
