/// JSON that is no message of the bus, taken apart as strictly as one: no duplicate keys, no trailing text, no NaN.
public enum JSONText {
    /// The one value of a whole text.
    ///
    /// - Throws: what is wrong with the text, at which byte and under which key.
    public static func parse(_ text: [UInt8], within limits: JSONLimits) throws(JSONTextFault) -> JSONValue {
        var parser = JSONParser(text.wireBytes, within: limits)
        do { return try parser.whole() } catch {
            throw JSONTextFault(reason: error, path: JSONPath(parser.path))
        }
    }
}

/// Why a text is not JSON: the reason, which tells the byte, and the innermost value that was being read.
public struct JSONTextFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong, and at which byte.
    public let reason: WireError
    /// The value that could not be read.
    public let path: JSONPath

    public var description: String { path.steps.isEmpty ? "\(reason)" : "\(path): \(reason)" }
}
