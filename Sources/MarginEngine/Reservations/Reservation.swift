import MarginDomain

/// Margin set aside for an order or a withdrawal that passed a check and is not yet in the ledger.
///
/// What may still happen: none, part or all of ``lots`` trade at ``price``, and ``amount`` leaves.
struct Reservation: Equatable, Sendable {
    /// Names it: the exchange's own number of the order or withdrawal, or one that the engine gave.
    let token: Reference
    let member: Member
    /// ``InstrumentID/none`` for a withdrawal.
    let instrument: InstrumentID
    /// What is not filled yet; positive = buy.
    var lots: Int64
    let price: Price
    let asset: AssetID
    /// Never positive: a withdrawal, or an order's fee.
    let amount: Money
    /// Engine time at which it lapses.
    let expires: Timestamp
}
