import Glibc

/// The files of the operating system.
///
/// Interrupted calls are repeated, except synchronisation, whose failure of any kind is final.
public struct PosixFileSystem: LogFileSystem {
    public init() {}

    public func createDirectory(_ path: String) throws(LogError) {
        guard unsafe mkdir(path, 0o700) == 0 else {
            if errno == EEXIST { return }
            throw .file(.createDirectory, path: path, code: errno)
        }
        try synchronizeDirectory(path + "/..")
    }

    public func names(in directory: String) throws(LogError) -> [String] {
        guard let stream = unsafe opendir(directory) else { throw .file(.list, path: directory, code: errno) }
        // SAFETY: the stream is closed once, here.
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else { break }
            // SAFETY: d_name is NUL-terminated inside the entry, which lives until the next readdir.
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        guard errno == 0 else { throw .file(.list, path: directory, code: errno) }
        return names
    }

    public func open(_ path: String, _ access: FileAccess) throws(LogError) -> any LogFile {
        let flags =
            switch access {
            case .read: O_RDONLY
            case .write: O_RDWR
            case .create: O_RDWR | O_CREAT | O_EXCL
            }
        return PosixFile(path: path, descriptor: try descriptor(path, flags, for: .open))
    }

    public func remove(_ path: String) throws(LogError) {
        guard unsafe unlink(path) == 0 else { throw .file(.remove, path: path, code: errno) }
    }

    public func synchronizeDirectory(_ path: String) throws(LogError) {
        try PosixFile(path: path, descriptor: try descriptor(path, O_RDONLY | O_DIRECTORY, for: .synchronize))
            .synchronize()
    }

    public func lock(_ path: String) throws(LogError) -> any LogLock {
        let file = PosixFile(path: path, descriptor: try descriptor(path, O_RDWR | O_CREAT, for: .lock))
        guard file.tryLock() else {
            if errno == EWOULDBLOCK { throw .locked(path: path) }
            throw .file(.lock, path: path, code: errno)
        }
        return file
    }

    // O_CLOEXEC, because a child that inherited the lock's descriptor would keep the lock after our death.
    private func descriptor(_ path: String, _ flags: Int32, for operation: FileOperation) throws(LogError) -> Int32 {
        while true {
            let descriptor = unsafe Glibc.open(path, flags | O_CLOEXEC, 0o600)
            if descriptor >= 0 { return descriptor }
            if errno != EINTR { throw .file(operation, path: path, code: errno) }
        }
    }
}
