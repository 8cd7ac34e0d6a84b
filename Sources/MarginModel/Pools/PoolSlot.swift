/// A pool's place in the book: dense from 0 in the order of opening, never given out again.
public struct PoolSlot: Hashable, Comparable, Sendable {
    public let index: Int

    init(index: Int) { self.index = index }

    public static func < (left: PoolSlot, right: PoolSlot) -> Bool { left.index < right.index }
}
