import ArgumentParser
import MarginDomain
import MarginModel
import MarginWire

/// A term sheet as the message that announces it on the bus.
struct AgreementAnnouncement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "announce",
        abstract: "Prints a term sheet as the PoolAgreement event that an exchange sends: a line of the JSON mirror.",
        discussion: """
            Whoever publishes reference data sends it, under its own source and sequence number. `plimsoll wire encode`
            makes it a frame.

            EXAMPLES
              plimsoll agreement announce config/agreements/mutual.yaml --agreement 5 --source 1 --sequence 17
              plimsoll agreement announce config/agreements/one-owner.yaml --agreement 6 --source 1 --sequence 18
            """)

    @Argument(help: "The term sheet.") var file: String
    @Option(help: "The agreement's number on the bus; 0 is that of own pools.") var agreement: UInt32
    @Option(help: "The version of its terms.") var version: UInt32 = 1
    @Option(help: "The source number to send as.") var source: UInt16
    @Option(help: "The sequence number of the event.") var sequence: UInt64
    @Option(help: "When it is sent, in nanoseconds since 1970.") var time: Int64 = 0

    func validate() throws {
        guard agreement > 0 else { throw ValidationError("--agreement 0 is that of own pools") }
        guard source > 0 else { throw ValidationError("--source 0 is the engine itself") }
    }

    func run() throws {
        let sheet: AgreementFile
        do { sheet = try AgreementFile.load(file) } catch let error as ConfigurationFaults {
            for fault in error.faults { complain("\(fault)") }
            throw ExitStatus.wrongInput
        }
        let header = BatchHeader(
            source: SourceID(source), epoch: Epoch(1), firstSequence: SequenceNumber(sequence),
            sendingTime: Timestamp(time))
        let event = sheet.event(AgreementID(agreement), version: ParameterVersion(version))
        var mirror = JSONMirror()
        print(
            String(
                decoding: try mirror.encode(EventBatch(header: header, events: .poolAgreement([event]))), as: UTF8.self)
        )
    }
}

extension AgreementFile {
    /// The sheet's terms on the bus.
    fileprivate func event(_ id: AgreementID, version: ParameterVersion) -> PoolAgreement {
        var event =
            switch agreement {
            case .oneOwner: PoolAgreement(oneOwner: id, version: version)
            case .mutual(let terms): PoolAgreement(terms, as: id, version: version, signed: termsDigest)
            }
        event.model = model
        return event
    }
}
