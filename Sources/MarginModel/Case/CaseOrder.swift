/// An order of a case, resolved against its row.
struct CaseOrder {
    let row: Int
    /// `n`.
    let lots: Double
    /// `K_o` in quanta.
    let cash: Double
    /// Whether that is coin of the underlying.
    let isCoin: Bool

    init(_ order: MarginCase.Order, row: Int, lot: Double, spot: Double, quantaPerDollar: Double) {
        self.row = row
        switch order.leg {
        case .marked(let marked) where marked.isInverse:
            lots = marked.size / lot
            cash = marked.size / order.price * spot * quantaPerDollar
            isCoin = true
        case .marked(let marked):
            lots = marked.size / lot
            cash = -(marked.size * order.price) * quantaPerDollar
            isCoin = false
        case .option(let option):
            lots = option.size / lot
            cash = -(option.size * order.price) * quantaPerDollar
            isCoin = option.isInverse
        }
    }
}

extension MarginCase.Order {
    /// What the order's instrument is of.
    var underlying: String {
        switch leg {
        case .marked(let marked): marked.underlying
        case .option(let option): option.underlying
        }
    }
}

extension CaseContracts {
    /// A row for what an order would buy or sell.
    mutating func add(_ order: MarginCase.Order) throws(CaseFault) -> Int {
        switch order.leg {
        case .marked(let marked): try add(marked)
        case .option(let option): try add(option)
        }
    }
}

extension CaseBook {
    /// Whether members have orders in instruments of an underlying.
    func hasOrders(_ table: Table, _ members: [Int]) -> Bool { members.contains { !table.orders[$0].isEmpty } }

    /// `g°_u` in canonical order, in quanta.
    func orderedGains(_ table: Table, _ members: [Int]) -> [Double] {
        var gains = table.rows.gains(of: positions(table, members), coin: coin(table, members))
        for order in members.flatMap({ table.orders[$0] }) {
            let atOnce = order.lots * table.rows.value(row: order.row) + order.cash
            for (index, column) in table.rows.columns.enumerated() {
                let moved = order.isCoin ? order.cash * column.damping * column.move : 0
                let gain = atOnce + order.lots * table.rows.gain(row: order.row, at: column.place) + moved
                if gain < 0 { gains[index] += gain }
            }
        }
        return gains
    }

    func nodes(_ table: Table, _ members: [Int]) -> NodeMinima? {
        table.rows.grid.map { NodeMinima(orderedGains(table, members), $0) }
    }
}
