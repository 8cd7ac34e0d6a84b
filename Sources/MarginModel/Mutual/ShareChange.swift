public import MarginDomain

/// Why a member's share changed, cause by cause in a fixed order: its own trades, the others' trades, the market, the
/// parameters. Each part is the difference that its step makes after those before it, so they sum exactly to the change.
///
/// The order is part of the meaning: a share is no sum of causes, and another order would split it otherwise.
public struct ShareChange: Equatable, Sendable {
    /// Of the initial share.
    public let initial: Causes
    /// Of the maintenance share.
    public let maintenance: Causes

    /// Positive = the share grew.
    public struct Causes: Equatable, Sendable {
        /// The member's own holdings, and what it has pledged.
        public let own: Value
        /// Those of the others.
        public let others: Value
        /// Prices, volatilities and time.
        public let market: Value
        /// Risk parameters, and the agreement's terms.
        public let parameters: Value

        /// The whole change.
        public var total: Value { own + others + market + parameters }
    }
}

/// Both shares of a member at one step.
struct SharePair {
    let initial: Value
    let maintenance: Value
}

/// What a pool's shares are computed on: trades are replaced first, then the market, then the parameters.
enum ShareBasis {
    case earlier
    /// The later market under the earlier parameters.
    case moved
    case later
}

extension ShareChange {
    /// The changes of all members, in order; empty if a step has no shares.
    ///
    /// - Parameters:
    ///   - before: what members hold at first, and `after` in the end, both in the same order.
    ///   - shares: everyone's shares.
    static func split<Holding>(
        _ before: [Holding], _ after: [Holding], _ shares: (ShareBasis, [Holding]) -> [SharePair]
    ) -> [ShareChange] {
        precondition(before.count == after.count, "members before and after must be the same")
        let first = shares(.earlier, before)
        let traded = shares(.earlier, after)
        let moved = shares(.moved, after)
        let last = shares(.later, after)
        var changes: [ShareChange] = []
        for member in before.indices {
            var own = before
            own[member] = after[member]
            let alone = shares(.earlier, own)
            let steps = [first, alone, traded, moved, last]
            guard steps.allSatisfy({ $0.count == before.count }) else { return [] }
            changes.append(
                ShareChange(
                    initial: Causes(steps.map { $0[member].initial }),
                    maintenance: Causes(steps.map { $0[member].maintenance })))
        }
        return changes
    }
}

extension ShareChange.Causes {
    /// From the share after each step: at first, after own trades, others' trades, the market, the parameters.
    fileprivate init(_ steps: [Value]) {
        self.init(
            own: steps[1] - steps[0], others: steps[2] - steps[1], market: steps[3] - steps[2],
            parameters: steps[4] - steps[3])
    }
}

extension MarginBook {
    /// Why the shares of a one-owner pool changed since an earlier state of the book.
    ///
    /// Members must be the same before and after, in ascending order; one that joined or left held nothing.
    /// Empty if the pool had or has no margin on the way.
    public func shareChanges(
        since earlier: MarginBook, _ before: [MemberHoldings], to after: [MemberHoldings]
    ) -> [ShareChange] {
        let moved = book(under: earlier.parameters)
        return ShareChange.split(before, after) { basis, members in
            let book = basis == .earlier ? earlier : basis == .moved ? moved : self
            return book.shares(of: members).map { SharePair(initial: $0.share, maintenance: $0.maintenanceShare) }
        }
    }

    /// Why the shares of a mutual pool changed since an earlier state of the book and other terms.
    public func mutualShareChanges(
        since earlier: MarginBook, _ before: [MutualStanding], under termsBefore: MutualTerms,
        to after: [MutualStanding], under terms: MutualTerms
    ) -> [ShareChange] {
        let moved = book(under: earlier.parameters)
        return ShareChange.split(before, after) { basis, members in
            let book = basis == .earlier ? earlier : basis == .moved ? moved : self
            let outcome = book.mutualPool(of: members, under: basis == .later ? terms : termsBefore)
            guard case .pool(let pool) = outcome else { return [] }
            return pool.shares.map { SharePair(initial: $0.share.initial, maintenance: $0.share.maintenance) }
        }
    }
}
