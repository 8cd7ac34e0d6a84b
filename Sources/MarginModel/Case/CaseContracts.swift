import CMarginKernels
import MarginDomain

/// The contracts of a case on one underlying, each a row, in groups by expiry.
struct CaseContracts {
    let market: MarginCase.Underlying
    private(set) var groupOfRow: [UInt16] = []
    /// Seconds to expiry of each group; the first is for perpetuals.
    private(set) var secondsOfGroup = [0.0]
    private(set) var options: [(row: Int, terms: MarginCase.Option)] = []
    private(set) var marked: [(row: Int, terms: MarginCase.Marked)] = []

    init(_ market: MarginCase.Underlying) { self.market = market }

    /// Units of a lot: a power of two that brings amounts near 2⁴⁸ quanta.
    func lot(quantaPerDollar: Double, dearest: Double) -> Double {
        let room = 0x1p48 / (quantaPerDollar * dearest)
        // The exponent alone: the power of two at or below.
        return Double(sign: .plus, exponent: room.exponent, significand: 1)
    }

    mutating func add(_ option: MarginCase.Option) throws(CaseFault) -> Int {
        guard market.expiry(option.secondsToExpiry) != nil else {
            throw .unknownExpiry(underlying: market.symbol, seconds: option.secondsToExpiry)
        }
        options.append((groupOfRow.count, option))
        groupOfRow.append(group(option.secondsToExpiry))
        return groupOfRow.count - 1
    }

    mutating func add(_ contract: MarginCase.Marked) throws(CaseFault) -> Int {
        guard mark(contract) != nil else { throw .noMark(underlying: market.symbol) }
        marked.append((groupOfRow.count, contract))
        groupOfRow.append(contract.secondsToExpiry.map { group($0) } ?? 0)
        return groupOfRow.count - 1
    }

    func mark(_ contract: MarginCase.Marked) -> Double? {
        contract.mark ?? (contract.secondsToExpiry == nil ? market.perpetual : nil)
    }

    /// Whether something unexpired expires within so many days.
    func wantsHalfSteps(within days: Double) -> Bool {
        (market.expiries.map(\.secondsToExpiry) + marked.compactMap(\.terms.secondsToExpiry)).contains {
            $0 > 0 && $0 / 86_400 <= days
        }
    }

    func curve(_ expiry: MarginCase.Expiry) -> ExpiryCurve {
        ExpiryCurve(
            spot: market.spot, forward: expiry.forward, settled: expiry.settledForward,
            years: Self.years(expiry.secondsToExpiry), rate: expiry.rate)
    }

    static func years(_ seconds: Double) -> Double { max(0, seconds) / 31_536_000 }

    /// Of a member's positions and coin.
    func sensitivities(of member: MarginCase.Member) -> Sensitivities {
        var sum = Sensitivities()
        sum.delta = member.coin(market) / market.spot
        for option in member.options where option.underlying == market.symbol {
            guard let expiry = market.expiry(option.secondsToExpiry) else { continue }
            let unit = Sensitivities.option(
                Sensitivities.Option(
                    isCall: option.isCall, settlement: option.isInverse ? .inverse : .linear, strike: option.strike,
                    volatility: option.impliedVolatility, spot: market.spot, forward: expiry.forward,
                    years: Self.years(option.secondsToExpiry), rate: expiry.rate))
            sum = sum + option.size * unit
        }
        for contract in member.marked where contract.underlying == market.symbol {
            guard let mark = mark(contract) else { continue }
            let settlement: Instrument.Settlement = contract.isInverse ? .inverse : .linear
            sum = sum + contract.size * Sensitivities.marked(settlement, mark: mark, spot: market.spot)
        }
        return sum
    }

    private mutating func group(_ seconds: Double) -> UInt16 {
        if let group = secondsOfGroup.dropFirst().firstIndex(of: seconds) { return UInt16(group) }
        secondsOfGroup.append(seconds)
        return UInt16(secondsOfGroup.count - 1)
    }
}

extension MarginCase.Underlying {
    func expiry(_ seconds: Double) -> MarginCase.Expiry? { expiries.first { $0.secondsToExpiry == seconds } }
}

extension RowTable {
    /// Prices the contracts of a case, a lot at a time.
    mutating func price(
        _ contracts: CaseContracts, _ own: UnderlyingParameters, _ parameters: ParameterSet, lot: Double
    ) {
        let grid = ScenarioGrid(
            range: own.range, scan: parameters.scan,
            halfSteps: contracts.wantsHalfSteps(within: parameters.scan.halfStepDays))
        lay(grid)
        cover(groupOfRow: contracts.groupOfRow, groupCount: contracts.secondsOfGroup.count)
        yearsOfGroup = contracts.secondsOfGroup.map { CaseContracts.years($0) }
        recharge(own, parameters.addOns)
        for expiry in contracts.market.expiries {
            let terms = contracts.curve(expiry).terms(parameters, halfSteps: hasHalfSteps)
            let options = contracts.options.filter { $0.terms.secondsToExpiry == expiry.secondsToExpiry }
            priceOptions(
                terms,
                options.map { row, option in
                    mk_option(
                        strike: option.strike, volatility: option.impliedVolatility, scale: lot * quantaPerDollar,
                        row: Int32(row), sign: option.isCall ? 1 : -1, is_inverse: option.isInverse ? 1 : 0)
                })
        }
        for (row, contract) in contracts.marked {
            guard let mark = contracts.mark(contract) else { continue }
            let settled = contract.secondsToExpiry.flatMap { contracts.market.expiry($0)?.settledForward } ?? 0
            price(
                MarkedContract(mark: mark, settled: settled, isInverse: contract.isInverse), row: row,
                spot: contracts.market.spot, feeRate: parameters.addOns.liquidationFee, scale: lot * quantaPerDollar)
        }
    }
}
