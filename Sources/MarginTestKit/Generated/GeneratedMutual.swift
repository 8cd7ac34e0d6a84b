import MarginDomain

/// What the members of a generated exchange's mutual pools do.
///
/// It has random numbers of its own, so that a stream is otherwise what it would be without mutual pools.
struct GeneratedMutual {
    var random: SplitMix64
    /// Who may be in which pool, with what it pledged last; some were refused, or have left.
    var stakes: [Member: PoolMembership] = [:]
    /// Who gave notice: they come back, some of them while their contribution is still held.
    var leavers: [Member] = []
    var isOpen = false
    private var next = SequenceNumber(1)

    static let source = SourceID(910)
    /// Mutual pools and their agreements.
    static let pools: [(pool: PoolID, agreement: AgreementID)] = [
        (PoolID(7001), AgreementID(3)), (PoolID(7002), AgreementID(4)), (PoolID(7003), AgreementID(3)),
    ]
    static let membersMax = 4

    init(seed: UInt64) { random = SplitMix64(seed: seed ^ 0x3_0A7_A1) }

    mutating func header(_ count: Int, at time: Timestamp) -> BatchHeader {
        defer { next = next.advanced(by: count) }
        return BatchHeader(source: Self.source, epoch: Epoch(1), firstSequence: next, sendingTime: time)
    }

    /// Strangers who signed nothing: it is refused.
    static let unsigned = agreement(2, betaMax: 0.5, multiple: 1, digest: "")

    /// Of strangers, and of affiliates; their times are short, so that much happens in a stream.
    static let agreements = [
        agreement(3, betaMax: 0.5, multiple: 1, digest: String(repeating: "0f", count: 32)),
        agreement(4, betaMax: 0.8, multiple: 2, affiliates: true, ramp: .zero, notice: .seconds(300)),
    ]

    private static func agreement(
        _ id: UInt32, betaMax: Double, multiple: Double, affiliates: Bool = false, digest: String = "",
        ramp: Duration64 = .seconds(1200), notice: Duration64 = .seconds(1800)
    ) -> PoolAgreement {
        PoolAgreement(
            agreement: AgreementID(id), kind: .mutual, version: ParameterVersion(1), betaMax: Ratio(decimal: betaMax),
            affiliates: affiliates, contributionShare: Ratio(decimal: 0.1), pledgeMultiple: Ratio(decimal: multiple),
            termsDigest: digest, model: .empty, ringFenceUtilisation: Ratio(decimal: 0.9),
            ringFenceTail: Ratio(decimal: 0.4), coverTwoAbove: 5, ramp: ramp, exitNotice: notice,
            contributionHold: .seconds(36_000))
    }
}

extension GeneratedWorld {
    /// Now and then a member joins a mutual pool, pledges more, or gives notice; some of it is not allowed.
    mutating func pledge() {
        guard var mutual = self.mutual else { return }
        defer { self.mutual = mutual }
        guard mutual.isOpen else {
            mutual.isOpen = true
            send(.poolAgreement(GeneratedMutual.agreements), &mutual)
            return send(.ownerLinked([1, 2, 900].map { OwnerLinked(owner: OwnerID($0), group: OwnerID(77)) }), &mutual)
        }
        guard mutual.random.chance(0.16) else { return }
        let known = mutual.stakes.keys.sorted()
        switch mutual.random.fraction() {
        case ..<0.12 where !known.isEmpty: leave(mutual.random.pick(known), &mutual)
        case ..<0.24 where !known.isEmpty: raise(mutual.random.pick(known), &mutual)
        case ..<0.42 where !mutual.leavers.isEmpty: returnOne(&mutual)
        default: join(&mutual)
        }
    }

    private mutating func join(_ mutual: inout GeneratedMutual) {
        let account = mutual.random.pick(accounts)
        let isolated = lots.keys.filter { $0.account == account.id && $0.instrument.isPresent }.sorted()
        let isIsolated = !isolated.isEmpty && mutual.random.chance(0.2)
        let member = isIsolated ? mutual.random.pick(isolated) : Member(account.id)
        let (pool, agreement) = mutual.random.pick(GeneratedMutual.pools)
        // Mostly little, so that pledges often limit the credit.
        let part = mutual.random.fraction()
        let contribution = (0.004 + 0.5 * part * part * part) * account.wealth
        let lien = contribution * mutual.random.number(0, 1.1)
        guard mutual.stakes.values.count(where: { $0.pool == pool }) < GeneratedMutual.membersMax else { return }
        let entry = PoolMembership(
            account: member.account, instrument: member.instrument, pool: pool, agreement: agreement, action: .join,
            contribution: Value(Int64(contribution * 1e6)), pledge: Value(Int64(lien * 1e6)))
        send(.poolMembership([entry]), &mutual)
        if mutual.stakes[member] == nil { mutual.stakes[member] = entry }
    }

    private mutating func raise(_ member: Member, _ mutual: inout GeneratedMutual) {
        guard var entry = mutual.stakes[member] else { return }
        let scale = mutual.random.number(0.9, 1.6)
        entry.contribution = Value(Int64(Double(entry.contribution.quanta) * scale))
        entry.pledge = Value(Int64(Double(entry.pledge.quanta) * scale))
        send(.poolMembership([entry]), &mutual)
        mutual.stakes[member] = entry
    }

    private mutating func leave(_ member: Member, _ mutual: inout GeneratedMutual) {
        guard var entry = mutual.stakes[member] else { return }
        entry.action = .leave
        send(.poolMembership([entry]), &mutual)
        mutual.leavers.append(member)
        if mutual.random.chance(0.7) { mutual.stakes[member] = nil }
    }

    /// Somebody who gave notice joins again, with most of what it has.
    private mutating func returnOne(_ mutual: inout GeneratedMutual) {
        let member = mutual.random.pick(mutual.leavers)
        guard let account = accounts.first(where: { $0.id == member.account }) else { return }
        let (pool, agreement) = mutual.random.pick(GeneratedMutual.pools)
        let contribution = mutual.random.number(0.4, 1.1) * account.wealth
        let entry = PoolMembership(
            account: member.account, instrument: member.instrument, pool: pool, agreement: agreement, action: .join,
            contribution: Value(Int64(contribution * 1e6)), pledge: .zero)
        send(.poolMembership([entry]), &mutual)
    }

    private mutating func send(_ events: EventGroup, _ mutual: inout GeneratedMutual) {
        batches.append(EventBatch(header: mutual.header(events.count, at: time), events: events))
    }
}
