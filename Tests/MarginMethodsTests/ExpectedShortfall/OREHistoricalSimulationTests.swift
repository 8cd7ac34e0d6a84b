import Foundation
import MarginMethods
import Testing

/// Every figure that Open Source Risk Engine publishes of its historical simulation, from its 4,290 profits and losses.
@Suite struct OREHistoricalSimulationTests {
    static let folder = ProcessInfo.processInfo.environment["PLIMSOLL_VECTORS"] ?? "../shared/vectors"
    static var isPresent: Bool { FileManager.default.fileExists(atPath: "\(folder)/ore_histsim_pnl.csv.gz") }

    @Test(.enabled(if: isPresent, "no test vectors: set PLIMSOLL_VECTORS to the folder with ore_histsim_pnl.csv.gz"))
    func `all quantiles and shortfalls of ORE come out`() throws {
        let amounts = try Self.amounts()
        let expected = try String(contentsOfFile: "\(Self.folder)/ore_histsim_var_expected.csv", encoding: .utf8)
            .split(separator: "\n").dropFirst().map { $0.split(separator: ",").map(String.init) }

        #expect(expected.count == 6)
        for row in expected {
            let losses = try #require(amounts[row[1] + "/" + row[2]]).map { -$0 }
            let numbers = row.dropFirst(3).compactMap(Double.init)
            #expect(losses.count == 715 && numbers.count == 8)
            for (place, probability) in [0.01, 0.05, 0.95, 0.99].enumerated() {
                let quantile = -TailMeasure.valueAtRisk(losses, confidence: 1 - probability)
                let shortfall = -TailMeasure.whole.shortfall(losses, confidence: 1 - probability)
                // Published to six decimals, from amounts published to six decimals.
                #expect(abs(quantile - numbers[place]) <= 1e-6, "\(row[1]) quantile \(probability)")
                #expect(abs(shortfall - numbers[place + 4]) <= 1e-6, "\(row[1]) shortfall \(probability)")
            }
        }
    }

    /// By risk class and type.
    private static func amounts() throws -> [String: [Double]] {
        let unpacking = Process()
        unpacking.executableURL = URL(filePath: "/usr/bin/env")
        unpacking.arguments = ["gzip", "-dc", "\(folder)/ore_histsim_pnl.csv.gz"]
        let output = Pipe()
        unpacking.standardOutput = output
        try unpacking.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        unpacking.waitUntilExit()
        var amounts: [String: [Double]] = [:]
        for line in text.split(separator: "\n").dropFirst() {
            let fields = line.split(separator: ",")
            amounts["\(fields[1])/\(fields[2])", default: []].append(try #require(Double(fields[5])))
        }
        return amounts
    }
}
