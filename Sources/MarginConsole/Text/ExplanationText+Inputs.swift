import MarginDomain

extension ExplanationText {
    /// What was published of everything that the margin depends on, and how old it is.
    func inputs(_ explanation: Explanation) -> [String] {
        guard !explanation.inputs.isEmpty else { return [] }
        let columns: [TextTable.Column] = [
            .init("input", .left), .init("published"), .init("age"), .init("", .left),
        ]
        return TextTable(
            columns,
            rows: explanation.inputs.map { input in
                let isMissing = input.status == .missing
                return [
                    subject(input), isMissing ? "" : value(input),
                    isMissing ? "" : DecimalText.duration(Double(input.age.nanoseconds)), remark(input),
                ]
            }
        ).lines
    }

    private func subject(_ input: MarketInput) -> String {
        let owner = input.instrument.isPresent ? names.name(input.instrument) : names.name(input.underlying)
        let expiry = input.expiry == .zero ? "" : " \(input.expiry.nanoseconds / Duration64.perSecond)"
        let strike = input.strike == .zero ? "" : " at \(names.price(input.strike, of: input.underlying))"
        let tenor = input.tenorDays == 0 ? "" : " of \(input.tenorDays) days"
        return "\(owner) \(input.kind.words)\(tenor)\(expiry)\(strike)"
    }

    private func value(_ input: MarketInput) -> String {
        switch input.kind {
        case .index, .forward, .collateral: names.price(input.price, of: input.underlying)
        case .mark: names.price(input.mark, of: input.instrument)
        case .rate, .funding: decimal(input.rate.billionths)
        case .volatility, .volatilityIndex: decimal(input.volatility.billionths)
        case .slice:
            [
                ("a", input.a), ("b", input.b), ("rho", input.rho), ("m", input.m), ("s", input.s),
                ("years", input.referenceYears),
            ].map { "\($0) \(decimal($1.billionths))" }.joined(separator: ", ")
        case .depth: DollarText.exact(input.depth)
        }
    }

    private func remark(_ input: MarketInput) -> String {
        var remarks = [input.status.words]
        if input.status != .missing {
            let mayBeInDoubt = input.kind == .index || input.kind == .collateral
            if mayBeInDoubt, input.confidence.billionths < Ratio.scale {
                remarks.append("confidence \(decimal(input.confidence.billionths))")
            }
            if input.settledForward != .zero {
                remarks.append("\(names.price(input.settledForward, of: input.underlying)) of it settled")
            }
            if input.closes > 0 { remarks.append("\(input.closes) closes") }
        }
        return remarks.joined(separator: "; ")
    }

    private func decimal(_ billionths: Int64) -> String { DecimalText.scaled(billionths, Exponent(-9)) }
}
