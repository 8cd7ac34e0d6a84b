import Glibc

/// A file descriptor and its owner.
final class PosixFile: LogFile, LogLock {
    let path: String
    private let descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    func size() throws(LogError) -> UInt64 {
        var status = stat()
        // SAFETY: the structure outlives the call.
        guard unsafe fstat(descriptor, &status) == 0 else { throw failure(.measure) }
        return UInt64(status.st_size)
    }

    func read(into buffer: inout [UInt8], from start: Int, at offset: UInt64) throws(LogError) -> Int {
        while true {
            // SAFETY: the call writes only into the slice, which the array's bounds check made.
            let count = unsafe buffer[start...].withUnsafeMutableBytes { bytes in
                unsafe pread(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
            }
            if count >= 0 { return count }
            if errno != EINTR { throw failure(.read) }
        }
    }

    func write(_ bytes: RawSpan, at offset: UInt64) throws(LogError) -> Int {
        while true {
            // SAFETY: the call reads exactly the bytes of the span.
            let count = unsafe bytes.withUnsafeBytes { bytes in
                unsafe pwrite(descriptor, bytes.baseAddress, bytes.count, off_t(offset))
            }
            if count >= 0 { return count }
            if errno != EINTR { throw failure(.write) }
        }
    }

    func allocate(_ size: UInt64) throws(LogError) {
        while true {
            let code = posix_fallocate(descriptor, 0, off_t(size))
            if code == 0 { return }
            if code != EINTR { throw .file(.allocate, path: path, code: code) }
        }
    }

    func truncate(to size: UInt64) throws(LogError) {
        while ftruncate(descriptor, off_t(size)) != 0 {
            if errno != EINTR { throw failure(.truncate) }
        }
    }

    func synchronizeData() throws(LogError) {
        guard fdatasync(descriptor) == 0 else { throw failure(.synchronize) }
    }

    func synchronize() throws(LogError) {
        guard fsync(descriptor) == 0 else { throw failure(.synchronize) }
    }

    /// False, with errno set, if another open file has the lock.
    func tryLock() -> Bool { flock(descriptor, LOCK_EX | LOCK_NB) == 0 }

    func release() { flock(descriptor, LOCK_UN) }

    private func failure(_ operation: FileOperation) -> LogError { .file(operation, path: path, code: errno) }
}
