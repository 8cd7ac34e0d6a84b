import MarginDomain
import Testing

@testable import MarginEngine

/// Whom a fall of credit spares for an hour: docs/event-rules.md §10, decision 0033.
@Suite struct CreditFallTests {
    private static let (own, other) = (MemberIndex(place: 0), MemberIndex(place: 1))

    private static func fall(_ cause: Cause, hasGuard: Bool = false, isSearchSpent: Bool = false) -> CreditFall {
        CreditFall(cause: cause, hasGuard: hasGuard, isSearchSpent: isSearchSpent, kin: [own])
    }

    @Test func `whoever spends the search by its own entry gains no time, all others do`() {
        let fall = Self.fall(.trade, isSearchSpent: true)

        #expect(!fall.spares(Self.own) && fall.spares(Self.other))
    }

    @Test(arguments: [Cause.parameters, .membership])
    func `parameters and memberships spare everybody`(cause: Cause) {
        #expect(Self.fall(cause, isSearchSpent: true).spares(Self.own))
        #expect(Self.fall(cause).spares(Self.other))
    }

    @Test func `a ring-fence spares everybody, and the market by itself nobody`() {
        #expect(Self.fall(.trade, hasGuard: true).spares(Self.own))
        #expect(!Self.fall(.price).spares(Self.own) && !Self.fall(.price).spares(Self.other))
    }

    @Test func `affiliates are kin of one another, strangers are not`() throws {
        var pools = try MutualMarket()
        pools.joinBoth()
        let members = pools.market.engine.groups[0].memberships.map(\.member)

        #expect(pools.market.engine.kin(of: [members[0]], among: members) == [members[0]])
        #expect(pools.market.engine.kin(of: [], among: members).isEmpty)
        pools.market.send(
            .ownerLinked([1, 3].map { OwnerLinked(owner: OwnerID($0), group: OwnerID(70)) }))
        #expect(pools.market.engine.kin(of: [members[1]], among: members) == Set(members))
    }
}
