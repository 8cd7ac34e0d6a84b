import ArgumentParser

/// Whether an order or a withdrawal may go ahead; if so, margin for it is reserved.
struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Asks whether an order or a withdrawal may go ahead, and reserves margin for it.",
        discussion: """
            An order is instrument:quantity:price (price 0 = the mark), a payment asset:amount; negative sells or pays. A
            payment beside an order is its fee. What passes is reserved under the token until it lapses, trades, or is
            released; the same token again replaces it. A log is only asked: nothing is reserved in it.

            EXAMPLES
              plimsoll check --account 17 --trade=3:1.5:60000 --token 812
              plimsoll check --account 17 --cash=1:-5000 --reserve 0    only asks
              plimsoll check --account 17 --token 812 --release
              plimsoll check --account 17 --trade=3:-2:0 --log var/log --at 812

            EXIT CODES
              0 it may go ahead   1 margin is missing   2 no such question
            """)

    @Option(help: "The account.") var account: UInt64
    @Option(help: "The order, instrument:quantity:price.") var trade: String?
    @Option(help: "A withdrawal, or the order's fee, asset:amount with a negative amount.") var cash: String?
    @Option(help: "The number of the order or withdrawal; 0 = the engine gives one.") var token: UInt64 = 0
    @Option(help: "Seconds for which margin is reserved, 0 to 10; 5 by default, 0 for a log.") var reserve: UInt8?
    @Flag(help: "Ends the reservation under the token.") var release = false
    @Flag(help: "Of the account's isolated position in the instrument.") var isolated = false
    @OptionGroup var options: QuestionOptions

    func validate() throws {
        guard release || trade != nil || cash != nil else {
            throw ValidationError("nothing to check: --trade, --cash or --release")
        }
        guard !release || (token != 0 && trade == nil && cash == nil && reserve == nil) else {
            throw ValidationError("--release needs --token, and goes with no order, payment or --reserve")
        }
        guard options.log == nil || (!release && (reserve ?? 0) == 0) else {
            throw ValidationError("nothing is reserved in a log: --release and --reserve are for a running engine")
        }
    }

    func run() async throws {
        let order = try trade.map { try ChangeText.parts(of: $0, 3, "--trade", "instrument:quantity:price") }
        let payment = try cash.map { try ChangeText.parts(of: $0, 2, "--cash", "asset:amount") }
        let seconds = reserve ?? (options.log == nil && !release ? 5 : 0)
        let question = Question(
            "CheckQuery",
            [
                "\"account\":\"\(account)\"", "\"instrument\":\(order?[0] ?? "0")",
                "\"quantity\":\(Question.decimal(order?[1] ?? "0"))", "\"price\":\(Question.decimal(order?[2] ?? "0"))",
                "\"asset\":\(payment?[0] ?? "0")", "\"amount\":\(Question.decimal(payment?[1] ?? "0"))",
                "\"reserveFor\":\"\(seconds)\"", "\"mode\":\"\(isolated ? "isolated" : "cross")\"",
                "\"token\":\"\(token)\"",
            ])
        let answers = try await options.answers(to: question)
        for line in answers { print(line) }
        // The mirror writes no space between a name and its value.
        guard answers.contains(where: { $0.contains("\"accepted\":true") }) else { throw ExitStatus.checkFailed }
    }
}

/// Changes as they are written on the command line.
enum ChangeText {
    /// What stands between colons; the first part is a number.
    ///
    /// - Throws: that it is otherwise, after saying so.
    static func parts(of text: String, _ count: Int, _ option: String, _ form: String) throws -> [String] {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == count, UInt32(parts[0]) != nil else {
            complain("\(option) \(text): the form is \(form)")
            throw ExitStatus.wrongInput
        }
        return parts
    }
}
