/// Who may be at the other end of a socket, and whether the line is encrypted.
///
/// There is no case for an open line between machines: such a socket cannot be made.
public enum SocketSecurity: Sendable {
    /// No encryption; the socket binds and connects within this machine only (in-process, local-file and loopback endpoints).
    case localOnly
    /// Encrypted, for the side that admits peers: each is put before the `ZapResponder` under this domain, and refused if none is running.
    ///
    /// - Precondition: the domain is not empty when the socket is made; libzmq asks nobody about an empty one.
    case curveServer(secretKey: CurveSecretKey, domain: String)
    /// Encrypted, for the side that connects: proves the client's key, and accepts only the server that owns the given public key.
    case curveClient(keys: CurveKeyPair, serverKey: CurvePublicKey)

    /// Throws if a socket of this security must not use the endpoint.
    func check(_ endpoint: String) throws(ZeroMQError) {
        if case .localOnly = self, !isLocal(endpoint) { throw .insecureEndpoint(endpoint) }
    }
}

/// Whether an endpoint certainly stays within this machine; what is not understood does not.
func isLocal(_ endpoint: String) -> Bool {
    if endpoint.hasPrefix("inproc://") || endpoint.hasPrefix("ipc://") { return true }
    // A semicolon separates a source address from the destination, so the first host of such an endpoint is not the one that is reached.
    guard endpoint.hasPrefix("tcp://"), !endpoint.contains(";"), let portColon = endpoint.lastIndex(of: ":") else {
        return false
    }
    let hostStart = endpoint.index(endpoint.startIndex, offsetBy: 6)
    guard hostStart <= portColon else { return false }
    let host = endpoint[hostStart..<portColon]
    if host == "localhost" || host == "[::1]" { return true }
    return host.hasPrefix("127.")
        && host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
}
