import ArgumentParser
import MarginDomain

/// The sets that the engine knows.
struct ShowParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Lists the sets in force, before it, and proposed.")

    @OptionGroup var engine: EngineOptions
    @Option(help: "Print every value of this version.") var version: UInt32?

    func run() throws {
        try engine.asking { _, asker in
            for set in try asker.parameters(ParameterVersion(version ?? 0)) {
                print(set.line)
                guard version != nil else { continue }
                for value in set.values { print("  \(value.line)") }
            }
        }
    }
}

/// A new set, which others have to approve.
struct ProposeParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "propose", abstract: "Proposes values; what is not named keeps its value.")

    @Argument(
        help: "Values such as kappa=0.7, range@BTC=0.2 (or its number), tails=-0.66,0.5,1,2, span/initialRatio=1.2."
    )
    var values: [String]
    @Option(help: "The new version; the next one if left out.") var version: UInt32?
    @OptionGroup var operation: OperatorOptions

    func run() throws {
        _ = try ParameterText.values(ofAll: values, nil)
        var chosen = ParameterVersion(version ?? 0)
        try operation.write { asker, desk in
            let values = try ParameterText.values(ofAll: values, asker.assets())
            if chosen == ParameterVersion(0) { chosen = try asker.nextVersion() }
            desk.write(values, .proposed, chosen)
            complain("version \(chosen)")
        } until: { sets in
            sets.contains { $0.version == chosen }
        }
    }
}

/// What a set would change.
struct PreviewParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview", abstract: "Shows what a set would change, over all live pools.")

    @Option(help: "The set.") var version: UInt32
    @Flag(help: "Print the answer as JSON.") var json = false
    @OptionGroup var engine: EngineOptions

    func run() throws {
        try engine.asking { _, asker in
            let preview = try asker.preview(ParameterVersion(version))
            for line in json ? [try preview.json] : preview.lines { print(line) }
        }
    }
}

/// An approval, and with the last one that is needed, effect.
struct ApproveParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approves a set after showing its preview; the last approval puts it in force.")

    @Option(help: "The set.") var version: UInt32
    @Flag(help: "Approve only: do not put it in force with the last approval.") var hold = false
    @OptionGroup var operation: OperatorOptions

    func run() throws {
        let version = ParameterVersion(version)
        var isLast = false
        try operation.write { asker, desk in
            for line in try asker.preview(version).lines { complain(line) }
            guard
                let set = try asker.parameters(version).first(where: {
                    $0.status != .effective && !$0.version.isOfEngine
                })
            else {
                throw EngineAsker.NoAnswer(description: "version \(version) is not proposed")
            }
            desk.write(set.values, .approved, version)
            isLast = !hold && UInt64(set.approvals.count) + 1 >= set.approvalsNeeded
            if isLast { desk.write(set.values, .effective, version) }
        } until: { sets in
            isLast
                ? sets.isInForce(version)
                : sets.contains { $0.version == version && $0.approvals.contains { $0.source == operation.sourceID } }
        }
    }
}

/// Effect of what has been approved.
struct ActivateParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "activate", abstract: "Puts an approved set in force.")

    @Option(help: "The set.") var version: UInt32
    @OptionGroup var operation: OperatorOptions

    func run() throws {
        let version = ParameterVersion(version)
        try operation.write { asker, desk in
            guard let set = try asker.parameters(version).first else { return }
            desk.write(set.values, .effective, version)
        } until: {
            $0.isInForce(version)
        }
    }
}

/// An emergency.
struct RaiseParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "raise", abstract: "Puts values in force at once, without approvals: they may only raise margin.")

    @Argument(help: "Values as for propose.") var values: [String]
    @OptionGroup var operation: OperatorOptions

    func run() throws {
        _ = try ParameterText.values(ofAll: values, nil)
        var version = ParameterVersion(0)
        try operation.write { asker, desk in
            let values = try ParameterText.values(ofAll: values, asker.assets())
            version = try asker.nextVersion()
            desk.write(values, .effective, version)
        } until: {
            $0.isInForce(version)
        }
    }
}

/// Back to the set before.
struct RollBackParameters: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rollback", abstract: "Puts the set before the present one in force again, once.")

    @OptionGroup var operation: OperatorOptions

    func run() throws {
        var version = ParameterVersion(0)
        try operation.write { asker, desk in
            guard let before = try asker.parameters().first(where: { $0.status == .effective && !$0.inForce }) else {
                throw EngineAsker.NoAnswer(description: "there is no set before the present one")
            }
            version = before.version
            desk.write(before.values, .effective, version)
        } until: {
            $0.isInForce(version)
        }
    }
}

extension [ParametersAnswer] {
    /// Whether this set of people's is in force, with whatever ranges.
    fileprivate func isInForce(_ version: ParameterVersion) -> Bool {
        contains { $0.inForce && $0.version == version }
    }
}

extension OperatorOptions {
    var sourceID: SourceID { SourceID(source) }
}

extension ParameterText {
    /// The values of several arguments; a wrong one ends the command.
    fileprivate static func values(ofAll texts: [String], _ assets: [String: AssetID]?) throws -> [ParameterValue] {
        do { return try texts.flatMap { try values(of: $0, assets) } } catch {
            complain("\(error)")
            throw ExitStatus.wrongInput
        }
    }
}

extension EngineAsker {
    /// By symbol, in capitals; of two with one symbol the one with the lower number.
    fileprivate mutating func assets() throws -> [String: AssetID] {
        let known = try parameters().first?.assets ?? []
        return Dictionary(known.map { ("\($0.symbol)".uppercased(), $0.asset) }) { first, _ in first }
    }

    /// A version that the engine has not seen among the sets that it knows.
    fileprivate mutating func nextVersion() throws -> ParameterVersion {
        let known = try parameters().map(\.version).filter { !$0.isOfEngine }
        return ParameterVersion((known.map(\.rawValue).max() ?? 0) + 1)
    }
}
