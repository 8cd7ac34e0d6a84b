import ArgumentParser

/// What would bring a pool back to its initial margin.
struct CuresCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cures",
        abstract: "Says what would bring a pool back to its initial margin.",
        discussion: """
            Each deposit does by itself; the trades do together.

            EXAMPLES
              plimsoll cures --pool 17
              plimsoll cures --pool 17 --log var/log --at 812
            """)

    @Option(help: "The pool.") var pool: UInt64
    @OptionGroup var options: QuestionOptions

    func run() async throws { try await options.ask(Question("CuresQuery", ["\"pool\":\"\(pool)\""])) }
}
