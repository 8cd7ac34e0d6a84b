import Testing

/// The arrows of `docs/architecture.md`: who may import whom. A new arrow needs a decision record.
@Suite struct DependencyDirectionTests {
    /// Our own modules that each target may import.
    static let ours: [String: Set<String>] = [
        "MarginDomain": [],
        "MarginModel": ["MarginDomain", "CMarginKernels"],
        "MarginMethods": ["MarginDomain", "MarginModel", "CMarginKernels"],
        "MarginDefault": ["MarginDomain", "MarginModel"],
        "MarginWire": ["MarginDomain"],
        "MarginLog": ["MarginDomain", "MarginWire", "CMarginLog"],
        "ZeroMQ": ["CZeroMQ"],
        "Handover": [],
        "MarginFeed": ["MarginDomain", "MarginWire", "ZeroMQ", "Handover"],
        "MarginEngine": ["MarginDomain", "MarginModel", "MarginMethods", "MarginDefault", "Handover"],
        "MarginPublisher": ["MarginDomain", "MarginWire", "ZeroMQ", "Handover"],
        "MarginConsole": ["MarginDomain"],
        "MarginExchange": ["MarginDomain", "MarginWire", "ZeroMQ", "Handover"],
        "MarginTestKit": ["MarginDomain"],
    ]

    /// Modules of others that each target may import; everyone may use the standard library.
    static let theirs: [String: Set<String>] = [
        "MarginLog": ["GRDB", "Foundation", "Glibc", "Synchronization"],
        "ZeroMQ": ["Glibc", "Synchronization"],
        "Handover": ["Glibc", "Synchronization"],
        "MarginFeed": ["Synchronization", "Glibc"],
        "MarginPublisher": ["Synchronization", "Glibc"],
        "MarginConsole": ["Histogram"],
        "MarginExchange": ["Glibc", "Synchronization"],
    ]

    @Test(arguments: Self.ours.keys.sorted())
    func `a target imports only what lies before it in the pipeline`(target: String) throws {
        let allowed = Self.ours[target, default: []].union(Self.theirs[target, default: []])

        for file in try Repository.swiftFiles(under: "Sources/\(target)") {
            for module in Self.imports(in: file.text) {
                #expect(allowed.contains(module), "\(file.path) imports \(module)")
            }
        }
    }

    @Test func `only the command names everything`() throws {
        let folders = Set(try Repository.swiftFiles(under: "Sources").map { $0.path.split(separator: "/")[1] })

        #expect(folders.subtracting(Self.ours.keys.map { Substring($0) }) == ["plimsoll"])
    }

    private static func imports(in text: String) -> [String] {
        text.split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else { return nil }
            guard place == 0 || ["public", "internal", "package", "@testable", "private"].contains(words[0]) else {
                return nil
            }
            return words[place + 1].split(separator: ".").first.map(String.init)
        }
    }
}
