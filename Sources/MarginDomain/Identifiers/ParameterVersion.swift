/// Version of a set of risk parameters or of an agreement.
public struct ParameterVersion: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// The version of a set that the engine made: people's with ranges that follow the market.
    ///
    /// The top bit keeps them apart from people's, which must stay below 2^31.
    public static func ofEngine(_ number: UInt32) -> ParameterVersion { ParameterVersion(number | (1 << 31)) }

    /// Whether the engine gave it.
    public var isOfEngine: Bool { rawValue >> 31 == 1 }
}
