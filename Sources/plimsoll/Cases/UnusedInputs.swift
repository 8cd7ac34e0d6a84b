import MarginModel
import MarginWire

/// Inputs that the format has and the default model does not use yet: silence would be a wrong answer.
enum UnusedInputs {
    /// - Throws: the first such input, by its key.
    static func refuse(
        in value: JSONValue, of question: MarginCase, at path: JSONPath = JSONPath()
    ) throws(UnreadableCase) {
        switch value.content {
        case .array(let elements):
            for (place, element) in elements.enumerated() {
                try refuse(in: element, of: question, at: path.appending(.element(place)))
            }
        case .object(let members):
            for member in members where member.value.content != .null {
                try refuse(member, of: question, at: path.appending(.key(member.key)))
            }
        default: break
        }
    }

    private static func refuse(
        _ member: JSONMember, of question: MarginCase, at path: JSONPath
    ) throws(UnreadableCase) {
        let value = member.value
        switch member.key {
        case "parameters": return
        case "collateral":
            for (place, element) in try value.elements(at: path).enumerated() {
                let path = path.appending(.element(place))
                try refuseTermsOfCoin(
                    try CaseFields(element, at: path, keys: MarginCase.Collateral.keys), of: question)
                try refuse(in: element, of: question, at: path)
            }
        default: try refuse(in: value, of: question, at: path)
        }
    }

    /// Coin that moves with its underlying is a row of it, at the spot price and without a haircut.
    private static func refuseTermsOfCoin(_ held: CaseFields, of question: MarginCase) throws(UnreadableCase) {
        guard try held.flag("riskCancelling", omitted: true), held.value("underlying") != nil else { return }
        let underlying = try held.underlying(in: question.underlyings)
        guard try held.number("price", omitted: underlying.spot) == underlying.spot else {
            throw held.wrong("price", "coin of \(underlying.symbol) has its spot price; leave it out")
        }
        for key in ["maintenanceHaircut", "initialHaircut"] where try held.number(key, omitted: 0) != 0 {
            throw held.wrong(key, "coin that moves with its underlying has no haircut; leave it out")
        }
    }
}
