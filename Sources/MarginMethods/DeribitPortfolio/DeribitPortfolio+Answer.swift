public import MarginModel

extension DeribitPortfolio {
    public func answer(_ question: MarginCase) throws(MethodFault) -> MethodAnswer {
        let account = try Account(question)
        let worth = account.worth
        let matrices = try matrices(of: account)
        var components: [MethodAnswer.Component] = []
        func add(_ name: String, initial: Double, maintenance: Double) {
            guard initial != 0 || maintenance != 0 else { return }
            components.append(MethodAnswer.Component(name, initial: initial, maintenance: maintenance))
        }
        for matrix in matrices {
            let parts = [
                ("worst case", matrix.countedWorstCase), ("delta shock", matrix.deltaShock),
                ("roll shock", matrix.rollShock),
            ]
            for (name, amount) in parts {
                let dollars = amount * matrix.dollarsPerUnit
                add("\(name) \(matrix.name)", initial: dollars, maintenance: maintenanceFactor * dollars)
            }
        }
        for (currency, own) in stated.sorted(by: { $0.key < $1.key }) {
            let price = account.price(ofCurrency: currency)
            add("stated open orders \(currency)", initial: own.openOrders * price, maintenance: 0)
            add("market maker protection \(currency)", initial: own.makerProtection * price, maintenance: 0)
            add("spot \(currency)", initial: own.spot * price, maintenance: 0)
        }
        add("open orders", initial: try openOrders(of: account), maintenance: 0)
        let haircut = try haircuts(of: account)
        add("haircut", initial: haircut.initial, maintenance: haircut.maintenance)

        let initial = components.reduce(0.0) { $0 + $1.initial }
        let maintenance = components.reduce(0.0) { $0 + $1.maintenance }
        return try MethodAnswer(
            equity: worth.equity, markToMarket: worth.contracts, initialMargin: initial,
            maintenanceMargin: maintenance, bindings: matrices.compactMap(Self.binding), components: components
        ).finite()
    }

    /// The risk matrices behind an answer, by asset.
    public func matrices(of question: MarginCase) throws(MethodFault) -> [DeribitRiskMatrix] {
        try matrices(of: try Account(question))
    }

    /// Losses up to this many dollars do not bind.
    private static let lossMin = 1e-9

    private static func binding(_ matrix: DeribitRiskMatrix) -> MethodAnswer.Binding? {
        let loss = matrix.countedWorstCase * matrix.dollarsPerUnit
        guard let worst = matrix.worst, loss > lossMin else { return nil }
        return MethodAnswer.Binding(
            underlying: matrix.asset, index: worst.index, spotMove: worst.move, volatility: worst.volatility.rawValue,
            loss: loss)
    }

    private func matrices(of account: Account) throws(MethodFault) -> [DeribitRiskMatrix] {
        var matrices: [DeribitRiskMatrix] = []
        for symbol in account.underlyings {
            let currencies = currencies(of: account, on: symbol)
            if currencies.isEmpty { continue }
            guard let asset = assets[symbol] else {
                throw .missing("a table of deribit-portfolio for \(symbol)", of: symbol)
            }
            let grid = DeribitGrid(asset, bucketsPerSide: bucketsPerSide, extendedMoves: extendedMoves)
            let spot = account.price(ofCurrency: symbol)
            for currency in currencies {
                func counts(_ settlement: String) -> Bool { currency == nil || settlement == currency }
                let marked = account.marked.filter { $0.terms.underlying == symbol && counts($0.currency) }
                let options = account.options.filter { $0.terms.underlying == symbol && counts($0.currency) }
                let shocksEquity = mode == .cross && asset.equityImpact == .both
                let book = DeribitBook(
                    asset: symbol, currency: currency, grid: grid, spot: spot,
                    marked: marked.map { ($0, $0.terms.isInverse ? 1 : account.price(ofSettlement: $0)) },
                    options: options, coin: shocksEquity ? account.coinEquity(of: symbol, spot: spot) : nil)
                matrices.append(book.matrix())
            }
        }
        return matrices
    }

    /// The currencies that are margined apart, in order; nil = all together.
    private func currencies(of account: Account, on symbol: String) -> [String?] {
        guard mode == .segregated else { return [nil] }
        let names =
            account.marked.filter { $0.terms.underlying == symbol }.map(\.currency)
            + account.options.filter { $0.terms.underlying == symbol }.map(\.currency)
        return Set(names).sorted()
    }
}
