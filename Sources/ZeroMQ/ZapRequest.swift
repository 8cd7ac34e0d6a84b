/// A peer asks to be admitted to an encrypted socket (ZeroMQ RFC 27).
public struct ZapRequest: Equatable, Sendable {
    /// The domain of the socket that was reached.
    public let domain: String
    /// The peer's network address.
    public let address: String
    /// The key that the peer has proved to own.
    public let publicKey: CurvePublicKey

    let requestID: [UInt8]

    /// Decodes the frames version, request id, domain, address, identity, mechanism, credentials; `nil` for anything but a CURVE request.
    init?(_ frames: Multipart) {
        guard frames.frameCount == 7, frames.copyOfFrame(0) == Array("1.0".utf8),
            frames.copyOfFrame(5) == Array("CURVE".utf8),
            let publicKey = CurvePublicKey(bytes: frames.copyOfFrame(6))
        else { return nil }
        requestID = frames.copyOfFrame(1)
        domain = String(decoding: frames.copyOfFrame(2), as: UTF8.self)
        address = String(decoding: frames.copyOfFrame(3), as: UTF8.self)
        self.publicKey = publicKey
    }
}

/// The answer to a peer that asks to be admitted.
public enum ZapDecision: Equatable, Sendable {
    /// The peer is let in; its messages carry this name as `Message.userID`. A name above 255 bytes of UTF-8 refuses.
    case admit(userID: String)
    /// The peer is kept out, and told nothing but that.
    case refuse

    /// The reply's frames: version, request id, status, text, user id, metadata.
    func frames(replyingTo requestID: [UInt8]) -> [[UInt8]] {
        let (status, text, userID) =
            switch self {
            case .admit(let userID) where userID.utf8.count <= 255: ("200", "OK", userID)
            case .admit, .refuse: ("400", "refused", "")
            }
        return [Array("1.0".utf8), requestID, Array(status.utf8), Array(text.utf8), Array(userID.utf8), []]
    }
}
