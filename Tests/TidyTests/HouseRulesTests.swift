import Foundation
import Testing

/// Style that no test enforces is a wish.
@Suite struct HouseRulesTests {
    @Test func `no source file is a continent`() throws {
        for file in try Repository.swiftFiles(under: "Sources") {
            let count = file.text.split(separator: "\n", omittingEmptySubsequences: false).count
            #expect(count <= 400, "\(file.path) has \(count) lines")
        }
    }

    @Test func `no name could be in any program`() throws {
        let banned = ["Manager", "Helper", "Utils", "Util", "Impl"]
        for file in try Repository.swiftFiles(under: "Sources") {
            let name = URL(filePath: file.path).deletingPathExtension().lastPathComponent
            for word in banned { #expect(!name.hasSuffix(word), "\(file.path)") }
        }
    }

    @Test(arguments: ["try!", "try?", "TODO", "FIXME", "@unchecked", "nonisolated(unsafe)", "Task.sleep"])
    func `a banned word appears only where its reason stands above it`(word: String) throws {
        for file in try Repository.swiftFiles(under: "Sources") {
            let lines = file.text.split(separator: "\n", omittingEmptySubsequences: false)
            for (number, line) in lines.enumerated() where line.contains(word) && !line.contains("//") {
                let above = lines[max(0, number - 8)..<number].joined(separator: "\n")
                let hasReason = ["// SAFETY:", "// ISOLATION:", "ISOLATION:", "// WAIT:"].contains {
                    above.contains($0)
                }
                #expect(hasReason, "\(file.path):\(number + 1): \(word)")
            }
        }
    }

    @Test func `the pure core knows no clock, no files and no environment`() throws {
        let banned = [
            "Foundation", "Date()", "ContinuousClock", "SystemRandomNumberGenerator", "ProcessInfo", "async ",
        ]
        for target in ["MarginDomain", "MarginModel", "MarginMethods", "MarginDefault", "MarginWire"] {
            for file in try Repository.swiftFiles(under: "Sources/\(target)") {
                for word in banned {
                    let code = file.text.split(separator: "\n").filter { !$0.contains("//") }.joined(separator: "\n")
                    #expect(!code.contains(word), "\(file.path): \(word)")
                }
            }
        }
    }

    @Test func `every configuration key is documented`() throws {
        let documentation = try Repository.text("config/README.md")
        let keys = try Repository.text("Sources/plimsoll/Configuration/KnownKeys.swift")
            .matches(of: /"([a-z]+\.[A-Za-z]+)"/).map { String($0.output.1) }

        #expect(keys.count > 10)
        for key in keys { #expect(documentation.contains("`\(key)`"), "config/README.md lacks \(key)") }
    }

    @Test func `every decision record is in the index`() throws {
        let index = try Repository.text("docs/decisions/README.md")
        let records = try Repository.files(under: "docs/decisions", extensions: ["md"])
            .map { URL(filePath: $0.path).lastPathComponent }.filter { $0 != "README.md" }

        #expect(records.count >= 5)
        for record in records { #expect(index.contains(record), "\(record) is not in the index") }
    }

    @Test func `no document names a machine's own paths`() throws {
        for folder in ["docs", "config", "scripts", "Sources", "Tests"] {
            for file in try Repository.files(under: folder, extensions: ["md", "yaml", "swift", "py", "sh"]) {
                #expect(!file.text.contains("/ro" + "ot/"), "\(file.path)")
                #expect(!file.text.contains("/wo" + "rk/"), "\(file.path)")
            }
        }
    }
}
