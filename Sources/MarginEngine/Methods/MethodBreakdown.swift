import MarginDomain
import MarginMethods
import MarginModel

/// What a published method says of a pool beside its two requirements, as messages say it.
///
/// The parts that add up do so to the quantum (docs/questions.md, *explain*): each is rounded to the nearest, what the
/// pool's requirement is more because it is never negative, and initial margin never below maintenance margin, is a part
/// of its own, and so is what rounding has left over.
struct MethodBreakdown {
    private(set) var parts: [MethodPart] = []
    private(set) var scenarios: [MethodScenario] = []

    /// Of what has no method, or no margin.
    static let none = MethodBreakdown()

    private init() {}

    /// - Parameter asset: the asset of a symbol.
    init(
        _ answer: MethodAnswer, _ detail: MethodDetail, of margin: PoolMargin, asset: (String) -> AssetID?
    ) {
        for component in answer.components { add(component.name, component.initial, component.maintenance) }
        let maintenance = max(answer.maintenanceMargin, 0)
        let initial = max(answer.initialMargin, maintenance)
        add("not below maintenance", initial - answer.initialMargin, maintenance - answer.maintenanceMargin)
        round(to: margin)
        for figure in detail.figures { add(figure.name, figure.initial, figure.maintenance, adds: false) }
        scenarios = detail.scenarios.map { scenario in
            MethodScenario(
                underlying: asset(scenario.underlying) ?? AssetID(0), scenario: Int16(clamping: scenario.index),
                node: Ratio(billionths: scenario.spotMove), label: scenario.label.clipped(to: 80),
                gain: Value(nearest: scenario.gain), binds: scenario.binds(in: answer))
        }
    }

    private mutating func add(_ name: String, _ initial: Double, _ maintenance: Double, adds: Bool = true) {
        let part = MethodPart(
            name: name.clipped(to: 80), initial: Value(nearest: initial), maintenance: Value(nearest: maintenance),
            adds: adds)
        if part.initial != .zero || part.maintenance != .zero || !adds { parts.append(part) }
    }

    /// What is left to the pool's requirement.
    private mutating func round(to margin: PoolMargin) {
        func rest(_ whole: Value, _ part: (MethodPart) -> Value) -> Value {
            Value(saturating: parts.reduce(Int128(whole.quanta)) { $0 - Int128(part($1).quanta) })
        }
        let (initial, maintenance) = (rest(margin.initial, \.initial), rest(margin.maintenance, \.maintenance))
        guard initial != .zero || maintenance != .zero else { return }
        parts.append(MethodPart(name: "rounding", initial: initial, maintenance: maintenance, adds: true))
    }
}

extension EngineState {
    /// What the method of a pool says of its holdings.
    func breakdown(of holdings: PoolHoldings, in place: PoolIndex, at margin: PoolMargin?) -> MethodBreakdown {
        guard let method = method(of: place), let margin, margin.status == .margined,
            let question = book.question(about: holdings, with: type(of: method).facts)
        else { return .none }
        do throws(MethodFault) {
            return MethodBreakdown(
                try method.answer(question), try method.detail(of: question), of: margin,
                asset: { book.asset(called: $0) })
        } catch {
            // It had an answer when the pool was evaluated; without one now, nothing is said of the parts.
            return .none
        }
    }
}

extension Value {
    /// Dollars to the nearest quantum; what is too large saturates.
    init(nearest dollars: Double) {
        let quanta = (dollars * Double(Value.perDollar)).rounded()
        self.init(abs(quanta) < 0x1p62 ? Int64(quanta) : quanta > 0 ? .max : .min)
    }
}

extension Ratio {
    /// A fraction to the nearest billionth; what is too large saturates.
    init(billionths fraction: Double) {
        let whole = (fraction * Double(Ratio.scale)).rounded()
        self.init(abs(whole) < 0x1p62 ? Int64(whole) : whole > 0 ? .max : .min)
    }
}
