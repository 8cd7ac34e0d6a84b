import MarginDomain
import MarginEngine
import MarginModel

extension MethodStream {
    /// The generated dollar has eight decimals, a quantum six.
    private static let unitsPerQuantum: Int64 = 100

    /// Takes so much out, or pays so much in, that a part of initial margin is missing, or with a negative part left
    /// over; whether that was possible.
    static func drain(_ pool: PoolID, of engine: inout EngineState, lacking part: Double) -> Bool {
        guard let margin = engine.margin(of: pool)?.margin, margin.status == .margined, margin.initial > .zero,
            case .accountGreeks(let member)? = engine.answer(.poolQuery(PoolQuery(pool: pool))).last,
            let usd = engine.assetsBySymbol["USD"]
        else { return false }
        let left = Double(margin.initial.quanta) * (1 - part)
        let quanta = margin.equity.quanta - Int64(left)
        let units = Money(Int64(quanta.magnitude) * unitsPerQuantum)
        let events: EventGroup =
            if quanta > 0 {
                .withdrawal([
                    Withdrawal(
                        reference: Reference(1), account: member.account, instrument: member.instrument, asset: usd,
                        amount: units, status: .held)
                ])
            } else {
                .deposit([
                    Deposit(
                        reference: Reference(1), account: member.account, instrument: member.instrument, asset: usd,
                        amount: units, status: .final)
                ])
            }
        let header = BatchHeader(
            source: SourceID(99), epoch: Epoch(1), firstSequence: SequenceNumber(1), sendingTime: engine.now)
        let batch = EventBatch(header: header, events: events)
        _ = engine.apply(
            EventRecord(number: RecordNumber(engine.lastRecord.rawValue + 1), epoch: Epoch(1), batch: batch))
        guard let after = engine.margin(of: pool)?.margin else { return false }
        return (after.equity < after.initial) == (part > 0)
    }
}
