/// What the terminal can do; found out by whoever owns it.
public struct ConsoleStyle: Equatable, Sendable {
    /// Whether lines can be redrawn.
    public var isTerminal: Bool
    /// Whether colours are wanted: a terminal, and `NO_COLOR` not set.
    public var hasColour: Bool
    /// Characters in a line.
    public var width: Int

    public init(isTerminal: Bool, hasColour: Bool, width: Int = 100) {
        self.isTerminal = isTerminal
        self.hasColour = hasColour
        self.width = width
    }

    /// For files and pipes.
    public static let plain = ConsoleStyle(isTerminal: false, hasColour: false)

    /// From the environment: `noColour` is the value of `NO_COLOR`, which counts when it is set and not empty.
    public init(isTerminal: Bool, noColour: String?, width: Int = 100) {
        self.init(isTerminal: isTerminal, hasColour: isTerminal && (noColour ?? "").isEmpty, width: width)
    }
}

/// The few colours that carry meaning here.
public enum ConsoleColour: Int, Sendable {
    case red = 31
    case green = 32
    case yellow = 33

    /// The text in this colour, if colours are wanted.
    func paint(_ text: String, _ style: ConsoleStyle) -> String {
        style.hasColour ? "\u{1b}[\(rawValue)m\(text)\u{1b}[0m" : text
    }
}
