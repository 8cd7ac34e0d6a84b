import ArgumentParser

/// How a mutual pool stands, and what a newcomer would change.
struct MutualCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mutual",
        abstract: "Says how a mutual pool stands, also without each member, and what a newcomer would change.",
        discussion: """
            With an account it is a preview for all members: shares before, on joining, and once the newcomer's credit
            is whole; what it saves; and whether it would be let in. Nothing is changed by asking.

            EXAMPLES
              plimsoll mutual --pool 500
              plimsoll mutual --pool 500 --account 3 --contribution 2988 --pledge 1012
              plimsoll mutual --pool 501 --agreement 5 --account 3 --contribution 2988 --log var/log --at 812
            """)

    @Option(help: "The pool that stands for the members.") var pool: UInt64
    @Option(help: "The account that would join, or raise what it has pledged.") var account: UInt64 = 0
    @Option(help: "The instrument of an isolated position that would join.") var instrument: UInt32 = 0
    @Option(help: "The agreement under which the pool would come into being; that of the pool by default.")
    var agreement: UInt32 = 0
    @Option(help: "What would be locked, in dollars.") var contribution = "0"
    @Option(help: "The lien on the rest of its excess, in dollars.") var pledge = "0"
    @OptionGroup var options: QuestionOptions

    func run() async throws {
        try await options.ask(
            Question(
                "MutualQuery",
                [
                    "\"pool\":\"\(pool)\"", "\"account\":\"\(account)\"", "\"instrument\":\(instrument)",
                    "\"agreement\":\(agreement)", "\"contribution\":\(Question.decimal(contribution))",
                    "\"pledge\":\(Question.decimal(pledge))",
                ]))
    }
}
