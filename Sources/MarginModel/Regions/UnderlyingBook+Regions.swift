import MarginDomain

extension UnderlyingBook {
    /// Begins anew under other conditions, at the market as it is.
    mutating func voidRegions(_ conditions: RegionConditions, _ parameters: ParameterSet) {
        let timeFactors = table.yearsOfGroup.map { TimeFactor.of(parameters.scan, days: $0 * 365) }
        regions.void(
            conditions, timeFactors: timeFactors, sections: arena.sections.count, at: MarketPoint(self))
        // Boxes are of rows and rates as they were.
        sensitivities = SensitivityTable()
    }

    /// Finds out how far the market has gone in width; from a new point if volatilities moved, or it went far.
    mutating func measureWidth() {
        guard let latest = regions.latestPoint else { return }
        regions.extra = width(from: latest)
        let isNewSurface = zip(contracts.groups, latest.groups).contains { $0.surfaceVersion != $1.surfaceVersion }
        guard isNewSurface || regions.wantsPoint else { return }
        let book = self
        regions.measure(from: MarketPoint(book)) { book.width(from: $0) }
        for number in sensitivities.boxes.indices where sensitivities.boxes[number].spot > 0 {
            sensitivities.boxes[number].gone = book.width(from: sensitivities.boxes[number].middle)
        }
    }
}
