import Crypto
import Foundation
import MarginDomain
import MarginModel
import MarginWire

/// The parameters that hold for a case: a risk file's, and over them the case's own.
struct CaseParameters: Sendable {
    let set: ParameterSet
    /// The number that each symbol has in the set.
    let symbols: [String: AssetID]

    init(_ file: RiskFile, overrides: RiskFile? = nil) throws(UnreadableCase) {
        let layers = [file] + (overrides.map { [$0] } ?? [])
        // Symbols get numbers in order; the model does not care which.
        let names = Set(layers.flatMap(\.bySymbol.keys)).sorted()
        let symbols = Dictionary(uniqueKeysWithValues: zip(names, (1...).lazy.map { AssetID(UInt32($0)) }))
        var set = ParameterSet.bootstrap
        for layer in layers {
            for (symbol, entries) in [(nil, layer.shared)] + names.map({ ($0, layer.bySymbol[$0] ?? []) }) {
                let values = entries.compactMap { entry in
                    Symbol(entry.key).map { key in
                        RiskParameters(
                            version: file.version, status: .effective, key: key,
                            asset: symbol.flatMap { symbols[$0] } ?? AssetID(0), index: entry.index, value: entry.value,
                            last: false)
                    }
                }
                do { set = try set.applying(values, version: file.version) } catch {
                    let owner = symbol.map { " (asset \(symbols[$0] ?? AssetID(0)) is \($0))" } ?? ""
                    throw UnreadableCase(path: JSONPath([.key("parameters")]), explanation: "\(error)\(owner)")
                }
            }
        }
        self.set = set
        self.symbols = symbols
    }

    /// The file's version, and a digest of every value that holds: equal for equal parameters, whoever set them.
    var version: String {
        let names = Dictionary(uniqueKeysWithValues: symbols.map { ($0.value, $0.key) })
        var hash = SHA256()
        for entry in set.entries(status: .effective) {
            let line = "\(entry.key) \(names[entry.asset] ?? "") \(entry.index) \(entry.value.billionths)\n"
            hash.update(data: Data(line.utf8))
        }
        return "\(set.version)-" + hash.finalize().prefix(6).map { String(format: "%02x", $0) }.joined()
    }
}
