import CMarginKernels
public import MarginDomain

/// The margins of holdings with one change at a time: what closing a position would release, what a trade would need.
///
/// The holdings are laid out once and every change is taken back, so that a variation of ten positions costs a scan
/// and not a new layout.
public struct Variations {
    private let book: MarginBook
    private var trial: Trial
    /// The sections whose sums are not those of the holdings without a change.
    private var varied: [PoolRecord.SectionPlace] = []

    /// - Parameter book: as it is now; later changes of it are not seen.
    public init(of holdings: PoolHoldings, in book: MarginBook) {
        self.book = book
        trial = Trial(holdings, book: book)
    }

    /// The margin with lots added to what is held of an instrument, and nothing else changed.
    public mutating func margin(adding lots: NetQuantity, of instrument: InstrumentID) -> PoolMargin {
        var change = PoolHoldings()
        change.add(lots, of: instrument)
        return margin(adding: change)
    }

    /// The margin with a change of lots and balances added to what is held.
    public mutating func margin(adding change: PoolHoldings) -> PoolMargin {
        let touched = add(change)
        for place in varied where !touched.contains(where: { $0.section == place.section }) { trial.scan(place, book) }
        varied = touched
        for place in touched { trial.scan(place, book) }
        let margin = book.assemble(trial.record, trial)
        add(change.opposite)
        return margin
    }

    /// Takes a change over: what follows are variations of the changed holdings.
    public mutating func shift(by change: PoolHoldings) {
        for place in add(change) where !varied.contains(where: { $0.section == place.section }) { varied.append(place) }
    }

    /// `net_u` and `Z_u` of docs/margin-model.md §8 in the last variation: an underlying's delta with coin, and that of its
    /// contracts by themselves.
    func deltas(of underlying: AssetID) -> (net: Double, contracts: Double) {
        guard let place = trial.record.sections.first(where: { $0.asset == underlying }) else { return (0, 0) }
        let sums = trial.sums(place, book)
        return (sums.delta + sums.coin, sums.own_delta)
    }

    /// The deltas, with coin and without, at which the charges by the owner's size reach their largest rates.
    func cappedSize(of underlying: AssetID) -> (net: Double, contracts: Double) {
        guard let place = book.place(of: underlying) else { return (.infinity, .infinity) }
        let capped = book.underlyings[place].table.cappedSize(book.parameters.addOns)
        let elsewhere = trial.record.owner.elsewhere[underlying]
        return (max(0, capped.net - Double(elsewhere.net)), max(0, capped.contracts - Double(elsewhere.contracts)))
    }

    /// Changes the trial; the sections that are to be scanned again.
    @discardableResult
    private mutating func add(_ change: PoolHoldings) -> [PoolRecord.SectionPlace] {
        var touched: [PoolRecord.SectionPlace] = []
        func note(_ place: PoolRecord.SectionPlace?) {
            guard let place, !touched.contains(where: { $0.section == place.section }) else { return }
            touched.append(place)
        }
        for position in change.positions { note(trial.add(position.lots, of: position.instrument, book)) }
        for held in change.balances { note(trial.add(held.balance, of: held.asset, book)) }
        return touched
    }
}
