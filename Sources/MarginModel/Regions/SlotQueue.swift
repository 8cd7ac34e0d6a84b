/// A queue of pools, each in it at most once.
struct SlotQueue: Sendable {
    private var slots: [PoolSlot] = []
    private var first = 0
    private var isQueued: [Bool] = []

    mutating func append(_ slot: PoolSlot) {
        let missing = slot.index + 1 - isQueued.count
        if missing > 0 { isQueued.append(contentsOf: repeatElement(false, count: missing)) }
        guard !isQueued[slot.index] else { return }
        isQueued[slot.index] = true
        slots.append(slot)
    }

    mutating func popFirst() -> PoolSlot? {
        guard first < slots.count else { return nil }
        let slot = slots[first]
        first += 1
        isQueued[slot.index] = false
        // Half of the array is behind the front: move the rest down, so that it stays bounded.
        if first * 2 > slots.count {
            slots.removeFirst(first)
            first = 0
        }
        return slot
    }
}
