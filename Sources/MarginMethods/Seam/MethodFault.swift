/// Why a method gave no answer.
public enum MethodFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// The method has no parameter of this name; the path leads to it.
    case unknownParameter(String)
    /// A parameter's value is of the wrong kind or out of range.
    case badParameter(String, String)
    /// The question has something that the method has no rule for.
    case unsupported(String)
    /// The question lacks something that the method needs.
    case missing(String)
    /// The method's history is too short, or has nothing of a factor; it is named.
    case shortHistory(String)
    /// A number of the question is not usable.
    case badNumber(String)
    /// The numbers are so large that a result is not finite.
    case overflow

    public var description: String {
        switch self {
        case .unknownParameter(let path): "\(path): the method has no such parameter"
        case .badParameter(let path, let reason): "\(path): \(reason)"
        case .unsupported(let what): "the method has no rule for \(what)"
        case .missing(let what), .shortHistory(let what): "\(what) is missing"
        case .badNumber(let what): "\(what) is not a usable number"
        case .overflow: "the answer is not finite; the numbers are too large"
        }
    }
}
