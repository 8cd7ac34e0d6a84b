/// Where a publisher is found, with the ports that a `*` became; nil where the configuration leaves one out.
public struct BoundEndpoints: Equatable, Sendable {
    /// Signals in SBE.
    public var signals: String?
    /// Signals in JSON.
    public var signalsJSON: String?
    /// States in SBE.
    public var states: String?
    /// States in JSON.
    public var statesJSON: String?
    /// Queries.
    public var queries: String?
}
