import Foundation
import Testing

/// Generated code is committed; it must be what the generator writes today.
@Suite struct GeneratedSourcesTests {
    @Test func `generated sources are up to date with the schema`() throws {
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let complaints = Pipe()
        let generator = Process()
        generator.executableURL = root.appending(path: "scripts/generate-messages")
        generator.arguments = ["--check"]
        generator.standardError = complaints

        try generator.run()
        let output = try complaints.fileHandleForReading.readToEnd() ?? Data()
        generator.waitUntilExit()

        #expect(generator.terminationStatus == 0, "\(String(decoding: output, as: UTF8.self))")
    }
}
