import MarginModel
import MarginWire

extension MarginCase.Underlying {
    /// One member of `market`.
    init(_ value: JSONValue, symbol: String, at path: JSONPath) throws(UnreadableCase) {
        let fields = try CaseFields(
            value, at: path,
            keys: ["spot", "spotConfidence", "slowPrice", "openInterest", "depth", "perpetual", "expiries"])
        self.init(symbol: symbol, spot: try fields.number("spot"))
        spotConfidence = try fields.number("spotConfidence", omitted: 1)
        slowPrice = try fields.givenNumber("slowPrice")
        depth = try fields.givenNumber("depth")
        if let interest = fields.value("openInterest") {
            let path = fields.path(of: "openInterest")
            for member in try interest.members(at: path) {
                openInterest[member.key] = try member.value.number(at: path.appending(.key(member.key)))
            }
        }
        if let mark = fields.value("perpetual") {
            let fields = try CaseFields(
                mark, at: fields.path(of: "perpetual"), keys: ["price", "confidence", "fundingRate"])
            perpetual = try fields.number("price")
            perpetualConfidence = try fields.number("confidence", omitted: 1)
            fundingRate = try fields.number("fundingRate", omitted: 0)
        }
        for fields in try fields.objects("expiries", keys: MarginCase.Expiry.keys) {
            let expiry = try MarginCase.Expiry(fields)
            guard !expiries.contains(where: { $0.secondsToExpiry == expiry.secondsToExpiry }) else {
                throw fields.wrong("secondsToExpiry", "an expiry stands twice")
            }
            expiries.append(expiry)
        }
    }
}

extension MarginCase.Expiry {
    static let keys = [
        "secondsToExpiry", "forward", "forwardConfidence", "settledForward", "rate", "rateConfidence",
        "volatilityConfidence",
    ]

    init(_ fields: CaseFields) throws(UnreadableCase) {
        self.init(
            secondsToExpiry: try fields.number("secondsToExpiry"), forward: try fields.number("forward"),
            settledForward: try fields.number("settledForward", omitted: 0),
            rate: try fields.number("rate", omitted: 0))
        forwardConfidence = try fields.number("forwardConfidence", omitted: 1)
        rateConfidence = try fields.number("rateConfidence", omitted: 1)
        volatilityConfidence = try fields.number("volatilityConfidence", omitted: 1)
    }
}
