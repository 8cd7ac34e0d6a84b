public import MarginDomain

/// One published input that a margin depends on.
public struct PricedInput: Equatable, Sendable {
    public let kind: InputKind
    /// The asset itself of a collateral price.
    public let underlying: AssetID
    /// Of a forward, rate, volatility or slice; ``Timestamp/zero`` otherwise.
    public let expiry: Timestamp
    /// Of a mark or funding rate; ``InstrumentID/none`` otherwise.
    public let instrument: InstrumentID
    /// nil if it is needed and was never published.
    public let content: Content?

    /// What was published.
    public enum Content: Equatable, Sendable {
        /// An index price, a mark, or a collateral price.
        case price(PublishedPrice)
        case forward(PublishedForward)
        /// A discount or funding rate.
        case rate(PublishedRate)
        case volatility(PublishedVolatility)
        case slice(PublishedSlice)
        /// `L_u`, and when the newest depth was published.
        case depth(Value, Timestamp)

        public var publishTime: Timestamp {
            switch self {
            case .price(let price): price.publishTime
            case .forward(let forward): forward.publishTime
            case .rate(let rate): rate.publishTime
            case .volatility(let point): point.publishTime
            case .slice(let slice): slice.publishTime
            case .depth(_, let time): time
            }
        }
    }

    init(
        _ kind: InputKind, of underlying: AssetID, expiry: Timestamp = .zero, instrument: InstrumentID = .none,
        _ content: Content?
    ) {
        self.kind = kind
        self.underlying = underlying
        self.expiry = expiry
        self.instrument = instrument
        self.content = content
    }
}
