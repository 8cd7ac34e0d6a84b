/// A Curve25519 key that may be shown to anybody: it names a peer.
public struct CurvePublicKey: Hashable, Sendable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// From 32 raw bytes, or `nil` for any other count.
    public init?(bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        self.bytes = bytes
    }

    /// From 40 characters of Z85, or `nil` if they are not a key.
    public init?(z85: String) {
        guard let bytes = Z85.decode(z85) else { return nil }
        self.init(bytes: bytes)
    }

    /// 40 characters of Z85.
    public var z85: String {
        guard let text = Z85.encode(bytes) else { preconditionFailure("A key has 32 bytes.") }
        return text
    }
}

extension CurvePublicKey: CustomStringConvertible {
    /// The first 8 characters, enough to tell keys apart in a log.
    public var description: String { "\(z85.prefix(8))…" }
}

/// A peer's secret key and the public key that belongs to it.
public struct CurveKeyPair: Sendable {
    /// Names the peer.
    public let publicKey: CurvePublicKey
    /// Proves that the peer is the one it names.
    public let secretKey: CurveSecretKey

    /// Derives the public key.
    public init(secretKey: CurveSecretKey) throws(ZeroMQError) {
        self.secretKey = secretKey
        publicKey = try secretKey.derivedPublicKey()
    }

    /// A new pair from the operating system's random generator.
    public static func generate() throws(ZeroMQError) -> CurveKeyPair {
        try CurveKeyPair(secretKey: .random())
    }
}
