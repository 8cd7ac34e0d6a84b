import ArgumentParser

/// The largest trade that a pool may still make.
struct LargestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "largest",
        abstract: "Says how much of an instrument a pool may still buy or sell.",
        discussion: """
            The answer and every partial fill of it leave the pool at its initial margin, or no worse than it is.

            EXAMPLES
              plimsoll largest --pool 17 --instrument 3 --side buy
              plimsoll largest --pool 17 --instrument 3 --side sell --price 59000 --log var/log
            """)

    @Option(help: "The pool.") var pool: UInt64
    @Option(help: "The instrument.") var instrument: UInt32
    @Option(help: "buy or sell.") var side: Side
    @Option(help: "At which it would trade; the mark by default.") var price = "0"
    @OptionGroup var options: QuestionOptions

    /// Which way.
    enum Side: String, ExpressibleByArgument {
        case buy, sell
    }

    func run() async throws {
        let question = Question(
            "LargestQuery",
            [
                "\"pool\":\"\(pool)\"", "\"instrument\":\(instrument)", "\"side\":\"\(side == .buy ? 1 : -1)\"",
                "\"price\":\(Question.decimal(price))",
            ])
        try await options.ask(question)
    }
}
