/// A pool: the only thing that has margin.
public struct PoolID: Identifier {
    public let rawValue: UInt64

    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// Slots that pools are spread over; slots are what shards own.
    public static let slotCount: UInt64 = 1024

    /// The slot of this pool: FNV-1a 64 of the id's eight little-endian bytes, modulo ``slotCount``.
    ///
    /// Published, so that a consumer can compute which shard speaks for a pool.
    public var slot: Int { Int(FNV1a.hash(rawValue) % Self.slotCount) }

    /// The pool of an isolated position that no membership announced.
    ///
    /// The top bit keeps derived ids apart from the exchange's own, which must stay below 2^63.
    public static func isolated(_ account: AccountID, _ instrument: InstrumentID) -> PoolID {
        let hash = FNV1a.hash(UInt64(instrument.rawValue), after: FNV1a.hash(account.rawValue))
        return PoolID(hash | (1 << 63))
    }
}

/// The 64-bit FNV-1a hash (Fowler, Noll, Vo; offset basis 14695981039346656037, prime 1099511628211).
enum FNV1a {
    static let offsetBasis: UInt64 = 14_695_981_039_346_656_037
    private static let prime: UInt64 = 1_099_511_628_211

    /// Hash of a number's eight little-endian bytes, continuing from `state`.
    static func hash(_ value: UInt64, after state: UInt64 = offsetBasis) -> UInt64 {
        var state = state
        for byte in 0..<8 {
            state ^= (value >> UInt64(byte * 8)) & 0xff
            // BOUNDS: FNV is defined modulo 2^64.
            state = state &* prime
        }
        return state
    }
}
