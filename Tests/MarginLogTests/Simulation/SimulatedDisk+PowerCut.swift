/// What a power cut leaves, and how a test lays hands on files.
extension SimulatedDisk.State {
    /// The state after a power cut: of everything written but not synchronised, a subset chosen by `generator`, eight
    /// bytes at a time; likewise of names.
    func afterPowerCut(_ generator: inout some RandomNumberGenerator) -> SimulatedDisk.State {
        var state = SimulatedDisk.State()
        for path in Set(names.keys).union(durableNames.keys).sorted() {
            state.names[path] = Bool.random(using: &generator) ? names[path] : durableNames[path]
        }
        state.durableNames = state.names
        for inode in inodes.keys.sorted() {
            guard let contents = inodes[inode] else { continue }
            let left = contents.afterPowerCut(&generator)
            state.inodes[inode] = SimulatedDisk.Inode(cached: left, durable: left)
        }
        return state
    }

    /// The contents of a file.
    func bytes(_ path: String) -> [UInt8] { names[path].flatMap { inodes[$0] }?.cached ?? [] }

    /// The same disk with other contents in one file.
    func replacing(_ path: String, with bytes: [UInt8]) -> SimulatedDisk.State {
        var state = self
        if let inode = names[path] { state.inodes[inode] = SimulatedDisk.Inode(cached: bytes, durable: bytes) }
        return state
    }

    /// The same disk without one file.
    func removing(_ path: String) -> SimulatedDisk.State {
        var state = self
        state.names[path] = nil
        state.durableNames[path] = nil
        return state
    }
}

extension SimulatedDisk.Inode {
    private static let atomBytes = 8

    fileprivate func afterPowerCut(_ generator: inout some RandomNumberGenerator) -> [UInt8] {
        if cached == durable { return durable }
        let size = Bool.random(using: &generator) ? cached.count : durable.count
        var left = Array(durable.prefix(size))
        left += [UInt8](repeating: 0, count: size - left.count)
        // Mostly lost, mostly kept or half and half: a run each would almost never draw the extremes.
        let keptPercent = [0, 10, 50, 90, 100].randomElement(using: &generator) ?? 50
        for start in stride(from: 0, to: min(size, cached.count), by: SimulatedDisk.Inode.atomBytes) {
            let end = min(start + SimulatedDisk.Inode.atomBytes, min(size, cached.count))
            if Int.random(in: 0..<100, using: &generator) < keptPercent {
                left.replaceSubrange(start..<end, with: cached[start..<end])
            }
        }
        return left
    }
}
