import MarginDomain
import MarginLog
import Synchronization

/// A disk in memory that tells what is in the page cache from what is durable.
///
/// It obeys the same contract as the operating system at its worst: contents become durable only when synchronised,
/// names only with their directory, and a power cut keeps any subset of the sectors written since. One call can be
/// made to fail, and the state before every call can be kept.
final class SimulatedDisk: LogFileSystem {
    /// How one call fails.
    enum Fault: Sendable {
        /// It reports this error and does nothing.
        case error(Int32)

        /// A write takes only half of the bytes, and reports that.
        case short
    }

    struct Inode {
        var cached: [UInt8] = []
        var durable: [UInt8] = []
    }

    struct State {
        var inodes: [Int: Inode] = [:]
        var names: [String: Int] = [:]
        var durableNames: [String: Int] = [:]
    }

    struct Recording {
        /// The state before each call that changes something.
        var states: [State] = []

        /// What had been acknowledged to the appender at that moment.
        var acknowledged: [RecordNumber] = []

        var operations: [FileOperation] = []
    }

    private struct Everything {
        var state: State
        var calls = 0
        var faults: [Int: Fault]
        var locked: Set<String> = []
        var keepsStates: Bool
        var recording = Recording()
        var acknowledged = RecordNumber.start
    }

    private let everything: Mutex<Everything>

    init(_ state: State = State(), faults: [Int: Fault] = [:], keepsStates: Bool = false) {
        everything = Mutex(Everything(state: state, faults: faults, keepsStates: keepsStates))
    }

    var state: State { everything.withLock { $0.state } }
    var recording: Recording { everything.withLock { $0.recording } }

    /// Calls so far that change something.
    var calls: Int { everything.withLock { $0.calls } }

    /// For the recording: what the log has just acknowledged.
    func acknowledge(_ number: RecordNumber) { everything.withLock { $0.acknowledged = number } }

    /// A call that changes something: counted, recorded, and failed if it is its turn.
    private func call<Value: Sendable>(
        _ operation: FileOperation, _ path: String, _ body: (inout State, Fault?) -> Value?
    ) throws(LogError) -> Value {
        try everything.withLock { everything throws(LogError) -> Value in
            everything.calls += 1
            if everything.keepsStates {
                everything.recording.states.append(everything.state)
                everything.recording.acknowledged.append(everything.acknowledged)
                everything.recording.operations.append(operation)
            }
            let fault = everything.faults[everything.calls]
            if case .error(let code)? = fault { throw .file(operation, path: path, code: code) }
            guard let value = body(&everything.state, fault) else {
                throw .file(operation, path: path, code: SimulatedDisk.noSuchFile)
            }
            return value
        }
    }

    static let noSuchFile: Int32 = 2
    static let inputOutputError: Int32 = 5
    static let noSpace: Int32 = 28
}

extension SimulatedDisk {
    func createDirectory(_ path: String) throws(LogError) { try call(.createDirectory, path) { _, _ in () } }

    func names(in directory: String) throws(LogError) -> [String] {
        state.names.keys.filter { $0.hasPrefix(directory + "/") }.map { String($0.dropFirst(directory.count + 1)) }
    }

    func open(_ path: String, _ access: FileAccess) throws(LogError) -> any LogFile {
        if access != .create {
            guard let inode = state.names[path] else { throw .file(.open, path: path, code: SimulatedDisk.noSuchFile) }
            return SimulatedFile(path: path, inode: inode, disk: self)
        }
        let inode = try call(.open, path) { state, _ -> Int? in
            guard state.names[path] == nil else { return nil }
            let inode = state.inodes.count
            state.inodes[inode] = Inode()
            state.names[path] = inode
            return inode
        }
        return SimulatedFile(path: path, inode: inode, disk: self)
    }

    func remove(_ path: String) throws(LogError) {
        _ = try call(.remove, path) { state, _ in state.names.removeValue(forKey: path) }
    }

    func synchronizeDirectory(_ path: String) throws(LogError) {
        try call(.synchronize, path) { state, _ in state.durableNames = state.names }
    }

    func lock(_ path: String) throws(LogError) -> any LogLock {
        try everything.withLock { everything throws(LogError) in
            guard everything.locked.insert(path).inserted else { throw .locked(path: path) }
        }
        return SimulatedLock(path: path, disk: self)
    }

    fileprivate func unlock(_ path: String) { everything.withLock { _ = $0.locked.remove(path) } }

    /// Runs `body` on the contents of a file, as a call that changes something.
    fileprivate func change<Value: Sendable>(
        _ operation: FileOperation, _ file: SimulatedFile, _ body: (inout Inode, Fault?) -> Value
    ) throws(LogError) -> Value {
        try call(operation, file.path) { state, fault in
            guard var inode = state.inodes[file.inode] else { return nil }
            defer { state.inodes[file.inode] = inode }
            return body(&inode, fault)
        }
    }
}

/// An open file of the simulated disk.
final class SimulatedFile: LogFile {
    let path: String
    fileprivate let inode: Int
    private let disk: SimulatedDisk

    fileprivate init(path: String, inode: Int, disk: SimulatedDisk) {
        self.path = path
        self.inode = inode
        self.disk = disk
    }

    private var cached: [UInt8] { disk.state.inodes[inode]?.cached ?? [] }

    func size() throws(LogError) -> UInt64 { UInt64(cached.count) }

    func read(into buffer: inout [UInt8], from start: Int, at offset: UInt64) throws(LogError) -> Int {
        let bytes = cached.dropFirst(Int(offset)).prefix(buffer.count - start)
        buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
        return bytes.count
    }

    func write(_ bytes: RawSpan, at offset: UInt64) throws(LogError) -> Int {
        let all = bytes.withUnsafeBytes { [UInt8]($0) }
        return try disk.change(.write, self) { inode, fault in
            var count = all.count
            if case .short? = fault { count = (count + 1) / 2 }
            let end = Int(offset) + count
            if inode.cached.count < end { inode.cached += [UInt8](repeating: 0, count: end - inode.cached.count) }
            inode.cached.replaceSubrange(Int(offset)..<end, with: all.prefix(count))
            return count
        }
    }

    func allocate(_ size: UInt64) throws(LogError) {
        try disk.change(.allocate, self) { inode, _ in
            let missing = Int(size) - inode.cached.count
            if missing > 0 { inode.cached += [UInt8](repeating: 0, count: missing) }
        }
    }

    func truncate(to size: UInt64) throws(LogError) {
        try disk.change(.truncate, self) { inode, _ in inode.cached = Array(inode.cached.prefix(Int(size))) }
    }

    func synchronizeData() throws(LogError) { try synchronize() }

    func synchronize() throws(LogError) {
        try disk.change(.synchronize, self) { inode, _ in inode.durable = inode.cached }
    }
}

/// The writer's lock on the simulated disk.
final class SimulatedLock: LogLock {
    private let isHeld = Atomic(true)
    private let path: String
    private let disk: SimulatedDisk

    fileprivate init(path: String, disk: SimulatedDisk) {
        self.path = path
        self.disk = disk
    }

    deinit { release() }

    func release() {
        if isHeld.exchange(false, ordering: .acquiringAndReleasing) { disk.unlock(path) }
    }
}
