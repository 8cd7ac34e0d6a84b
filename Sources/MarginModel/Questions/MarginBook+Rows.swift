import MarginDomain

extension MarginBook {
    /// Market and rows as they are, without any pool: what other holdings are margined on by whoever asks for longer
    /// than a record. Rows are shared until the next cut.
    public var withoutPools: MarginBook {
        var copy = self
        copy.forgetPools()
        return copy
    }

    /// On how many underlyings holdings depend.
    public func underlyingCount(of holdings: [PoolHoldings]) -> Int {
        var underlyings: Set<Int> = []
        for held in holdings {
            for position in held.positions {
                if let place = instrument(position.instrument).flatMap({ place(of: $0.underlying) }) {
                    underlyings.insert(place)
                }
            }
            for balance in held.balances {
                if let place = place(of: balance.asset) { underlyings.insert(place) }
            }
        }
        return underlyings.count
    }
}
