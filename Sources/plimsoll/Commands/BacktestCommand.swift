import ArgumentParser
import Foundation
import MarginMethods
import MarginModel

/// Tries margin models on real daily history.
struct BacktestCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Tries margin models on real daily history: coverage, cost, procyclicality.",
        discussion: """
            Margin is set at every close for standard books, and compared with the loss of the next day and the next two.
            Multipliers for equal coverage are set on days to the split and judged on days after it. Tables of Markdown
            on standard output; docs/risk-quality.md explains them. The same data give the same text.

            EXAMPLES
              plimsoll backtest --data DIR                  tables
              plimsoll backtest --data DIR --json           the same as JSON, with every book
              plimsoll backtest --data DIR --frontier       and 234 settings of expected shortfall
            """)

    @Option(help: "The folder with daily closes; else $PLIMSOLL_DATA, else ../shared/data.") var data: String?
    @Option(help: "The default model's risk parameters.") var risk = "config/risk/plimsoll.yaml"
    @Option(help: "The term sheet of the mutual pools.") var agreement = "config/agreements/mutual.yaml"
    @Option(help: "Last date of the days that parameters are chosen on.") var split = "2023-12-31"
    @Option(help: "First date of margins.") var from = "2021-01-01"
    @Option(help: "First date of margins of options, whose volatility has a shorter history.")
    var optionsFrom = "2023-01-01"
    @Flag(help: "Try every setting of the frontier too.") var frontier = false
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
        let folder = data ?? ProcessInfo.processInfo.environment["PLIMSOLL_DATA"] ?? "../shared/data"
        do {
            let (grid, notes) = try defaultModel()
            let run = BacktestRun(
                folder: MarketDataFolder(path: folder), grid: grid, terms: try terms(), split: split, from: from,
                optionsFrom: optionsFrom, withFrontier: frontier)
            let report = try run.report(notes: notes) { complain($0) }
            print(json ? try Self.encoded(report) : BacktestText(report: report).text)
        } catch let error as UnreadableMarketData {
            complain(error.description)
            throw ExitStatus.wrongInput
        } catch let error as MethodFault {
            complain(error.description)
            throw ExitStatus.wrongInput
        } catch let error as ConfigurationFaults {
            complain(error.description)
            throw ExitStatus.wrongInput
        } catch let error as UnreadableCase {
            complain("\(risk): \(error.explanation)")
            throw ExitStatus.wrongInput
        }
    }

    /// The range that stands in for a coin without one: that of SOL, whose falls were like BNB's.
    private static let assumed = ["range": "0.30", "window": "all", "basisFloor": "0.01", "basisPerYear": "0.10"]

    /// The default model, with a range for coins that the file does not name.
    private func defaultModel() throws -> (DefaultGrid, notes: [String]) {
        var file = try RiskFile.load(risk)
        var notes: [String] = []
        for coin in MarketDataFolder.coins where file.bySymbol[coin] == nil {
            file.bySymbol[coin] = Self.assumed.sorted { $0.key < $1.key }.compactMap { key, text in
                RiskFileReader.billionths(text).map { RiskFile.Entry(key: key, index: 0, value: $0) }
            }
            notes.append("\(coin) has no range in \(risk); 30 % is assumed, without a common node")
        }
        let parameters = try CaseParameters(file)
        return (DefaultGrid(parameters.set, symbols: parameters.symbols), notes)
    }

    private func terms() throws -> MutualTerms {
        guard case .mutual(let terms) = try AgreementFile.load(agreement).agreement else {
            throw ConfigurationFaults(faults: [
                ConfigurationFault(file: agreement, key: "kind", explanation: "expected mutual")
            ])
        }
        return terms
    }

    private static func encoded(_ report: BacktestReport) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }
}
