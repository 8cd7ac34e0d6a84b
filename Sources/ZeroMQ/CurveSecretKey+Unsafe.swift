private import CZeroMQ
private import Glibc

/// A Curve25519 secret key: locked into memory where the system allows it, wiped when the last copy goes, never printed.
///
/// Not wiped are libzmq's own copies inside sockets, and the text forms a key passes through when read or generated:
/// keep core dumps off where that matters.
public struct CurveSecretKey: Sendable {
    private let storage: SecretBytes

    /// From 32 raw bytes, or `nil` for any other count. The caller wipes its own copy.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        storage = SecretBytes(bytes)
    }

    /// From 40 characters of Z85, or `nil` if they are not a key.
    public init?(z85: String) {
        guard let bytes = Z85.decode(z85) else { return nil }
        self.init(bytes: bytes)
    }

    /// Lends the 32 bytes, to write them to a key file or hand them to a socket.
    public func withBytes<Failure: Error>(_ body: (borrowing RawSpan) throws(Failure) -> Void) throws(Failure) {
        try body(storage.bytes)
    }

    static func random() throws(ZeroMQError) -> CurveSecretKey {
        var publicText = [CChar](repeating: 0, count: 41)
        var secretText = [CChar](repeating: 0, count: 41)
        // SAFETY: libzmq writes 40 characters and a zero into each buffer.
        let result = unsafe zmq_curve_keypair(&publicText, &secretText)
        defer { unsafe explicit_bzero(&secretText, secretText.count) }
        guard result == 0 else { throw .last() }
        let text = String(decoding: secretText.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let key = CurveSecretKey(z85: text) else { throw .system(errno: EINVAL) }
        return key
    }

    func derivedPublicKey() throws(ZeroMQError) -> CurvePublicKey {
        guard let secretZ85 = Z85.encode(storage.bytes.copied()) else { throw .invalidArgument }
        var publicText = [CChar](repeating: 0, count: 41)
        // SAFETY: the input has 40 characters; libzmq writes 40 and a zero.
        guard unsafe zmq_curve_public(&publicText, secretZ85) == 0 else { throw .last() }
        let text = String(decoding: publicText.prefix(40).map(UInt8.init(bitPattern:)), as: UTF8.self)
        guard let key = CurvePublicKey(z85: text) else { throw .invalidArgument }
        return key
    }
}

extension CurveSecretKey: CustomStringConvertible, CustomReflectable {
    /// Says only that there is a key.
    public var description: String { "secret key" }
    /// Shows nothing to dumps.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// 32 bytes at one place, so that they can be locked and wiped.
@safe private final class SecretBytes {
    private let start: UnsafeMutableRawPointer
    private let count: Int

    init(_ bytes: [UInt8]) {
        count = bytes.count
        unsafe start = .allocate(byteCount: bytes.count, alignment: 8)
        // A system that refuses the lock may write the page to swap; the key works all the same.
        unsafe mlock(start, count)
        // SAFETY: both have the same length.
        unsafe start.copyMemory(from: bytes, byteCount: count)
    }

    deinit {
        // SAFETY: the buffer is this object's own, wiped and freed once.
        unsafe explicit_bzero(start, count)
        unsafe munlock(start, count)
        unsafe start.deallocate()
    }

    var bytes: RawSpan {
        @_lifetime(borrow self)
        get {
            // SAFETY: the buffer lives as long as this object and does not change after init.
            unsafe _overrideLifetime(RawSpan(_unsafeStart: start, byteCount: count), borrowing: self)
        }
    }
}

// ISOLATION: the bytes are written in init only.
extension SecretBytes: @unchecked Sendable {}
