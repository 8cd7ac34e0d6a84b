import MarginDomain

/// Which members have orders in an instrument, and how many, so that an instrument's end need not look at everybody.
struct OrderOwners: Sendable {
    private var counts: [InstrumentID: [MemberIndex: Int]] = [:]

    /// A member has one order more.
    mutating func note(_ instrument: InstrumentID, of member: MemberIndex) {
        counts[instrument, default: [:]][member, default: 0] += 1
    }

    /// A member has one order less.
    mutating func forget(_ instrument: InstrumentID, of member: MemberIndex) {
        guard let count = counts[instrument]?[member] else { return }
        counts[instrument]?[member] = count > 1 ? count - 1 : nil
        if counts[instrument]?.isEmpty == true { counts[instrument] = nil }
    }

    /// In no order.
    func owners(of instrument: InstrumentID) -> [MemberIndex] { counts[instrument].map { Array($0.keys) } ?? [] }
}
