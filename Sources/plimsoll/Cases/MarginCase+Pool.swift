import MarginModel
import MarginWire

extension MarginCase {
    static let keys = ["name", "market", "stablecoinPrice", "parameters", "account", "pool"]

    /// A whole case but for its `parameters`.
    init(_ fields: CaseFields) throws(UnreadableCase) {
        var market: [Underlying] = []
        let path = fields.path(of: "market")
        for member in try fields.needed("market").members(at: path) {
            market.append(
                try Underlying(member.value, symbol: member.key, at: path.appending(.key(member.key))))
        }
        self.init(
            name: try fields.givenText("name") ?? "", underlyings: market,
            stablecoinPrice: try fields.number("stablecoinPrice", omitted: 1),
            members: try Self.members(fields, in: market))
        let count = members.reduce(0) { $0 + $1.marked.count + $1.options.count + $1.orders.count }
        guard count <= Self.positionsMax else {
            throw fields.wrong(
                fields.value("pool") == nil ? "account" : "pool", "\(count) positions and orders, more than \(Self.positionsMax)")
        }
    }

    /// The model numbers the expiries of a case in 16 bits, and each position may have its own.
    private static let positionsMax = 65_000

    private static func members(
        _ fields: CaseFields, in market: [Underlying]
    ) throws(UnreadableCase) -> [Member] {
        guard let pool = fields.value("pool") else {
            return [try Member(try fields.needed("account"), id: "", at: fields.path(of: "account"), in: market)]
        }
        guard fields.value("account") == nil else {
            throw fields.wrong("pool", "a case has an account or a pool, not both")
        }
        let fields = try CaseFields(pool, at: fields.path(of: "pool"), keys: ["agreement", "members"])
        try checkAgreement(fields)
        var members: [Member] = []
        for fields in try fields.objects("members", keys: ["id", "account", "contribution", "pledge"]) {
            let id = try fields.text("id")
            guard !members.contains(where: { $0.id == id }) else { throw fields.wrong("id", "\(id) stands twice") }
            // One owner owes itself nothing: only a mutual pool has contributions and pledges.
            for key in ["contribution", "pledge"] { _ = try fields.givenNumber(key) }
            members.append(
                try Member(try fields.needed("account"), id: id, at: fields.path(of: "account"), in: market))
        }
        guard !members.isEmpty else { throw fields.wrong("members", "a pool has at least one member") }
        return members
    }

    private static func checkAgreement(_ pool: CaseFields) throws(UnreadableCase) {
        let fields = try CaseFields(
            try pool.needed("agreement"), at: pool.path(of: "agreement"), keys: ["kind", "betaMax", "affiliates"])
        guard try fields.isFirst(of: ("oneOwner", "mutual"), "kind") else {
            throw fields.wrong("kind", "mutual pools are not supported yet by the model plimsoll")
        }
        // The terms of a mutual pool: read, so that a wrong one is named, and without effect for one owner.
        _ = try fields.givenNumber("betaMax")
        _ = try fields.flag("affiliates", omitted: false)
    }
}
