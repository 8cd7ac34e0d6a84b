public import MarginDomain

/// How much an owner has of each underlying, over pools that are margined apart: what a market would have to take if all
/// of it were to be sold.
///
/// Docs/margin-model.md §8: a pool is charged by the size of its *owner*, so that spreading a position over accounts
/// changes nothing. Amounts are quanta and exact.
public struct OwnerSizes: Equatable, Sendable {
    /// Of one underlying.
    public struct Size: Equatable, Sendable {
        /// `Σ_p |net_u(p)|`: with coin.
        public var net: Int128
        /// `Σ_p |Z_u(p)|`: contracts alone.
        public var contracts: Int128

        public init(net: Int128 = 0, contracts: Int128 = 0) {
            self.net = net
            self.contracts = contracts
        }

        public static func + (left: Size, right: Size) -> Size {
            Size(net: left.net + right.net, contracts: left.contracts + right.contracts)
        }

        public static func - (left: Size, right: Size) -> Size {
            Size(net: left.net - right.net, contracts: left.contracts - right.contracts)
        }

        /// Without its signs: that of a pool, which nets.
        public var magnitude: Size { Size(net: abs(net), contracts: abs(contracts)) }
    }

    /// Ascending by underlying; never zero, so that equal sizes are equal values.
    private var held: [Held] = []

    private struct Held: Equatable, Sendable {
        let underlying: AssetID
        var size: Size
    }

    public init() {}

    /// Nothing where nothing is held.
    public subscript(underlying: AssetID) -> Size {
        for entry in held where entry.underlying == underlying { return entry.size }
        return Size()
    }

    public mutating func add(_ size: Size, of underlying: AssetID) {
        guard size != Size() else { return }
        let place = held.firstIndex { $0.underlying >= underlying } ?? held.count
        if place == held.count || held[place].underlying != underlying {
            held.insert(Held(underlying: underlying, size: size), at: place)
        } else {
            held[place].size = held[place].size + size
            if held[place].size == Size() { held.remove(at: place) }
        }
    }

    public static func + (left: OwnerSizes, right: OwnerSizes) -> OwnerSizes {
        var sum = left
        for entry in right.held { sum.add(entry.size, of: entry.underlying) }
        return sum
    }

    public static func - (left: OwnerSizes, right: OwnerSizes) -> OwnerSizes {
        var rest = left
        for entry in right.held { rest.add(Size() - entry.size, of: entry.underlying) }
        return rest
    }

    var isEmpty: Bool { held.isEmpty }

    /// Ascending.
    var underlyings: some Collection<AssetID> { held.lazy.map(\.underlying) }

    /// The larger of both, each by itself; neither has signs.
    static func larger(_ left: OwnerSizes, _ right: OwnerSizes) -> OwnerSizes {
        var larger = left
        for entry in right.held {
            let (own, other) = (left[entry.underlying], entry.size)
            let more = Size(net: max(own.net, other.net), contracts: max(own.contracts, other.contracts))
            larger.add(more - own, of: entry.underlying)
        }
        return larger
    }

    /// Each without its sign.
    public var magnitudes: OwnerSizes {
        var all = self
        for place in all.held.indices { all.held[place].size = all.held[place].size.magnitude }
        return all
    }
}

/// The extra moves that an owner's size makes, as fractions.
struct OwnerRates: Equatable, Sendable {
    /// `x_u`, of the net delta.
    var liquidity = 0.0
    /// `y_u`, of the contracts' own.
    var concentration = 0.0
}

/// What else decides the charges by an owner's size.
struct OwnerContext: Equatable, Sendable {
    /// In the owner's other pools.
    var elsewhere = OwnerSizes()
    /// The rates themselves: of a member, those of its whole pool.
    var rates: [AssetID: OwnerRates]?

    /// Whether nothing but the pool itself decides.
    var isAlone: Bool { rates == nil && elsewhere.isEmpty }
}
