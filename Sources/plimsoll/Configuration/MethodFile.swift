import Foundation
import MarginMethods
import Yams

/// Parameters of a margin method as read from `config/risk/<method>.yaml`.
struct MethodFile: Equatable, Sendable {
    /// From 1.
    var version: UInt32
    var parameters: ParameterTree

    /// - Parameter method: the name that the file must give as its `model`.
    /// - Throws: ``ConfigurationFaults`` naming file, line and key.
    static func load(_ path: String, of method: String) throws -> MethodFile {
        let text: String
        do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
            throw fault(path, nil, "", "cannot be read: \(error.localizedDescription)")
        }
        let node: Node?
        do { node = try Yams.compose(yaml: text) } catch { throw fault(path, nil, "", "\(error)") }
        guard let mapping = node?.mapping else { throw fault(path, nil, "", "expected a mapping") }
        var file = MethodFile(version: 0, parameters: .empty)
        var parameters: [String: ParameterTree] = [:]
        for (key, value) in mapping {
            guard let name = key.string else { throw fault(path, key, "?", "expected a name") }
            switch name {
            case "version": file.version = value.int.flatMap { UInt32(exactly: $0) } ?? 0
            case "model":
                guard value.string == method else { throw fault(path, value, name, "the model is not \(method)") }
            default: parameters[name] = try tree(value, name, in: path)
            }
        }
        guard file.version > 0 else { throw fault(path, nil, "version", "give a version from 1") }
        file.parameters = .table(parameters)
        return file
    }

    private static func tree(_ node: Node, _ name: String, in path: String) throws -> ParameterTree {
        switch node {
        case .scalar(let scalar): return leaf(scalar)
        case .sequence(let elements):
            return .list(try elements.enumerated().map { try tree($0.element, "\(name)[\($0.offset)]", in: path) })
        case .mapping(let mapping):
            var table: [String: ParameterTree] = [:]
            for (key, value) in mapping {
                guard let inner = key.string else { throw fault(path, key, name, "expected a name") }
                table[inner] = try tree(value, "\(name).\(inner)", in: path)
            }
            return .table(table)
        default: throw fault(path, node, name, "an alias stands where a value is expected")
        }
    }

    /// What a plain word means; quoted ones are text.
    private static func leaf(_ scalar: Node.Scalar) -> ParameterTree {
        guard scalar.style == .plain || scalar.style == .any else { return .text(scalar.string) }
        switch scalar.string {
        case "true": return .flag(true)
        case "false": return .flag(false)
        default:
            guard scalar.string.utf8.allSatisfy(decimalCharacters.contains), let number = Double(scalar.string) else {
                return .text(scalar.string)
            }
            return .number(number)
        }
    }

    /// Keeps out the other spellings that `Double` reads: hexadecimal, NaN and infinity.
    private static let decimalCharacters = Set("+-.0123456789Ee".utf8)

    private static func fault(
        _ path: String, _ node: Node?, _ key: String, _ explanation: String
    ) -> ConfigurationFaults {
        ConfigurationFaults(faults: [
            ConfigurationFault(file: path, line: node?.mark?.line, key: key, explanation: explanation)
        ])
    }
}
