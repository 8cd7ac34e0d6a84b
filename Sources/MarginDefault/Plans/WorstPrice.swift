public import MarginDomain

extension LifeCycleRules {
    /// The worst price at which a slice of a plan may trade: the mark, worsened by the band, to the near tick.
    ///
    /// - Parameter lots: signed lots of the slice; positive buys.
    public func worstPrice(mark: Price, trading lots: Int128) -> Price {
        let scale = Int128(Ratio.scale)
        let band = Int128(liquidationPriceBand.billionths)
        let ticks = Int128(mark.ticks)
        return lots > 0
            ? Price(Int64(clamping: Rounding.up(ticks * (scale + band), dividedBy: scale)))
            : Price(Int64(clamping: Rounding.down(ticks * (scale - band), dividedBy: scale)))
    }
}
