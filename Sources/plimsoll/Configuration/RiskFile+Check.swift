import MarginDomain
import MarginModel

extension RiskFile {
    /// Whether the values make a set of parameters that the model accepts.
    ///
    /// - Throws: ``ConfigurationFaults`` with the model's reason.
    func check(_ file: String) throws {
        // Symbols get numbers in order; the model does not care which.
        let groups =
            [(AssetID(0), shared)]
            + bySymbol.keys.sorted().enumerated().map { place, symbol in
                (AssetID(UInt32(place + 1)), bySymbol[symbol] ?? [])
            }
        var faults: [ConfigurationFault] = []
        var set = ParameterSet.bootstrap
        for (asset, entries) in groups {
            let values = entries.compactMap { entry in
                Symbol(entry.key).map { key in
                    RiskParameters(
                        version: version, status: .effective, key: key, asset: asset, index: entry.index,
                        value: entry.value, last: false)
                }
            }
            do { set = try set.applying(values, version: version) } catch {
                faults.append(ConfigurationFault(file: file, key: "", explanation: "\(error)"))
            }
        }
        guard faults.isEmpty else { throw ConfigurationFaults(faults: faults) }
    }
}
