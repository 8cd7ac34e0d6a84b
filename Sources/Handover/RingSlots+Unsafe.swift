internal import Synchronization

/// The memory of a ring: a power of two of slots, of which those between the two counters hold an element.
@safe final class RingSlots<Element: Sendable> {
    let base: UnsafeMutablePointer<Element>
    let mask: Int
    let gauge: RingGauge

    init(gauge: RingGauge) {
        var slotCount = 1
        while slotCount < gauge.capacity { slotCount *= 2 }
        mask = slotCount - 1
        self.gauge = gauge
        // SAFETY: freed in deinit, which cannot run before both ends of the ring are gone.
        unsafe base = .allocate(capacity: slotCount)
    }

    deinit {
        let (first, end) = (
            gauge.popped.value.load(ordering: .acquiring), gauge.pushed.value.load(ordering: .acquiring)
        )
        for index in first..<end {
            // SAFETY: exactly these slots were initialised and not yet taken.
            unsafe (base + index & mask).deinitialize(count: 1)
        }
        unsafe base.deallocate()
    }

    func initialize(at index: Int, to element: consuming Element) {
        // SAFETY: only the producer calls this, with a counter value the consumer has already passed, so the slot is empty; the mask keeps it in bounds.
        unsafe (base + index & mask).initialize(to: element)
    }

    func take(at index: Int) -> Element {
        // SAFETY: only the consumer calls this, with a counter value the producer has already published, so the slot is full; the mask keeps it in bounds.
        unsafe (base + index & mask).move()
    }
}

// ISOLATION: a slot is touched by one thread at a time. The producer owns the slots from `pushed` up to `popped + capacity`, the consumer those from `popped` to `pushed`,
// and each hands slots over by a releasing store of its counter that the other reads with an acquiring load. The ends are non-copyable, so there is one of each.
extension RingSlots: @unchecked Sendable {}
