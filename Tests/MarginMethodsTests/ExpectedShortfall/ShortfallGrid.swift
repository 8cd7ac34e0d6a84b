import MarginDomain
import MarginModel

/// The default model's parameters for the tests: its bootstrap, and ranges of three coins.
enum ShortfallGrid {
    static let symbols = ["BTC": AssetID(2), "ETH": AssetID(3), "SOL": AssetID(4)]

    static func parameters() throws -> ParameterSet {
        let values: [(UInt32, [(String, Double)])] = [
            (2, [("range", 0.16), ("window", 1), ("basisFloor", 0.005), ("basisPerYear", 0.05)]),
            (3, [("range", 0.20), ("window", 1), ("basisFloor", 0.005), ("basisPerYear", 0.05)]),
            (4, [("range", 0.30), ("window", 2), ("basisFloor", 0.01), ("basisPerYear", 0.10)]),
        ]
        let entries = values.flatMap { asset, own in
            own.map { key, value in
                RiskParameters(
                    version: ParameterVersion(1), status: .effective, key: Symbol(key) ?? .empty, asset: AssetID(asset),
                    index: 0, value: Ratio(Int64((value * 1e9).rounded())), last: false)
            }
        }
        return try ParameterSet.bootstrap.applying(entries, version: ParameterVersion(1))
    }
}
