import MarginDomain

/// Which column of a closes file is a volatility index, as an operator types it: `BTC_DVOL=10:30`.
///
/// Its levels are in points, as indices are published: 84.5 is a volatility of 0.845. One in fractions would lie below
/// ``EngineLimits/volatilityIndexMin`` and is refused.
struct VolatilityColumn: Equatable {
    let name: String
    let asset: AssetID
    /// The time to expiry that it is for.
    let tenorDays: UInt16

    /// - Throws: what is wrong with the text.
    init(_ text: String) throws(UnreadableMarketData) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        let numbers = sides.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        guard sides.count == 2, numbers.count == 2, !sides[0].isEmpty, let asset = UInt32(numbers[0]),
            let tenorDays = UInt16(numbers[1]), (1...EngineLimits.tenorDaysMax).contains(tenorDays)
        else {
            throw UnreadableMarketData(file: text, explanation: "expected COLUMN=ASSET:DAYS, such as BTC_DVOL=10:30")
        }
        name = String(sides[0])
        self.asset = AssetID(asset)
        self.tenorDays = tenorDays
    }

    /// The levels of the latest dates, in order of date and then of column, each at the end of its day.
    ///
    /// - Throws: a column that there is not, a level that is no volatility in points, a date that is none.
    static func indices(
        of columns: [VolatilityColumn], in file: ClosesFile
    ) throws(UnreadableMarketData) -> [VolatilityIndex] {
        var indices: [VolatilityIndex] = []
        for close in try file.latest(columns.map(\.name)) {
            let column = columns[close.column]
            let billionths = (close.value / 100 * Double(Volatility.scale)).rounded()
            let limits = EngineLimits.volatilityIndexMin...EngineLimits.volatilityIndexMax
            guard billionths < 9e18, limits.contains(Volatility(Int64(billionths))) else {
                throw file.wrong("\(column.name) \(close.value) on \(close.date) is no volatility in points, 1 to 1000")
            }
            indices.append(
                VolatilityIndex(
                    underlying: column.asset, tenorDays: column.tenorDays, volatility: Volatility(Int64(billionths)),
                    publishTime: close.end))
        }
        return indices
    }
}
