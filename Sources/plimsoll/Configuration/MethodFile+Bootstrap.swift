import Foundation
import MarginDomain
import MarginMethods

/// The parameters of published methods that a log begins with: the files beside the default model's.
struct MethodBootstrap: Equatable, Sendable {
    var version: ParameterVersion
    var model: Symbol
    var values: [ParameterValue]

    /// One for every method that has a file in the folder of the default model's, in order of name.
    ///
    /// - Throws: ``ConfigurationFaults`` naming the file and what its method does not take.
    static func all(beside riskFile: String) throws -> [MethodBootstrap] {
        let folder = (riskFile as NSString).deletingLastPathComponent
        var found: [MethodBootstrap] = []
        for method in MethodRegistry.methods {
            let path = (folder as NSString).appendingPathComponent("\(method.name).yaml")
            guard FileManager.default.fileExists(atPath: path) else { continue }
            found.append(try MethodBootstrap(try MethodFile.load(path, of: method.name), of: method, in: path))
        }
        return found
    }

    private init(_ file: MethodFile, of method: any MarginMethod.Type, in path: String) throws {
        func fault(_ key: String, _ explanation: String) -> ConfigurationFaults {
            ConfigurationFaults(faults: [ConfigurationFault(file: path, key: key, explanation: explanation)])
        }
        let leaves = file.parameters.leaves
        do throws(MethodFault) {
            _ = try method.init(file.parameters)
            // What the bus carries must read as what the file says.
            _ = try method.init(try ParameterTree(leaves: leaves))
        } catch { throw fault("", "\(error)") }
        guard let model = Symbol(method.name) else { throw fault("model", "is too long a name") }
        self.model = model
        version = ParameterVersion(file.version)
        values = try leaves.map { leaf in
            guard let (table, key) = leaf.path.symbols, let text = Symbol(leaf.text) else {
                throw fault("\(leaf.path)", "name or value is too long for the bus")
            }
            return ParameterValue(
                key: key, asset: AssetID(0), index: 0, value: .zero, model: model, table: table, text: text)
        }
    }
}
