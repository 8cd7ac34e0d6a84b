import ArgumentParser
import MarginConsole
import MarginDomain
import MarginModel

/// Looks after the agreements of pools.
struct AgreementCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "agreement", abstract: "Looks after the agreements of pools.",
        subcommands: [Check.self, AgreementAnnouncement.self])

    /// Finds every mistake in a term sheet.
    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks a term sheet.",
            discussion: """
                EXAMPLES
                  plimsoll agreement check config/agreements/mutual.yaml
                """)

        @Argument(help: "The term sheet.") var file: String
        @Flag(help: "Print the result as JSON.") var json = false

        func run() throws {
            var problems: [String] = []
            var summary = ""
            do {
                let sheet = try AgreementFile.load(file)
                summary = "\(sheet.name): \(sheet.agreement.summary); margined by \(sheet.method)"
            } catch let error as ConfigurationFaults {
                problems = error.faults.map(\.description)
            }
            if json {
                try printJSON(Report(file: file, valid: problems.isEmpty, problems: problems))
            } else if problems.isEmpty {
                print("\(file): no mistakes\n\(summary)")
            } else {
                for problem in problems { print(problem) }
            }
            if !problems.isEmpty { throw ExitStatus.wrongInput }
        }

        private struct Report: Encodable {
            var file: String
            var valid: Bool
            var problems: [String]
        }
    }
}

extension AgreementFile {
    /// The name of what margins the pools.
    fileprivate var method: Symbol { model == .empty ? .defaultModel : model }
}

extension MarginCase.Agreement {
    /// What a member signs, in a sentence.
    fileprivate var summary: String {
        switch self {
        case .oneOwner: "accounts of one owner, netted"
        case .mutual(let terms):
            "mutual, at most \(DecimalText.percent(terms.betaMax)) of the benefit credited; a member locks at least "
                + "\(DecimalText.percent(terms.contributionShare)) of its stand-alone initial margin, and risks for "
                + "others at most \(1 + terms.pledgeMultiple.fraction) times what it has locked"
        }
    }
}
