import MarginDomain

/// The state stream: numbers what is sent, and remembers the newest of everything for those who come late.
struct StateBoard {
    private let epoch: Epoch
    /// The last number given.
    private(set) var last = StreamNumber.start
    private(set) var pools = Newest<PoolID, PoolState>()
    private(set) var accounts = Newest<Member, AccountGreeks>()
    private(set) var maps = Newest<AssetID, LiquidationMap>()
    /// The set of risk parameters in force, and what is announced for the next day.
    private(set) var parameters: [ParameterState] = []
    private var membersOf: [AccountID: [Member]] = [:]

    init(epoch: Epoch) { self.epoch = epoch }

    /// A pool's state as it is sent.
    mutating func number(_ state: PoolState, committed: RecordNumber) -> OutboundMessage {
        var state = state
        last = last.next
        (state.streamNo, state.epoch, state.committed) = (last, epoch, state.record <= committed)
        pools.keep(state, as: state.pool)
        return .poolState(state)
    }

    /// A member's Greeks as they are sent.
    mutating func number(_ greeks: AccountGreeks, committed: RecordNumber) -> OutboundMessage {
        var greeks = greeks
        last = last.next
        (greeks.streamNo, greeks.epoch, greeks.committed) = (last, epoch, greeks.record <= committed)
        let member = Member(greeks.account, isolated: greeks.instrument)
        if accounts.keep(greeks, as: member) { membersOf[greeks.account, default: []].append(member) }
        return .accountGreeks(greeks)
    }

    /// A liquidation map as it is sent.
    mutating func number(_ map: LiquidationMap) -> OutboundMessage {
        var map = map
        last = last.next
        (map.streamNo, map.epoch) = (last, epoch)
        maps.keep(map, as: map.underlying)
        return .liquidationMap(map)
    }

    /// A page of a set of risk parameters as it is sent. One in force takes back what was announced before it.
    mutating func number(_ state: ParameterState, committed: RecordNumber) -> OutboundMessage {
        var state = state
        last = last.next
        (state.streamNo, state.epoch, state.committed) = (last, epoch, state.record <= committed)
        if state.page == 0 {
            if state.takesEffect == .zero { parameters = [] } else { parameters.removeAll { $0.takesEffect != .zero } }
        }
        parameters.append(state)
        return .parameterState(state)
    }

    /// The newest of every member of an account, in order of first appearance.
    func members(of account: AccountID) -> [AccountGreeks] {
        (membersOf[account] ?? []).compactMap { accounts[$0] }
    }
}

/// The newest value of each key, in order of first appearance, so that a long walk over it can stop and go on.
struct Newest<Key: Hashable, Value> {
    private var places: [Key: Int] = [:]
    private(set) var values: [Value] = []

    subscript(key: Key) -> Value? { places[key].map { values[$0] } }

    /// - Returns: whether the key is new.
    @discardableResult
    mutating func keep(_ value: Value, as key: Key) -> Bool {
        if let place = places[key] {
            values[place] = value
            return false
        }
        places[key] = values.count
        values.append(value)
        return true
    }
}
