extension LifeCycle: Comparable {
    /// In rising severity.
    public static func < (left: LifeCycle, right: LifeCycle) -> Bool { left.rawValue < right.rawValue }
}
