import MarginDomain
import MarginModel

/// The pools of one owner, and, if there are several, what each of them is of every underlying.
///
/// Sizes are sums of products of integers, so adding a change gives what adding up everything would, in any order: a ledger
/// event costs the same whatever else the owner has. They are of one version of the rows; when somebody asks, an underlying
/// whose rows changed since is added up anew over those who hold something of it, once a cut.
struct OwnedPools: Sendable {
    /// In the order in which they came into being.
    private(set) var pools: [PoolIndex] = []
    /// The version of all rows that the sums are of; nil while there are none to rely on.
    private(set) var asOf: RowsVersion?
    private var sums = SortedTable<AssetID, Sum>()

    /// Of one underlying.
    private struct Sum {
        /// `Σ_p |·|` over all pools.
        var whole = OwnerSizes.Size()
        /// By pool, with their signs; never zero.
        var parts: [PoolIndex: OwnerSizes.Size] = [:]
        /// `B` of the underlying's coin by member; never zero.
        var coins: [MemberIndex: Int128] = [:]
        /// All who may hold something of it, and their pools.
        var holders: [MemberIndex: PoolIndex] = [:]
    }

    mutating func add(_ pool: PoolIndex) {
        pools.append(pool)
        // What the first pool has was not followed while it was the only one.
        if pools.count == 2 { forget() }
    }

    /// Everything is to be added up anew.
    mutating func forget() {
        asOf = nil
        sums = SortedTable()
    }

    /// From now on sums are of these rows.
    mutating func follow(_ version: RowsVersion) { asOf = version }

    /// Whether sums of an underlying with rows of a version take changes in.
    func follows(_ version: RowsVersion) -> Bool { asOf.map { version <= $0 } ?? false }

    /// Forgets the sums of an underlying.
    ///
    /// - Returns: who may hold something of it, by pool.
    mutating func drop(_ underlying: AssetID) -> [MemberIndex: PoolIndex] {
        defer { sums.remove(underlying) }
        return sums[underlying]?.holders ?? [:]
    }

    /// Notes that a member of a pool may hold something of an underlying.
    mutating func note(_ member: MemberIndex, in pool: PoolIndex, of underlying: AssetID) {
        sums.update(underlying, default: Sum()) { $0.holders[member] = pool }
    }

    /// Takes a change of what a pool is of an underlying.
    mutating func add(_ change: OwnerSizes.Size, of underlying: AssetID, to pool: PoolIndex) {
        guard change != OwnerSizes.Size() else { return }
        sums.update(underlying, default: Sum()) { sum in
            let before = sum.parts[pool] ?? OwnerSizes.Size()
            let after = before + change
            sum.parts[pool] = after == OwnerSizes.Size() ? nil : after
            sum.whole = sum.whole + after.magnitude - before.magnitude
        }
    }

    /// Takes a change of a member's coin, which is valued, and rounded down, member by member.
    ///
    /// - Returns: what it was and is.
    mutating func add(
        coin change: Int128, of underlying: AssetID, to member: MemberIndex
    ) -> (before: Int128, after: Int128) {
        sums.update(underlying, default: Sum()) { sum in
            let before = sum.coins[member] ?? 0
            let after = before + change
            sum.coins[member] = after == 0 ? nil : after
            return (before, after)
        }
    }

    /// What all pools but one are, each without its sign.
    func elsewhere(of pool: PoolIndex) -> OwnerSizes {
        sums.reduce(into: OwnerSizes()) { sizes, entry in
            sizes.add(entry.1.whole - (entry.1.parts[pool] ?? OwnerSizes.Size()).magnitude, of: entry.0)
        }
    }
}
