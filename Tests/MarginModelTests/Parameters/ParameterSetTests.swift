import MarginDomain
import MarginModel
import Testing

@Suite struct ParameterSetTests {
    @Test func `a set survives the way over the bus and back`() throws {
        let set = ModelWorld.parameters()
        let entries = set.entries(status: .effective)

        #expect(try ParameterSet(version: set.version, entries: entries.reversed()) == set)
        #expect(entries.filter(\.last) == [entries[entries.count - 1]])
        #expect(entries.map(\.key).first == Symbol("tails"))
        #expect(set.scan.tails == [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5])
        #expect(set.underlying(ModelWorld.eth.id)?.range == 0.2)
        #expect(set.collateral(ModelWorld.gold.id).liabilityHaircut == 0.5)
        #expect(set.collateral(ModelWorld.gold.id).tiers.first?.bound == .infinity)
    }

    @Test func `what is not named keeps its value, and lists are replaced whole`() throws {
        let set = ModelWorld.parameters()

        let changed = try set.applying(
            [ModelWorld.entry("volUp", 0.7), ModelWorld.entry("tierHaircut", 0.4)], version: ParameterVersion(2))

        #expect(changed.version == ParameterVersion(2))
        #expect(changed.scan.volUp == 0.7)
        #expect(changed.scan.volDown == set.scan.volDown)
        #expect(changed.collateral(ModelWorld.gold.id).tiers.map(\.haircut) == [0.4])
        #expect(throws: ParameterFault.list(.tails, AssetID(0))) {
            try set.applying([ModelWorld.entry("tails", 0.7)], version: ParameterVersion(2))
        }
    }

    @Test func `every fault names its parameter`() {
        let faults: [([RiskParameters], ParameterFault)] = [
            ([ModelWorld.entry("volUpp", 1)], .unknownKey(Symbol("volUpp") ?? .empty)),
            ([ModelWorld.entry("range", 0.61, asset: 2)], .outOfRange(.range, AssetID(2), Ratio(610_000_000))),
            ([ModelWorld.entry("range", 0.5)], .wrongScope(.range, AssetID(0))),
            ([ModelWorld.entry("kappa", 0.5, asset: 2)], .wrongScope(.kappa, AssetID(2))),
            ([ModelWorld.entry("range", 0.5, asset: 9)], .missing(.window, AssetID(9))),
            ([ModelWorld.entry("kappa", 0.5, index: 1)], .list(.kappa, AssetID(0))),
            ([ModelWorld.entry("tierHaircut", 0.5, index: 1)], .list(.tierHaircut, AssetID(0))),
            (
                [ModelWorld.entry("tierBound", 5, index: 0), ModelWorld.entry("tierBound", 4, index: 1)],
                .tiers(AssetID(0))
            ),
            ([ModelWorld.entry("maintenance", 0.95)], .order(.release)),
            ([ModelWorld.entry("initial", 0.85)], .order(.initial)),
            ([ModelWorld.entry("stablecoinInitial", 0.01)], .order(.stablecoinInitial)),
        ]
        for (entries, fault) in faults {
            #expect(throws: fault) { try ModelWorld.parameters().applying(entries, version: ParameterVersion(2)) }
        }
    }

    @Test func `a complete set names what it lacks`() {
        for key in ["kappa", "tails", "initialHaircut"] {
            let entries = ModelWorld.entries().filter { $0.key != Symbol(key) }
            #expect(throws: ParameterFault.missing(ParameterKey(rawValue: key) ?? .kappa, AssetID(0))) {
                try ParameterSet(version: ParameterVersion(1), entries: entries)
            }
        }
    }
}
