/// Version of a set of risk parameters or of an agreement.
public struct ParameterVersion: Identifier {
    public let rawValue: UInt32

    public init(_ rawValue: UInt32) { self.rawValue = rawValue }
}
