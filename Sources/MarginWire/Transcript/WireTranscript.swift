import MarginDomain

/// Turns lines of the JSON mirror into SBE frames in hexadecimal, and back.
///
/// For people and for tests against other SBE implementations: one message a line. Listings must precede what they
/// give exponents to, as on the bus.
public struct WireTranscript: Sendable {
    private var mirror: JSONMirror
    private var encoder = SBEEncoder()

    /// Knowing some exponents already.
    public init(scales: Scales = Scales()) { mirror = JSONMirror(scales: scales) }

    /// The SBE frame of a JSON message, as pairs of hexadecimal digits.
    ///
    /// - Throws: what is wrong with the line, and where.
    public mutating func frame(ofJSON line: String) throws(WireError) -> String {
        let text = Array(line.utf8)
        let message = try mirror.decode(text.wireBytes)
        try encoder.encode(message)
        return Hexadecimal.text(encoder.frame)
    }

    /// The JSON message of an SBE frame given as pairs of hexadecimal digits.
    ///
    /// - Throws: what is wrong with the line, and where.
    public mutating func json(ofFrame line: String) throws(WireError) -> String {
        let frame = try Hexadecimal.bytes(line)
        let message = try SBEDecoder.decode(frame.wireBytes)
        return String(decoding: try mirror.encode(message), as: UTF8.self)
    }
}
