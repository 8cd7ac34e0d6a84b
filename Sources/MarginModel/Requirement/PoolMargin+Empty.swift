extension PoolMargin {
    /// The margin of a pool that holds nothing: all zero. Stands in where a pool was never evaluated.
    public static let empty = PoolMargin(status: .margined)
}
