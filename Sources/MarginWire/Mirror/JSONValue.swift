/// A JSON text taken apart, every value with its place.
public struct JSONValue: Equatable, Sendable {
    /// Bytes from the text's beginning.
    public let offset: Int
    /// What stands there.
    public let content: Content

    /// The kinds of values.
    public indirect enum Content: Equatable, Sendable {
        /// The word `null`.
        case null
        /// `true` or `false`.
        case flag(Bool)
        /// As written: the reader of a number knows its unit, and so decides what fits.
        case number(String)
        /// A string without its quotes and escapes.
        case text(String)
        /// In order.
        case array([JSONValue])
        /// In the order of the text, each key once.
        case object([JSONMember])
    }
}

/// A key and its value.
public struct JSONMember: Equatable, Sendable {
    /// Without quotes and escapes.
    public let key: String
    /// What the key stands for.
    public let value: JSONValue
}
