import ArgumentParser

/// A pool's margin before and after hypothetical changes.
struct WhatIfCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "what-if",
        abstract: "Says what a pool's margin would be after trades and payments, or under other parameters.",
        discussion: """
            A trade is instrument:quantity:price, a payment asset:amount, both in human units; negative sells or pays.

            EXAMPLES
              plimsoll what-if --pool 17 --trade=3:-1.5:60000
              plimsoll what-if --pool 17 --parameters 2147483650       under the ranges announced for tomorrow
              plimsoll what-if --pool 17 --trade=3:1:60000 --trade=9:-2:850 --cash=1:-5000 --log var/log --at 812
            """)

    @Option(help: "The pool.") var pool: UInt64
    @Option(help: "A trade, instrument:quantity:price; may be repeated.") var trade: [String] = []
    @Option(help: "A payment, asset:amount; may be repeated.") var cash: [String] = []
    @Option(help: "The version of the parameters afterwards: proposed, announced or before; in force if left out.")
    var parameters: UInt32 = 0
    @OptionGroup var options: QuestionOptions

    func run() async throws {
        let trades = try trade.map { text in
            let parts = try ChangeText.parts(of: text, 3, "--trade", "instrument:quantity:price")
            return change(instrument: parts[0], quantity: parts[1], price: parts[2])
        }
        let payments = try cash.map { text in
            let parts = try ChangeText.parts(of: text, 2, "--cash", "asset:amount")
            return change(asset: parts[0], amount: parts[1])
        }
        let changes = "[" + (trades + payments).joined(separator: ",") + "]"
        try await options.ask(
            Question(
                "WhatIfQuery", ["\"pool\":\"\(pool)\"", "\"version\":\(parameters)", "\"changes\":\(changes)"]))
    }

    private func change(
        instrument: String = "0", quantity: String = "0", price: String = "0", asset: String = "0", amount: String = "0"
    ) -> String {
        let members = [
            "\"account\":0", "\"instrument\":\(instrument)", "\"quantity\":\(Question.decimal(quantity))",
            "\"price\":\(Question.decimal(price))", "\"asset\":\(asset)", "\"amount\":\(Question.decimal(amount))",
        ]
        return "{" + members.joined(separator: ",") + "}"
    }
}
