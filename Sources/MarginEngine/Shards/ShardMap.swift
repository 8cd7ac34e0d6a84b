public import MarginDomain

/// Which shard evaluates which pool: slots in equal runs. The only place that knows.
///
/// Every shard folds every record, since ledgers, listings and prices are shared facts; only evaluation is divided.
public struct ShardMap: Hashable, Sendable {
    /// How many shards there are.
    public let shardCount: Int

    /// - Precondition: between one shard and one per slot.
    public init(shardCount: Int) {
        precondition((1...Int(PoolID.slotCount)).contains(shardCount), "shards must be between 1 and the slot count")
        self.shardCount = shardCount
    }

    /// The shard of a pool, from 0.
    public func shard(of pool: PoolID) -> Int { pool.slot * shardCount / Int(PoolID.slotCount) }
}

/// One shard's part of the map.
public struct ShardShare: Hashable, Sendable {
    public let map: ShardMap
    /// From 0.
    public let shard: Int

    public init(_ map: ShardMap, shard: Int) {
        precondition((0..<map.shardCount).contains(shard), "no such shard")
        self.map = map
        self.shard = shard
    }

    /// Everything in one shard.
    public static let whole = ShardShare(ShardMap(shardCount: 1), shard: 0)

    /// Whether this shard evaluates the pool.
    public func owns(_ pool: PoolID) -> Bool { map.shard(of: pool) == shard }
}
