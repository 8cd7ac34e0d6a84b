import Crypto
import Foundation
import MarginMethods
import MarginWire

/// The parameters of a margin method that hold for a case: a file's, and over them the case's own.
struct MethodParameters {
    var method: any MarginMethod
    /// The file's version and a digest of what the file and the case say: equal for equal values, whoever set them.
    var version: String { "\(file.version)-\(digest)" }
    private let file: MethodFile
    private let tree: ParameterTree

    /// - Throws: what the method refuses of the file.
    init(_ file: MethodFile, of type: any MarginMethod.Type) throws(MethodFault) {
        method = try type.init(file.parameters)
        self.file = file
        tree = file.parameters
    }

    private init(_ other: MethodParameters, over: ParameterTree) throws(MethodFault) {
        method = try other.method.overridden(by: over)
        file = other.file
        tree = other.tree.merged(with: over)
    }

    /// The same file's with a case's own values over them.
    func overridden(by own: JSONValue, at path: JSONPath) throws(UnreadableCase) -> MethodParameters {
        let tree = try ParameterTree(own, at: path)
        do { return try MethodParameters(self, over: tree) } catch {
            // The method's path leads on from the case's.
            switch error {
            case .unknownParameter(let place): throw own.wrong(path.appending(.key(place)), "unknown key")
            case .badParameter(let place, let reason): throw own.wrong(path.appending(.key(place)), reason)
            default: throw own.wrong(path, "\(error)")
            }
        }
    }

    private var digest: String {
        let hash = SHA256.hash(data: Data(tree.canonicalText.utf8))
        return hash.prefix(6).map { String(format: "%02x", $0) }.joined()
    }
}
