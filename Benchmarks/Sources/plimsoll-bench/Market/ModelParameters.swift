import MarginDomain
import MarginModel

/// The risk parameters that all benchmarks run under: those of `config/risk/plimsoll.yaml`.
enum ModelParameters {
    /// - Parameter underlyings: those that are to be margined.
    static func set(of underlyings: [AssetID]) throws(ParameterFault) -> ParameterSet {
        let version = ParameterVersion(1)
        var entries: [RiskParameters] = []
        for underlying in underlyings {
            let values =
                particular[underlying] ?? [(.range, 0.30), (.window, 2), (.basisFloor, 0.01), (.basisPerYear, 0.10)]
            for (key, value) in values {
                entries.append(
                    RiskParameters(
                        version: version, status: .effective, key: key.symbol, asset: underlying, index: 0,
                        value: Ratio(Int64((value * Double(Ratio.scale)).rounded())), last: false))
            }
        }
        return try ParameterSet.bootstrap.applying(entries, version: version)
    }

    /// BTC and ETH; all others are as SOL.
    private static let particular: [AssetID: [(ParameterKey, Double)]] = [
        AssetID(3): [(.range, 0.16), (.window, 1), (.basisFloor, 0.005), (.basisPerYear, 0.05)],
        AssetID(4): [(.range, 0.20), (.window, 1), (.basisFloor, 0.005), (.basisPerYear, 0.05)],
    ]
}
