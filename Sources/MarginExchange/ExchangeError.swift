public import MarginDomain
public import MarginWire
public import ZeroMQ

/// Why the exchange could not be built or could not go on.
public enum ExchangeError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A generated listing breaks the rules of listings: the scenario's terms do not fit together.
    case listing(symbol: String, ListingFault)
    /// A generated name is longer than names may be.
    case nameTooLong(String)
    /// An underlying was asked for that the scenario does not have.
    case tooManyUnderlyings(wanted: Int, available: Int)
    /// A socket failed in a way that no peer can cause.
    case socket(ZeroMQError, endpoint: String)
    /// A generated message has no bytes.
    case encoding(WireError)

    /// One sentence for people.
    public var description: String {
        switch self {
        case .listing(let symbol, let fault): "\(symbol) cannot be listed: \(fault)."
        case .nameTooLong(let name): "The name \(name) is too long."
        case .tooManyUnderlyings(let wanted, let available):
            "\(wanted) underlyings were asked for, but only \(available) are known."
        case .socket(let error, let endpoint): "The socket at \(endpoint) failed: \(error)."
        case .encoding(let error): "A message could not be written: \(error)."
        }
    }
}
