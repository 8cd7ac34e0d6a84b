import CMarginKernels
import MarginDomain

/// What open orders add to a pool's initial margin: the scan over gains with everything that may fill.
struct OrderedScan {
    /// `A` and `B` over underlyings that are held or ordered, in ascending order.
    private var worst = 0.0
    private var joint = JointScan()
    private var underlyingCount = 0
    private var bound: Int64 = 0
    /// Whether an order has no price, or a sum would not be exact.
    private var isUnbounded = false

    /// Adds an underlying without orders.
    mutating func add(worst: Double, joint: JointMinima?) {
        self.worst += worst
        if let joint { self.joint.add(joint) }
        underlyingCount += 1
    }

    /// Adds an underlying with orders; nil where they have no sum.
    mutating func add(_ gains: (nodes: NodeMinima, bound: Int64)?, window: Int) {
        guard let gains, bound + gains.bound < RowTable.fillBoundMax else {
            isUnbounded = true
            return
        }
        bound += gains.bound
        add(gains.nodes, window: window)
    }

    mutating func add(_ nodes: NodeMinima, window: Int) { add(worst: nodes.worst, joint: nodes.joint(window: window)) }

    /// `scan°`; nil where it has no number.
    func scan(kappa: Double) -> Double? {
        guard !isUnbounded else { return nil }
        return Requirement.scan(worst: worst, joint: underlyingCount > 1 ? joint.least : nil, kappa: kappa)
    }
}

extension MarginBook {
    func orderedScan(_ record: PoolRecord, _ scanned: some ScannedSections) -> OrderedScan {
        var scan = OrderedScan()
        for place in record.sections {
            let orders = scanned.orders(place, self)
            if !orders.isEmpty {
                scan.add(
                    underlyings[place.underlying].nodes(
                        of: scanned.positions(place, self), coin: scanned.sums(place, self).coin, with: orders),
                    window: underlyings[place.underlying].table.window)
            } else if isExposed(place, scanned) {
                scan.add(
                    worst: scanned.sums(place, self).worst,
                    joint: record.sections.count > 1 ? scanned.joint(place, self) : nil)
            }
        }
        return scan
    }
}

extension UnderlyingBook {
    /// `g°_u` under every column, in canonical order, with the bound of its orders; nil where it has no number.
    func orderedGains(
        of positions: [(row: Int, lots: Double)], coin: Double, with orders: [OpenOrder]
    ) -> (gains: [Double], bound: Int64)? {
        guard let fills = table.fillLosses(orders, cash: { cash($0) }) else { return nil }
        let gains = table.gains(of: positions, coin: coin)
        return (zip(gains, fills.losses).map { Double(Int64($0) + $1) }, fills.bound)
    }

    fileprivate func nodes(
        of positions: [(row: Int, lots: Double)], coin: Double, with orders: [OpenOrder]
    ) -> (nodes: NodeMinima, bound: Int64)? {
        guard let grid = table.grid, let (gains, bound) = orderedGains(of: positions, coin: coin, with: orders) else {
            return nil
        }
        return (NodeMinima(gains, grid), bound)
    }

    /// `K_o`.
    private func cash(_ order: OpenOrder) -> Double {
        switch order.cash {
        case .atPar(let quanta): quanta
        case .coin(let units): coinQuanta(units)
        }
    }
}
