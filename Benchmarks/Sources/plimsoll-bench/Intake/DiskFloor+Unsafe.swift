import Glibc

/// What the disk alone takes to make an append durable: the floor under every durable figure.
struct DiskFloor {
    let path: String

    /// The system refused.
    struct Fault: Error {
        let code: Int32
    }

    /// Appends so many times and synchronises after each.
    ///
    /// - Returns: microseconds of every append.
    func appends(of byteCount: Int, count: Int) throws(Fault) -> [Double] {
        let bytes = [UInt8](repeating: 7, count: byteCount)
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault(code: errno) }
        defer {
            close(descriptor)
            unsafe unlink(path)
        }
        // Allocated in advance, as segments of the log are: otherwise every append changes the file's length too.
        guard posix_fallocate(descriptor, 0, byteCount * (count + 1)) == 0 else { throw Fault(code: errno) }
        var times: [Double] = []
        for _ in 0...count {
            let begin = ClockReading()
            // SAFETY: the array is borrowed for the call.
            let written = unsafe bytes.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            guard written == byteCount, fdatasync(descriptor) == 0 else { throw Fault(code: errno) }
            times.append(Double(ClockReading().wall - begin.wall) / 1000)
        }
        // The first one still allocates.
        return Array(times.dropFirst())
    }
}
