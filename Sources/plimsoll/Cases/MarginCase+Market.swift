import MarginModel
import MarginWire

extension MarginCase.Underlying {
    /// One member of `market`.
    init(_ value: JSONValue, symbol: String, at path: JSONPath) throws(UnreadableCase) {
        let fields = try CaseFields(
            value, at: path, keys: ["spot", "spotConfidence", "slowPrice", "openInterest", "perpetual", "expiries"])
        if let interest = fields.value("openInterest"),
            try !interest.members(at: fields.path(of: "openInterest")).isEmpty
        {
            throw fields.wrong(
                "openInterest", "charges by open interest are not supported yet by the model plimsoll; leave it out")
        }
        var perpetual: Double?
        var perpetualConfidence = 1.0
        if let mark = fields.value("perpetual") {
            let fields = try CaseFields(mark, at: fields.path(of: "perpetual"), keys: ["price", "confidence"])
            perpetualConfidence = try fields.confidence("confidence")
            perpetual = try fields.number("price")
        }
        self.init(symbol: symbol, spot: try fields.number("spot"), perpetual: perpetual)
        self.perpetualConfidence = perpetualConfidence
        spotConfidence = try fields.confidence("spotConfidence")
        slowPrice = try fields.givenNumber("slowPrice")
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
        forwardConfidence = try fields.confidence("forwardConfidence")
        rateConfidence = try fields.confidence("rateConfidence")
        volatilityConfidence = try fields.confidence("volatilityConfidence")
    }
}
