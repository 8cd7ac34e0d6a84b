public import MarginDomain

/// What an owner does when margin gets short; the same for a pool every time, whatever else happens.
public enum OwnerHabit: Equatable, Sendable, CaseIterable {
    /// Waits and hopes.
    case rides
    /// Pays in when called, a little late.
    case paysWhenCalled
    /// Pays in as soon as the pool may only reduce.
    case paysEarly

    /// The habit of a pool's owner: half ride it out, a third pay when called.
    public init(of pool: PoolID) {
        switch SplitMix64.scramble(pool.rawValue) % 100 {
        case ..<50: self = .rides
        case ..<85: self = .paysWhenCalled
        default: self = .paysEarly
        }
    }

    /// Whether a pool's arrival in a state makes the owner pay in.
    func pays(at state: LifeCycle) -> Bool {
        switch self {
        case .rides: false
        case .paysWhenCalled: state == .marginCall
        case .paysEarly: state == .restricted || state == .marginCall
        }
    }

    /// Engine heartbeats that pass before the money is there: up to about two seconds.
    static func delayHeartbeats(of pool: PoolID) -> Int { Int(SplitMix64.scramble(pool.rawValue ^ 0x5a5a) % 8) }

    /// What brings the pool back above its warning level with some room, from a signal's figures.
    static func payment(for signal: Signal) -> Value {
        let wanted = Int128(signal.initialMargin.quanta) * 13 / 10
        return max(Value(saturating: wanted) - signal.equity, .zero)
    }
}
