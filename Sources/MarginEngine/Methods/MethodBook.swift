import MarginDomain
import MarginMethods
import MarginModel

/// The published methods as a set of parameters makes them, by name: one each, for all pools under it.
///
/// What a set does not name of a method is the method's default. The method that simulates the past also needs one:
/// the log's own, which ``give(_:beside:)`` hands over.
struct MethodBook: Sendable {
    private var methods: [Symbol: any MarginMethod] = [:]

    /// The method that simulates the past.
    static let historical = Symbol(ascii: "expected-shortfall")

    /// Every method with its defaults.
    init() {
        do { self = try MethodBook([]) } catch { preconditionFailure("a method refuses its defaults: \(error)") }
    }

    /// - Throws: the first value that its method does not take, by name.
    init(_ set: ParameterSet) throws(ParameterRefusal) { self = try MethodBook(set.methodValues) }

    private init(_ values: [MethodValue]) throws(ParameterRefusal) {
        let own = Dictionary(grouping: values, by: \.model)
        for type in MethodRegistry.methods {
            guard let name = Symbol(type.name) else { preconditionFailure("the name of a method is a symbol") }
            do throws(MethodFault) {
                let leaves = (own[name] ?? []).map { (path: $0.path, text: "\($0.text)") }
                methods[name] = try type.init(try ParameterTree(leaves: leaves))
            } catch { throw .fault("\(name)/\(error)") }
        }
        for value in values {
            guard methods[value.model] != nil else { throw .fault("there is no margin method \(value.model)") }
            // A live pool's past is the log's.
            guard value.model != Self.historical || !value.path.isHistory else {
                throw .fault("\(value.model)/\(value.path): the history of live pools is that of the log")
            }
        }
    }

    subscript(name: Symbol) -> (any MarginMethod)? { methods[name] }

    /// Gives a past to the method that needs one, and the default model beside it.
    mutating func give(_ history: FactorHistory, beside grid: DefaultGrid) {
        guard let method = methods[Self.historical] as? ExpectedShortfall else { return }
        methods[Self.historical] = method.given(history: history, grid: grid)
    }
}

extension MethodPath {
    /// Whether it leads into a history that a question carries.
    fileprivate var isHistory: Bool { description == "history" || description.hasPrefix("history.") }
}
