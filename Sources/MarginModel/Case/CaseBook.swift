import CMarginKernels
import MarginDomain

/// The rows of a case: one for each position of each member, in a table for each underlying.
///
/// The rows are the live ones with another quantum. It is a power of two so small, and lots are powers of two so large,
/// that rounding to it is as fine as `Double` itself: 2⁴⁸ to the dearest amount in a table.
struct CaseBook {
    /// Ascending by the underlyings' ids.
    private(set) var tables: [Table] = []
    let question: MarginCase
    let parameters: ParameterSet

    /// Quanta in a dollar.
    static let quantaPerDollar = 1_073_741_824.0

    /// One underlying.
    struct Table {
        let symbol: String
        let asset: AssetID
        let market: MarginCase.Underlying
        var rows: RowTable
        /// Units of the underlying in a lot.
        let lot: Double
        /// By member, then position: row and lots.
        var positions: [[(row: Int, lots: Double)]]
        /// How sure the inputs of each position are, in the same order.
        var confidences: [[Double]]
        /// By member.
        var orders: [[CaseOrder]]
        /// By member: dollars at spot.
        var coin: [Double]
        /// By member.
        var sensitivities: [Sensitivities]
    }

    init(
        _ question: MarginCase, _ parameters: ParameterSet, symbols: [String: AssetID]
    ) throws(CaseFault) {
        self.question = question
        self.parameters = parameters
        guard !question.members.isEmpty else { throw .noMembers }
        try question.check()
        for market in question.underlyings {
            guard let asset = symbols[market.symbol], let own = parameters.underlying(asset) else {
                throw .noParameters(market.symbol)
            }
            try tables.append(table(market, asset, own))
        }
        tables.sort { $0.asset < $1.asset }
        for member in question.members {
            for name in member.underlyingNames where !tables.contains(where: { $0.symbol == name }) {
                throw .unknownUnderlying(name)
            }
        }
    }

    private func table(
        _ market: MarginCase.Underlying, _ asset: AssetID, _ own: UnderlyingParameters
    ) throws(CaseFault) -> Table {
        var positions: [[(row: Int, lots: Double)]] = []
        var orders: [[CaseOrder]] = []
        var confidences: [[Double]] = []
        var contracts = CaseContracts(market)
        let lot = contracts.lot(quantaPerDollar: Self.quantaPerDollar, dearest: 16 * question.dearest(market.symbol))
        for member in question.members {
            var held: [(row: Int, lots: Double)] = []
            for option in member.options where option.underlying == market.symbol {
                held.append((try contracts.add(option), option.size / lot))
            }
            for marked in member.marked where marked.underlying == market.symbol {
                held.append((try contracts.add(marked), marked.size / lot))
            }
            positions.append(held)
            confidences.append(
                member.options.filter { $0.underlying == market.symbol }.map { market.confidence(of: $0) }
                    + member.marked.filter { $0.underlying == market.symbol }.map { market.confidence(of: $0) })
            var waiting: [CaseOrder] = []
            for order in member.orders where order.underlying == market.symbol {
                waiting.append(
                    CaseOrder(
                        order, row: try contracts.add(order), lot: lot, spot: market.spot,
                        quantaPerDollar: Self.quantaPerDollar))
            }
            orders.append(waiting)
        }
        var rows = RowTable(quantaPerDollar: Self.quantaPerDollar)
        rows.price(contracts, own, parameters, lot: lot)
        rows.slowMove = SlowPrice.move(
            ((market.slowPrice ?? market.spot) - market.spot) / market.spot, band: parameters.addOns.slowPriceBand,
            range: own.range)
        rows.depth = (market.depth ?? 0) / 2 * Self.quantaPerDollar
        rows.openInterest = market.openInterest.isEmpty ? .infinity : market.interest * Self.quantaPerDollar
        return Table(
            symbol: market.symbol, asset: asset, market: market, rows: rows, lot: lot, positions: positions,
            confidences: confidences, orders: orders, coin: question.members.map { $0.coin(market) },
            sensitivities: question.members.map { contracts.sensitivities(of: $0) })
    }
}

extension MarginCase {
    /// The largest price that bears on an underlying's rows.
    func dearest(_ symbol: String) -> Double {
        var largest = 0.0
        for market in underlyings where market.symbol == symbol {
            for price in [market.spot, market.perpetual ?? 0] + market.expiries.map(\.forward) {
                largest = max(largest, price)
            }
        }
        for member in members {
            for option in member.options where option.underlying == symbol { largest = max(largest, option.strike) }
            for marked in member.marked where marked.underlying == symbol { largest = max(largest, marked.mark ?? 0) }
            for order in member.orders where order.underlying == symbol {
                switch order.leg {
                case .marked(let marked): largest = max(largest, marked.mark ?? 0)
                case .option(let option): largest = max(largest, option.strike)
                }
            }
        }
        return largest
    }

    /// What no type says: numbers are finite, prices positive.
    func check() throws(CaseFault) {
        try need(stablecoinPrice >= 0 && stablecoinPrice < .infinity, "stablecoinPrice")
        for market in underlyings {
            try need(market.spot > 0 && market.spot < .infinity, "\(market.symbol) spot")
            try need((market.slowPrice ?? 1) > 0 && (market.slowPrice ?? 1) < .infinity, "\(market.symbol) slowPrice")
            try need((market.depth ?? 1) > 0 && (market.depth ?? 1) < .infinity, "\(market.symbol) depth")
            try need(abs(market.fundingRate) <= 100, "\(market.symbol) fundingRate")
            try need(market.interest >= 0 && market.interest < .infinity, "\(market.symbol) openInterest")
            try need((market.perpetual ?? 1) > 0 && (market.perpetual ?? 1) < .infinity, "\(market.symbol) perpetual")
            for expiry in market.expiries {
                try need(expiry.forward > 0 && expiry.forward < .infinity, "\(market.symbol) forward")
                let isPart = expiry.settledForward >= 0 && expiry.settledForward <= expiry.forward
                try need(isPart, "\(market.symbol) settledForward")
                try need(expiry.secondsToExpiry.isFinite, "\(market.symbol) secondsToExpiry")
                try need(abs(expiry.rate) <= 100, "\(market.symbol) rate")
            }
        }
        for member in members {
            try need(member.cash.isFinite, "cash")
            try need(member.contribution >= 0 && member.contribution < .infinity, "contribution")
            try need(member.lien >= 0 && member.lien < .infinity, "pledge")
            for held in member.collateral {
                try need(held.amount.isFinite && held.price >= 0 && held.price < .infinity, "collateral \(held.asset)")
            }
            for option in member.options { try option.check() }
            for marked in member.marked { try marked.check() }
            for order in member.orders {
                try need(order.price > 0 && order.price < .infinity, "order price")
                switch order.leg {
                case .marked(let marked): try marked.check()
                case .option(let option): try option.check()
                }
            }
        }
    }
}

private func need(_ isRight: Bool, _ field: String) throws(CaseFault) {
    if !isRight { throw .badNumber(field) }
}

extension MarginCase.Option {
    fileprivate func check() throws(CaseFault) {
        try need(strike > 0 && strike < .infinity, "strike")
        try need(impliedVolatility >= 0 && impliedVolatility < .infinity, "impliedVolatility")
        try need(size.isFinite, "size")
    }
}

extension MarginCase.Marked {
    fileprivate func check() throws(CaseFault) {
        try need(size.isFinite && unsettledFunding.isFinite, "size")
        try need(entryPrice.isFinite && (!isInverse || entryPrice > 0), "entryPrice")
        try need((mark ?? 1) > 0 && (mark ?? 1) < .infinity, "mark")
    }
}

extension MarginCase.Member {
    /// Every underlying that the member names.
    var underlyingNames: [String] {
        options.map(\.underlying) + marked.map(\.underlying) + collateral.compactMap(\.underlying)
            + orders.map(\.underlying)
    }

    /// Dollars at spot of the coin of an underlying: collateral, and the entry coin of inverse contracts.
    func coin(_ market: MarginCase.Underlying) -> Double {
        let balances = collateral.filter { $0.underlying == market.symbol }.reduce(0.0) { $0 + $1.amount }
        let entries = marked.filter { $0.isInverse && $0.underlying == market.symbol }
        return (balances + entries.reduce(0.0) { $0 + $1.size / $1.entryPrice }) * market.spot
    }
}
