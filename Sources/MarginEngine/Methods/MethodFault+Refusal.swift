import MarginDomain
import MarginMethods
import MarginModel

extension MethodFault {
    /// What a pool whose method says this is quarantined for.
    var refusal: MethodRefusal {
        switch self {
        case .unsupported: .withoutRule
        case .missing: .lacksInput
        case .shortHistory: .shortHistory
        case .badNumber: .badNumber
        case .unknownParameter, .badParameter: .badParameter
        case .overflow: .overflow
        }
    }
}

extension MarginBook {
    /// What a method says of holdings that it refuses; nil if it does not.
    func fault(of holdings: PoolHoldings, by method: any MarginMethod) -> MethodFault? {
        guard let question = question(about: holdings, with: type(of: method).facts) else { return nil }
        do throws(MethodFault) {
            _ = try method.answer(question)
            return nil
        } catch { return error }
    }
}
