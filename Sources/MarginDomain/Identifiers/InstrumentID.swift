/// An instrument of the exchange.
public struct InstrumentID: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Stands where a message leaves the instrument out: the member is the whole account.
    public static let none = InstrumentID(0)

    /// Whether an instrument is named at all.
    public var isPresent: Bool { rawValue != 0 }
}
