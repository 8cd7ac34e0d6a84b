import MarginDomain

/// Which column of a closes file is which asset, as an operator types it: `BTC=10:-2`.
struct ClosesColumn: Equatable {
    let coin: String
    let asset: AssetID
    /// Of the asset's index price.
    let exponent: Exponent

    /// - Throws: what is wrong with the text.
    init(_ text: String) throws(UnreadableMarketData) {
        let sides = text.split(separator: "=", omittingEmptySubsequences: false)
        let numbers = sides.last?.split(separator: ":", omittingEmptySubsequences: false) ?? []
        guard sides.count == 2, numbers.count == 2, Symbol(String(sides[0])) != nil, let asset = UInt32(numbers[0]),
            let power = Int8(numbers[1]), (-18...18).contains(power)
        else {
            throw UnreadableMarketData(
                file: text, explanation: "expected COLUMN=ASSET:EXPONENT, such as BTC=10:-2")
        }
        coin = String(sides[0])
        self.asset = AssetID(asset)
        exponent = Exponent(power)
    }

    /// What the engine was told of the asset, as far as a price needs it.
    var listing: AssetListed {
        AssetListed(
            asset: asset, symbol: Symbol(coin) ?? .empty, moneyExponent: exponent, priceExponent: exponent,
            isNumeraire: false, isStablecoin: false, hasIndex: true)
    }

    /// The closes of the latest dates, in order of date and then of column, each at the end of its day.
    ///
    /// - Throws: a column that there is not, a price that is no positive number of ticks, a date that is none.
    static func prices(of columns: [ClosesColumn], in file: ClosesFile) throws(UnreadableMarketData) -> [IndexPrice] {
        var prices: [IndexPrice] = []
        for close in try file.latest(columns.map(\.coin)) {
            let column = columns[close.column]
            let ticks = (close.value / column.exponent.scale).rounded()
            guard ticks >= 1, ticks < 9e18 else {
                let power = column.exponent.power
                throw file.wrong(
                    "\(column.coin) \(close.value) on \(close.date) is no price at an exponent of \(power)")
            }
            prices.append(
                IndexPrice(
                    underlying: column.asset, price: Price(Int64(ticks)), confidence: Ratio(Ratio.scale),
                    publishTime: close.end))
        }
        return prices
    }
}

extension ClosesFile {
    /// One value of a column, and when its day ended.
    struct Close {
        /// Place among the columns that were asked for.
        let column: Int
        let value: Double
        let date: String
        let end: Timestamp
    }

    func wrong(_ explanation: String) -> UnreadableMarketData {
        UnreadableMarketData(file: path, explanation: explanation)
    }

    /// What some columns have on the latest dates, in order of date and then of column.
    ///
    /// - Throws: a column that there is not, a date that is none.
    func latest(_ columns: [String]) throws(UnreadableMarketData) -> [Close] {
        for column in columns where closes[column] == nil {
            throw wrong("there is no column \(column); there is \(closes.keys.sorted().joined(separator: ", "))")
        }
        var list: [Close] = []
        for (place, date) in dates.enumerated().suffix(EngineLimits.dailyClosesMax) {
            guard let end = CivilDate.end(of: date) else { throw wrong("\"\(date)\" is not a date such as 2026-01-31") }
            for (number, column) in columns.enumerated() {
                guard let value = closes[column]?[place] else { continue }
                list.append(Close(column: number, value: value, date: date, end: end))
            }
        }
        return list
    }
}

extension CivilDate {
    /// The last second of a date as files write it; nil if it is none, or before 1970.
    static func end(of text: String) -> Timestamp? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let year = Int64(parts[0]), (1970...2200).contains(year) else { return nil }
        // The days of a year are few; looking for the date says at once whether there is one.
        let first = (year - 1970) * 365 + (year - 1969) / 4 - (year - 1901) / 100 + (year - 1601) / 400
        return (first..<first + 366).first { CivilDate(day: $0).description == text }.map { day in
            Timestamp((day + 1) * 86_400_000_000_000 - 1_000_000_000)
        }
    }
}
