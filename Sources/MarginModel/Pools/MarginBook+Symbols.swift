public import MarginDomain

extension MarginBook {
    /// The listed asset of a symbol, the first if several have it.
    public func asset(called symbol: String) -> AssetID? {
        assets.values.filter { "\($0.symbol)" == symbol }.map(\.id).min()
    }
}
