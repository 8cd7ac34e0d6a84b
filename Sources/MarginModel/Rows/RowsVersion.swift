/// Counts changes of a book's rows, so that what was computed from them knows when it is out of date.
public struct RowsVersion: Comparable, Sendable, BitwiseCopyable {
    private let count: Int

    /// Before any change: older than every row.
    public static let none = RowsVersion(count: 0)

    var next: RowsVersion { RowsVersion(count: count + 1) }

    public static func < (left: RowsVersion, right: RowsVersion) -> Bool { left.count < right.count }
}
