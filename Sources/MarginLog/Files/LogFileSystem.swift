/// The operations of the log on its files, each one system call: the seam at which faults are injected in tests.
///
/// An implementation reports every failure as ``LogError/file(_:path:code:)`` and never retries a synchronisation:
/// after a failed one the system may already have dropped the pages.
public protocol LogFileSystem: Sendable {
    /// Makes the directory if it is not there, and its entry in the parent durable.
    func createDirectory(_ path: String) throws(LogError)

    /// The names in the directory, in any order, without `.` and `..`.
    func names(in directory: String) throws(LogError) -> [String]

    /// Opens one file.
    func open(_ path: String, _ access: FileAccess) throws(LogError) -> any LogFile

    /// Removes one file's entry.
    func remove(_ path: String) throws(LogError)

    /// Makes the entries of the directory durable.
    func synchronizeDirectory(_ path: String) throws(LogError)

    /// Takes the writer's lock, or throws ``LogError/locked(path:)`` at once. A process's death releases it.
    func lock(_ path: String) throws(LogError) -> any LogLock
}

/// How a file is opened.
public enum FileAccess: Hashable, Sendable {
    /// For reading; the file must exist.
    case read

    /// For reading and writing; the file must exist.
    case write

    /// For reading and writing; the file must not exist.
    case create
}

/// One open file; closed when the last reference goes.
public protocol LogFile: AnyObject, Sendable {
    /// For errors.
    var path: String { get }

    /// Bytes in the file.
    func size() throws(LogError) -> UInt64

    /// Fills `buffer` from index `start` on, as far as one call goes, and returns how many bytes; 0 at the end of the file.
    func read(into buffer: inout [UInt8], from start: Int, at offset: UInt64) throws(LogError) -> Int

    /// Writes at least one byte of `bytes` and returns how many.
    func write(_ bytes: RawSpan, at offset: UInt64) throws(LogError) -> Int

    /// Gives the file at least `size` bytes of space, zero where nothing was written.
    func allocate(_ size: UInt64) throws(LogError)

    /// Cuts the file to `size` bytes.
    func truncate(to size: UInt64) throws(LogError)

    /// Makes the contents durable.
    func synchronizeData() throws(LogError)

    /// Makes contents, size and space durable.
    func synchronize() throws(LogError)
}

/// The writer's lock, held until released or deallocated.
public protocol LogLock: AnyObject, Sendable {
    /// Lets the next writer in; calling it again does nothing.
    func release()
}

/// The operations that can fail, as ``LogError`` names them.
public enum FileOperation: String, Hashable, Sendable, CaseIterable {
    case createDirectory = "creating a directory"
    case list = "listing"
    case open = "opening"
    case remove = "removing"
    case lock = "locking"
    case measure = "measuring"
    case read = "reading"
    case write = "writing"
    case allocate = "allocating"
    case truncate = "truncating"
    case synchronize = "synchronising"
    case startThread = "starting the writer thread"
}

extension LogFile {
    /// Writes all of `bytes`; a short write is continued, one that takes nothing is an error.
    func writeAll(_ bytes: RawSpan, at offset: UInt64) throws(LogError) {
        var written = 0
        while written < bytes.byteCount {
            let count = try write(bytes.extracting(written..<bytes.byteCount), at: offset + UInt64(written))
            guard count > 0 else { throw .wroteNothing(path: path) }
            written += count
        }
    }
}
