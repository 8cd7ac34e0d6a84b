public import MarginDomain

/// Where a pool would be liquidated along every factor, for people.
public struct LevelsText {
    private let names: Nomenclature

    public init(_ names: Nomenclature) { self.names = names }

    /// A table, or a sentence if there is no such level.
    public func text(_ levels: LiquidationLevels) -> String {
        guard !levels.levels.isEmpty else {
            return "No single factor leads to liquidation within a twentieth and six times of now."
        }
        let table = TextTable(
            [.init("would be liquidated at", .left), .init("factor", .left), .init("move"), .init("index price")],
            rows: levels.levels.map { level in
                [
                    names.name(level.underlying), "\(level.factor)",
                    DecimalText.scaled(level.move.billionths, Exponent(-9)),
                    names.price(level.price, of: level.underlying),
                ]
            })
        return table.lines.joined(separator: "\n")
    }
}
