import ArgumentParser
import MarginConsole
import MarginDomain

/// Where a pool's margin comes from: now, or as of a record of the log.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says where a pool's margin comes from, now or as of a record.",
        discussion: """
            Every component, the whole scenario vector, the binding scenarios, the inputs with their ages, the shares, and
            where the pool would be liquidated along every factor.

            EXAMPLES
              plimsoll explain --pool 17                               a running engine, JSON
              plimsoll explain --pool 17 --log var/log --at 812        why was it liquidated by record 812
              plimsoll explain --pool 17 --log var/log --json
              plimsoll explain --pool 17 --parameters 4                under proposed parameters
            """)

    @Option(help: "The pool.") var pool: UInt64
    @Option(help: "Under this version of the parameters: proposed, announced or before; in force if left out.")
    var parameters: UInt32 = 0
    @OptionGroup var options: QuestionOptions

    func run() async throws {
        let explain = Question(
            "ExplainQuery", ["\"pool\":\"\(pool)\"", "\"record\":0", "\"version\":\(parameters)"])
        let levels = Question("LiquidationLevelsQuery", ["\"pool\":\"\(pool)\"", "\"version\":\(parameters)"])
        guard let desk = try await options.logDesk() else {
            try await options.ask(explain)
            return try await options.ask(levels)
        }
        for question in [explain, levels] {
            guard !options.json else {
                for line in try await desk.answers(to: question) { print(line) }
                continue
            }
            let answers = try await desk.found(question)
            let pages = answers.compactMap { answer in
                if case .explanation(let page) = answer { page } else { nil }
            }
            if let explanation = Explanation(joining: pages) {
                print(ExplanationText(desk.names).text(explanation))
            }
            for answer in answers {
                switch answer {
                case .liquidationLevels(let levels): print("\n\(LevelsText(desk.names).text(levels))")
                default: break
                }
            }
        }
    }
}
