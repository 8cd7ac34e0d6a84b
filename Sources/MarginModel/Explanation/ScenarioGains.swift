import CMarginKernels
public import MarginDomain

extension MarginBook {
    /// The binding scenario of each underlying in which holdings can lose, ascending: the column of the smallest gain,
    /// the first in canonical order among equals. Empty for holdings without margin.
    public func bindings(of holdings: PoolHoldings) -> [Binding] {
        let trial = Trial(holdings, book: self)
        guard assemble(trial.record, trial).status == .margined else { return [] }
        return trial.record.sections.compactMap { place in
            underlyings[place.underlying].table.binding(
                of: trial.positions(place), coin: trial.coin(place), place.asset)
        }
    }

    /// The binding scenarios of a live pool as it was last evaluated: those of its holdings, without laying them out.
    public func bindings(of pool: PoolSlot) -> [Binding] {
        let live = LiveSections()
        return pools[pool.index].sections.compactMap { place in
            let coin = live.sums(place, self).coin
            return underlyings[place.underlying].table.binding(of: live.positions(place, self), coin: coin, place.asset)
        }
    }

    /// The gain under every column, underlying by underlying, in canonical order. Empty for holdings without margin.
    public func scenarios(of holdings: PoolHoldings) -> [ScenarioLoss] {
        let trial = Trial(holdings, book: self)
        guard assemble(trial.record, trial).status == .margined else { return [] }
        return trial.record.sections.flatMap { place in
            let (columns, gains) = gains(of: place, trial)
            return columns.indices.map { index in
                ScenarioLoss(
                    underlying: place.asset, scenario: Int16(index),
                    node: Ratio(nearestBillionths: columns[index].move),
                    shape: columns[index].shape, gain: Value(quanta: gains[index]))
            }
        }
    }

    /// `g_u` of a scanned section under every column, in canonical order.
    func gains(
        of place: PoolRecord.SectionPlace, _ trial: Trial
    ) -> (columns: [ScenarioGrid.Column], gains: [Double]) {
        let table = underlyings[place.underlying].table
        return (table.columns, table.gains(of: trial.positions(place), coin: trial.coin(place)))
    }
}

extension RowTable {
    /// The column of the smallest gain, the first among equals; nil if nothing is lost in any.
    func binding(of positions: [(row: Int, lots: Double)], coin: Double, _ asset: AssetID) -> Binding? {
        let gains = gains(of: positions, coin: coin)
        guard let worst = gains.min(), worst < 0, let index = gains.firstIndex(of: worst) else { return nil }
        return Binding(
            underlying: asset, node: Ratio(nearestBillionths: columns[index].move), shape: columns[index].shape,
            scenario: Int16(index), loss: Value(quanta: -worst))
    }

    /// Gains of positions and coin under every column, in canonical order.
    func gains(of positions: [(row: Int, lots: Double)], coin: Double) -> [Double] {
        columns.map { column in
            positions.reduce(((coin * column.damping) * column.move).nearestInteger) { sum, position in
                sum + position.lots * gain(row: position.row, at: column.place)
            }
        }
    }
}
