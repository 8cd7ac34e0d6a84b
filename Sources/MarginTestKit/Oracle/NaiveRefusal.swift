/// Why an entry changed nothing.
public enum NaiveRefusal: Error, Hashable, Sendable {
    /// It names an account, asset, instrument, agreement or pool that is not known.
    case unknown
    /// It contradicts what was listed or opened before.
    case contradiction
    /// A number is outside what the rules allow.
    case outOfRange
    /// Its publish time is older than what it would replace, or ahead of the engine's time.
    case untimely
}
