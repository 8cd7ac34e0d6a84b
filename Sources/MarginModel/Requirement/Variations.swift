public import MarginDomain

/// The margins of holdings with one position changed at a time: what closing each of them would release.
///
/// The holdings are laid out once and every change is taken back, so that a variation of ten positions costs a scan
/// and not a new layout.
public struct Variations {
    private let book: MarginBook
    private var trial: Trial
    /// The section whose sums are those of the last variation.
    private var varied: PoolRecord.SectionPlace?

    /// - Parameter book: as it is now; later changes of it are not seen.
    public init(of holdings: PoolHoldings, in book: MarginBook) {
        self.book = book
        trial = Trial(holdings, book: book)
    }

    /// The margin with lots added to what is held of an instrument, and nothing else changed.
    public mutating func margin(adding lots: NetQuantity, of instrument: InstrumentID) -> PoolMargin {
        let section = trial.add(lots, of: instrument, book)
        if let varied, varied.section != section?.section { trial.scan(varied, book) }
        varied = section
        if let section { trial.scan(section, book) }
        let margin = book.assemble(trial.record, trial)
        trial.add(NetQuantity(-lots.lots), of: instrument, book)
        return margin
    }
}
