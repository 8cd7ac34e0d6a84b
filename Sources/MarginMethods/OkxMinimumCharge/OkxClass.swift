/// What OKX sets for a class of underlyings (notice of 2 January 2025).
public struct OkxClass: Equatable, Sendable {
    /// MR1: the widest price move, a fraction; scenarios at 0, ±1/3, ±2/3 and ±1 of it.
    public var range: Double
    /// MR6: the extreme price move, a fraction.
    public var extremeMove: Double
    /// MR4: move of one expiry against another, a fraction a year.
    public var basisPerYear: Double
    /// MR7.
    public var minimumCharge: OkxMinimumCharge

    public init(
        range: Double, extremeMove: Double, basisPerYear: Double, minimumCharge: OkxMinimumCharge = .since2025
    ) {
        self.range = range
        self.extremeMove = extremeMove
        self.basisPerYear = basisPerYear
        self.minimumCharge = minimumCharge
    }

    static let names = ["range", "extremeMove", "basisPerYear", "minimumCharge"]

    mutating func read(_ fields: ParameterFields) throws(MethodFault) {
        try fields.read("range", into: &range, within: 0.001...0.95)
        try fields.read("extremeMove", into: &extremeMove, within: 0.001...0.95)
        try fields.read("basisPerYear", into: &basisPerYear, within: 0...10)
        if let list = try fields.elements("minimumCharge") {
            minimumCharge = OkxMinimumCharge(
                try MarginalTiers(list, at: fields.path(of: "minimumCharge"), rates: 0...1000))
        }
    }
}
