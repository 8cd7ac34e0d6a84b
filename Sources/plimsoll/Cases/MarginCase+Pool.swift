import MarginDomain
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
        agreement = try Self.agreement(fields)
        let count = members.reduce(0) { $0 + $1.marked.count + $1.options.count + $1.orders.count }
        guard count <= Self.positionsMax else {
            throw fields.wrong(
                fields.value("pool") == nil ? "account" : "pool",
                "\(count) positions and orders, more than \(Self.positionsMax)")
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
        var members: [Member] = []
        for fields in try fields.objects("members", keys: ["id", "account", "contribution", "pledge"]) {
            let id = try fields.text("id")
            guard !members.contains(where: { $0.id == id }) else { throw fields.wrong("id", "\(id) stands twice") }
            var member = try Member(
                try fields.needed("account"), id: id, at: fields.path(of: "account"), in: market)
            // One owner owes itself nothing: only a mutual pool uses them.
            member.contribution = try fields.amount("contribution")
            member.lien = try fields.amount("pledge")
            members.append(member)
        }
        guard !members.isEmpty else { throw fields.wrong("members", "a pool has at least one member") }
        return members
    }

    private static func agreement(_ fields: CaseFields) throws(UnreadableCase) -> Agreement {
        guard let pool = fields.value("pool") else { return .oneOwner }
        let path = fields.path(of: "pool").appending(.key("agreement"))
        let keys = ["agreement", "members"]
        let fields = try CaseFields(
            try CaseFields(pool, at: fields.path(of: "pool"), keys: keys).needed("agreement"), at: path,
            keys: ["kind", "betaMax", "affiliates", "contributionShare", "pledgeMultiple"])
        // Read whatever the kind, so that a wrong term is named.
        let terms = try fields.mutualTerms()
        return try fields.isFirst(of: ("oneOwner", "mutual"), "kind") ? .oneOwner : .mutual(terms)
    }
}

extension CaseFields {
    /// An amount of dollars that is not negative; nothing if it is omitted.
    fileprivate func amount(_ key: String) throws(UnreadableCase) -> Double {
        let amount = try number(key, omitted: 0)
        guard amount >= 0 else { throw wrong(key, "\(amount) is negative") }
        return amount
    }

    /// The terms of an agreement; those that are omitted have the defaults of docs/margin-model.md §12.
    fileprivate func mutualTerms() throws(UnreadableCase) -> MutualTerms {
        let affiliates = try flag("affiliates", omitted: false)
        let betaMax = try ratio("betaMax")
        let contributionShare = try ratio("contributionShare") ?? MutualTerms.contributionShare
        let pledgeMultiple = try ratio("pledgeMultiple") ?? MutualTerms.pledgeMultiple
        do {
            return try MutualTerms(
                betaMax: betaMax, affiliates: affiliates, contributionShare: contributionShare,
                pledgeMultiple: pledgeMultiple)
        } catch { throw UnreadableCase(path: path, explanation: "\(error)") }
    }

    /// To the nearest billionth.
    private func ratio(_ key: String) throws(UnreadableCase) -> Ratio? {
        guard let number = try givenNumber(key) else { return nil }
        guard abs(number) < 1e9 else { throw wrong(key, "\(number) is too large") }
        return Ratio(Int64((number * Double(Ratio.scale)).rounded()))
    }
}
