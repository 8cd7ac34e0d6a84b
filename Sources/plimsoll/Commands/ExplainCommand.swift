import ArgumentParser
import MarginConsole
import MarginDomain
import MarginModel

/// Where a pool's margin comes from: now, or as of a record of the log.
struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says where a pool's margin comes from, now or as of a record.",
        discussion: """
            Every component, the whole scenario vector, the binding scenarios, the inputs with their ages, the shares.
            From a log also where the pool would be liquidated along every factor.

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
        let question = Question(
            "ExplainQuery", ["\"pool\":\"\(pool)\"", "\"record\":0", "\"version\":\(parameters)"])
        guard let desk = try await options.logDesk() else { return try await options.ask(question) }
        let points = await desk.liquidationPoints(of: PoolID(pool), under: ParameterVersion(parameters))
        let levels = LiquidationLevels(pool, points, desk.names)
        if options.json {
            for line in try await desk.answers(to: question) { print(line) }
            return try printJSON(levels)
        }
        for case .explanation(let explanation) in try await desk.found(question) {
            print(ExplanationText(desk.names).text(explanation))
        }
        print("\n\(levels.text)")
    }
}

/// Where a pool would be liquidated along every factor, to be printed.
struct LiquidationLevels: Encodable {
    let message = "LiquidationLevels"
    let pool: UInt64
    /// Nil for a pool whose levels nobody looks for: of a member of a mutual pool, or under a published method.
    let levels: [Level]?

    /// One point. The price is that of the index, in dollars.
    struct Level: Encodable {
        let underlying: UInt32
        let name: String
        let factor: String
        let move: String
        let price: String
    }

    init(_ pool: UInt64, _ points: [LiquidationPoint]?, _ names: Nomenclature) {
        self.pool = pool
        levels = points?.map { point in
            Level(
                underlying: point.underlying.rawValue, name: names.name(point.underlying),
                factor: point.factor.rawValue,
                move: DecimalText.scaled(point.move.billionths, Exponent(-9)),
                price: names.price(point.price, of: point.underlying))
        }
    }

    /// For people.
    var text: String {
        guard let levels else {
            return "Where it would be liquidated is not looked for: a member of a mutual pool, or a published method."
        }
        guard !levels.isEmpty else {
            return "No single factor leads to liquidation within a twentieth and six times of now."
        }
        let table = TextTable(
            [.init("would be liquidated at", .left), .init("factor", .left), .init("move"), .init("index price")],
            rows: levels.map { [$0.name, $0.factor, $0.move, $0.price] })
        return table.lines.joined(separator: "\n")
    }
}
