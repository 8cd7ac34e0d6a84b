import MarginMethods

extension BacktestReport {
    /// The default model with ranges that follow the market, one way of doing so.
    struct DynamicRow: Encodable {
        var setting: String
        var before: CoverageRow
        var after: CoverageRow
        var equalBefore: CoverageRow
        var equalAfter: CoverageRow

        init(_ point: DynamicPoint, books: [StandardBook]) {
            setting = point.setting.name
            before = CoverageRow("before", point.before, books: books)
            after = CoverageRow("after", point.after, books: books)
            equalBefore = CoverageRow("before", point.equalBefore, books: books, multiplier: point.multiplier)
            equalAfter = CoverageRow("after", point.equalAfter, books: books, multiplier: point.multiplier)
        }
    }
}
