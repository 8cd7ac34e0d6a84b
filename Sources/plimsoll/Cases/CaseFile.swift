import Foundation
import MarginWire

/// The cases of a file or of standard input: one, a list of them, or one a line.
struct CaseFile {
    /// In order.
    private(set) var entries: [Entry] = []
    private let name: String

    /// One case, or why there is none.
    struct Entry {
        /// File, line where each case has one, and the case's name or its number, counting from 1.
        let label: String
        let content: Result<JSONValue, UnreadableCase>
    }

    /// How a file holds its cases.
    enum Layout {
        /// The file is one JSON text: a case or a list of cases.
        case text
        /// Every line that is not blank is a case.
        case lines
    }

    /// Cases may be larger than the bus's messages.
    static let limits = JSONLimits(bytesMax: 256 << 20, depthMax: 16, membersMax: 1024, elementsMax: 100_000)

    /// - Parameter path: `-` is standard input.
    /// - Throws: why the file cannot be read.
    init(_ path: String, _ layout: Layout) throws(UnreadableCase) {
        name = path == "-" ? "standard input" : path
        let bytes = try Self.bytes(path)
        switch layout {
        case .text: addText(bytes)
        case .lines:
            let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            for (place, line) in lines.enumerated() {
                guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) else { continue }
                add(Self.parsed(Array(line)), at: "\(name):\(place + 1)")
            }
        }
    }

    private static func bytes(_ path: String) throws(UnreadableCase) -> [UInt8] {
        do {
            if path == "-" { return Array(try FileHandle.standardInput.readToEnd() ?? Data()) }
            return Array(try Data(contentsOf: URL(filePath: path)))
        } catch { throw UnreadableCase(explanation: "cannot be read: \(error.localizedDescription)") }
    }

    private mutating func addText(_ bytes: [UInt8]) {
        switch Self.parsed(bytes) {
        case .success(let value):
            guard case .array(let cases) = value.content else { return add(.success(value), at: name) }
            for element in cases { add(.success(element), at: name) }
        case .failure(var fault):
            // The first step into a list is the case, which the label names.
            var number = 1
            if case .element(let place) = fault.path.steps.first {
                number = place + 1
                fault.path = JSONPath(Array(fault.path.steps.dropFirst()))
            }
            entries.append(Entry(label: "\(name): case \(number)", content: .failure(fault)))
        }
    }

    private mutating func add(_ content: Result<JSONValue, UnreadableCase>, at place: String) {
        var title = "\(entries.count + 1)"
        if case .success(let value) = content, case .object(let members) = value.content,
            case .text(let name) = members.first(where: { $0.key == "name" })?.value.content, !name.isEmpty
        {
            title = "\"\(name)\""
        }
        entries.append(Entry(label: "\(place): case \(title)", content: content))
    }

    private static func parsed(_ text: [UInt8]) -> Result<JSONValue, UnreadableCase> {
        do { return .success(try JSONText.parse(text, within: limits)) } catch {
            return .failure(UnreadableCase(path: error.path, explanation: "\(error.reason)"))
        }
    }
}
