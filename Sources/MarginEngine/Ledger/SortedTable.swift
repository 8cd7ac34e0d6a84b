/// A small map in one allocation per column, iterated in order of key.
///
/// A member holds a handful of positions and balances: binary search over a sorted array is both the fastest lookup
/// and an order that output may depend on.
struct SortedTable<Key: Comparable & Sendable, Value: Sendable>: Sendable {
    private(set) var keys: [Key] = []
    private(set) var values: [Value] = []

    var isEmpty: Bool { keys.isEmpty }
    var count: Int { keys.count }

    subscript(key: Key) -> Value? {
        let place = place(of: key)
        return place < keys.count && keys[place] == key ? values[place] : nil
    }

    /// Changes the value of `key`, inserting `initial` first if there is none.
    mutating func update<Result>(
        _ key: Key, default initial: @autoclosure () -> Value, _ change: (inout Value) -> Result
    ) -> Result {
        let place = place(of: key)
        if place == keys.count || keys[place] != key {
            keys.insert(key, at: place)
            values.insert(initial(), at: place)
        }
        return change(&values[place])
    }

    mutating func remove(_ key: Key) {
        let place = place(of: key)
        guard place < keys.count, keys[place] == key else { return }
        keys.remove(at: place)
        values.remove(at: place)
    }

    /// The first place whose key is not below `key`.
    private func place(of key: Key) -> Int {
        var low = 0
        var high = keys.count
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension SortedTable: Sequence {
    func makeIterator() -> Zip2Sequence<[Key], [Value]>.Iterator { zip(keys, values).makeIterator() }
}
