import MarginDomain

/// A resting order resolved against its instrument's row: what the scan needs of it.
struct OpenOrder: Sendable {
    let resting: RestingOrder
    let row: Int
    /// `n`.
    let lots: Double
    /// What its fill would pay in.
    let cash: Cash

    /// The opposite of its cost.
    enum Cash: Sendable {
        /// `K_o` of an order that settles in the numeraire or a stablecoin, in quanta; infinite beyond the exact range.
        case atPar(quanta: Double)
        /// Coin of the underlying, in its smallest units.
        case coin(units: Int128)
    }

    init(_ resting: RestingOrder, of instrument: Instrument, row: Int) {
        self.resting = resting
        self.row = row
        lots = Double(resting.remaining.lots)
        guard let cost = instrument.cost(of: resting.remaining, at: resting.price) else {
            cash = .atPar(quanta: .infinity)
            return
        }
        if instrument.contract.settlement == .inverse {
            cash = .coin(units: -cost.units)
        } else {
            let quanta = ExactDollars.atPar(-cost.units, instrument.moneyExponent)
            cash = .atPar(quanta: quanta.map { Double($0) } ?? .infinity)
        }
    }
}

extension ExposureArena {
    /// Orders of a section, in the order in which they came.
    func orders(_ section: Int) -> [OpenOrder] { ordersOfSection[section] ?? [] }

    /// Whether a section holds nothing and nothing waits in the market for it.
    func isIdle(_ section: Int) -> Bool { isEmpty(section) && ordersOfSection[section] == nil }

    mutating func add(_ order: OpenOrder, to section: Int) { ordersOfSection[section, default: []].append(order) }

    /// Takes out one order; false if there is none like it.
    mutating func remove(_ order: RestingOrder, from section: Int) -> Bool {
        guard let place = ordersOfSection[section]?.firstIndex(where: { $0.resting == order }) else { return false }
        ordersOfSection[section]?.remove(at: place)
        if ordersOfSection[section]?.isEmpty == true { ordersOfSection[section] = nil }
        return true
    }

    /// Takes out every order in a row; how many each section loses.
    mutating func dropOrders(row: Int) -> [(section: Int, count: Int)] {
        var dropped: [(section: Int, count: Int)] = []
        for (section, orders) in ordersOfSection {
            let kept = orders.filter { $0.row != row }
            guard kept.count < orders.count else { continue }
            ordersOfSection[section] = kept.isEmpty ? nil : kept
            dropped.append((section, orders.count - kept.count))
        }
        return dropped
    }
}
