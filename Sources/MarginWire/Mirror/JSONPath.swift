/// The way from a JSON text's outermost value to one inside, such as `account.options[0].strike`.
public struct JSONPath: Equatable, Sendable, CustomStringConvertible {
    /// One step inwards.
    public enum Step: Equatable, Sendable {
        /// Into an object, by key.
        case key(String)
        /// Into an array, counting from 0.
        case element(Int)
    }

    /// From the outermost value on.
    public private(set) var steps: [Step]

    /// From its steps; none leads to the outermost value.
    public init(_ steps: [Step] = []) { self.steps = steps }

    /// One step farther.
    public func appending(_ step: Step) -> JSONPath { JSONPath(steps + [step]) }

    public var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .key(let key): text += text.isEmpty ? key : ".\(key)"
            case .element(let place): text += "[\(place)]"
            }
        }
        return text
    }
}
