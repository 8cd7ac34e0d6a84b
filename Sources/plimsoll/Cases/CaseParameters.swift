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
    /// The file's version and a digest of every value that holds: equal for equal values, whoever set them.
    let version: String
    private let file: RiskFile

    /// - Throws: what the model refuses of the file.
    init(_ file: RiskFile) throws(UnreadableCase) { try self.init(file, overrides: nil) }

    /// The same file's with a case's own values over them.
    func overridden(by overrides: RiskFile) throws(UnreadableCase) -> CaseParameters {
        try CaseParameters(file, overrides: overrides)
    }

    private init(_ file: RiskFile, overrides: RiskFile?) throws(UnreadableCase) {
        let layers = [file] + (overrides.map { [$0] } ?? [])
        // Symbols get numbers in order; the model does not care which.
        let names = Set(layers.flatMap(\.bySymbol.keys)).sorted()
        symbols = Dictionary(uniqueKeysWithValues: zip(names, (1...).lazy.map { AssetID(UInt32($0)) }))
        var set = ParameterSet.bootstrap
        for layer in layers {
            set = try Self.applying(layer.shared, of: nil, AssetID(0), to: set, version: file.version)
            for (symbol, asset) in symbols.sorted(by: { $0.value < $1.value }) {
                let entries = layer.bySymbol[symbol] ?? []
                set = try Self.applying(entries, of: symbol, asset, to: set, version: file.version)
            }
        }
        self.set = set
        self.file = file
        version = "\(set.version)-\(Self.digest(of: set, names))"
    }

    private static func applying(
        _ entries: [RiskFile.Entry], of symbol: String?, _ asset: AssetID, to set: ParameterSet,
        version: ParameterVersion
    ) throws(UnreadableCase) -> ParameterSet {
        let values = entries.compactMap { entry in
            Symbol(entry.key).map { key in
                RiskParameters(
                    version: version, status: .effective, key: key, asset: asset, index: entry.index,
                    value: entry.value,
                    last: false)
            }
        }
        do { return try set.applying(values, version: version) } catch {
            let owner = symbol.map { " (asset \(asset) is \($0))" } ?? ""
            throw UnreadableCase(path: JSONPath([.key("parameters")]), explanation: "\(error)\(owner)")
        }
    }

    /// - Parameter names: symbols in the order of their numbers, which start at 1.
    private static func digest(of set: ParameterSet, _ names: [String]) -> String {
        var hash = SHA256()
        for entry in set.entries(status: .effective) {
            let owner = entry.asset.rawValue == 0 ? "" : names[Int(entry.asset.rawValue) - 1]
            hash.update(data: Data("\(entry.key) \(owner) \(entry.index) \(entry.value.billionths)\n".utf8))
        }
        return hash.finalize().prefix(6).map { String(format: "%02x", $0) }.joined()
    }
}
