public import MarginDomain

/// A pool as the oracle remembers it between evaluations.
public struct NaivePool: Equatable, Sendable {
    /// Under which its members combine.
    public let agreement: AgreementID
    /// After the last evaluation.
    public var state = LifeCycle.healthy
    /// Of the last evaluation; nil before the first.
    public var margin: NaiveMargin?
    /// What its owner had in other pools at the last evaluation.
    var elsewhere: [AssetID: NaiveSize] = [:]
    /// The last number given to a signal of the pool.
    public var poolSignalNo = StreamNumber.start

    init(agreement: AgreementID) { self.agreement = agreement }
}
