/// Why a method gave no answer.
public enum MethodFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The method has no parameter of this name; the path leads to it.
    case unknownParameter(String)
    /// A parameter's value is of the wrong kind or out of range.
    case badParameter(String, String)
    /// The question has something that the method has no rule for; the symbol of the asset that it is about, if one.
    case unsupported(String, of: String? = nil)
    /// The question lacks something that the method needs.
    case missing(String, of: String? = nil)
    /// The method's history is too short, or has nothing of a factor; it is named.
    case shortHistory(String, of: String? = nil)
    /// A number of the question is not usable.
    case badNumber(String, of: String? = nil)
    /// The numbers are so large that a result is not finite.
    case overflow

    public var description: String {
        switch self {
        case .unknownParameter(let path): "\(path): the method has no such parameter"
        case .badParameter(let path, let reason): "\(path): \(reason)"
        case .unsupported(let what, _): "the method has no rule for \(what)"
        case .missing(let what, _), .shortHistory(let what, _): "\(what) is missing"
        case .badNumber(let what, _): "\(what) is not a usable number"
        case .overflow: "the answer is not finite; the numbers are too large"
        }
    }

    /// Symbol of the asset that it is about; nil if it is about none, or more than one.
    public var symbol: String? {
        switch self {
        case .unsupported(_, let symbol), .missing(_, let symbol), .shortHistory(_, let symbol),
            .badNumber(_, let symbol):
            symbol
        case .unknownParameter, .badParameter, .overflow: nil
        }
    }
}
