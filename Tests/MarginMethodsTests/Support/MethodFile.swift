import Foundation
import MarginMethods
import Testing
import Yams

/// The published parameter file of a method, as a method reads it.
enum MethodFile {
    /// `config/risk/NAME.yaml` without its heading, which must say the first version and this name.
    static func tree(_ name: String) throws -> ParameterTree {
        let text = try String(contentsOfFile: "config/risk/\(name).yaml", encoding: .utf8)
        let node = try #require(try Yams.compose(yaml: text))
        guard case .table(var table) = try tree(node) else { return .empty }
        #expect(table.removeValue(forKey: "version") == .number(1))
        #expect(table.removeValue(forKey: "model") == .text(name))
        return .table(table)
    }

    private static func tree(_ node: Node) throws -> ParameterTree {
        if let mapping = node.mapping {
            var table: [String: ParameterTree] = [:]
            for (key, value) in mapping { table[try #require(key.string)] = try tree(value) }
            return .table(table)
        }
        if let sequence = node.sequence { return .list(try sequence.map { try tree($0) }) }
        if let flag = node.bool { return .flag(flag) }
        if let number = node.float { return .number(number) }
        return .text(try #require(node.string))
    }
}
