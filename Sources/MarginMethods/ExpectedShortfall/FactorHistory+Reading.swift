extension FactorHistory {
    /// A history as parameters carry it, so that a question can be whole in one piece of text:
    ///
    ///     history:
    ///       dates: ["2026-01-01", "2026-01-02"]
    ///       spot: { BTC: [0.01, -0.02], SOL: [0.03] }     # a later start: returns to the last date
    ///       basis: { BTC: [0, 0.001] }
    ///       volatility: { BTC: { "30": [0.05, -0.01] } }  # by tenor in days
    init(_ fields: ParameterFields) throws(MethodFault) {
        var dates: [String] = []
        for (place, element) in (try fields.elements("dates") ?? []).enumerated() {
            guard case .text(let date) = element else {
                throw fields.wrong("dates[\(place)]", "expected a date as text")
            }
            dates.append(date)
        }
        var series: [Factor: Series] = [:]
        func add(_ factor: Factor, _ own: ParameterFields, _ name: String) throws(MethodFault) {
            var returns: [Double] = []
            try own.read(name, into: &returns, within: -Self.returnMax...Self.returnMax)
            guard returns.count <= dates.count else {
                throw own.wrong(name, "\(returns.count) returns for \(dates.count) dates")
            }
            series[factor] = Series(first: dates.count - returns.count, returns: returns)
        }
        if let spot = fields.value("spot") {
            let own = try ParameterFields(freely: spot, at: fields.path(of: "spot"))
            for name in own.givenNames { try add(.spot(name), own, name) }
        }
        if let basis = fields.value("basis") {
            let own = try ParameterFields(freely: basis, at: fields.path(of: "basis"))
            for name in own.givenNames { try add(.basis(name), own, name) }
        }
        if let volatility = fields.value("volatility") {
            let outer = try ParameterFields(freely: volatility, at: fields.path(of: "volatility"))
            for name in outer.givenNames {
                let own = try ParameterFields(freely: outer.value(name) ?? .empty, at: outer.path(of: name))
                for tenor in own.givenNames {
                    guard let days = Int(tenor), (1...10_000).contains(days) else {
                        throw own.wrong(tenor, "expected a tenor in days")
                    }
                    try add(.volatility(name, days: days), own, tenor)
                }
            }
        }
        try self.init(dates: dates, series: series)
    }

    static let names = ["dates", "spot", "basis", "volatility"]
}
