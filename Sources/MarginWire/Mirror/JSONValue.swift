/// A JSON text taken apart, every value with its place.
struct JSONValue: Equatable, Sendable {
    /// Bytes from the text's beginning.
    let offset: Int
    let content: Content

    indirect enum Content: Equatable, Sendable {
        case null
        case flag(Bool)
        /// As written: the reader of a number knows its unit, and so decides what fits.
        case number(String)
        case text(String)
        case array([JSONValue])
        case object([JSONMember])
    }
}

/// A key and its value.
struct JSONMember: Equatable, Sendable {
    let key: String
    let value: JSONValue
}
