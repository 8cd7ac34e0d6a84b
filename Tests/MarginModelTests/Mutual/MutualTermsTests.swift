import MarginDomain
import MarginModel
import Testing

@Suite struct MutualTermsTests {
    @Test func `terms that nobody stated are those of the specification`() throws {
        let strangers = try MutualTerms()
        let affiliates = try MutualTerms(affiliates: true)

        #expect(strangers.betaMax == Ratio(500_000_000))
        #expect(affiliates.betaMax == Ratio(800_000_000))
        #expect(strangers.contributionShare == Ratio(100_000_000))
        #expect(strangers.pledgeMultiple == Ratio(Ratio.scale))
    }

    @Test func `terms that cannot hold are named`() {
        func fault(_ make: () throws(MutualTermsFault) -> MutualTerms) -> MutualTermsFault? {
            do {
                _ = try make()
                return nil
            } catch { return error }
        }

        let more = Ratio(Ratio.scale + 1)
        #expect(fault { () throws(MutualTermsFault) in try MutualTerms(betaMax: more) } == .outOfRange(.betaMax, more))
        #expect(
            fault { () throws(MutualTermsFault) in try MutualTerms(ringFenceTail: .zero) }
                == .outOfRange(.ringFenceTail, .zero))
        #expect(
            fault { () throws(MutualTermsFault) in try MutualTerms(contributionShare: Ratio(-1)) }
                == .outOfRange(.contributionShare, Ratio(-1)))
        #expect(fault { () throws(MutualTermsFault) in try MutualTerms(coverTwoAbove: 1) } == .coverTwoAbove(1))
        #expect(
            fault { () throws(MutualTermsFault) in try MutualTerms(ramp: Duration64(-1)) } == .negativeTime(.ramp))
    }

    @Test func `an event carries terms, and strangers' need a signed text`() throws {
        func agreement(_ kind: AgreementKind, affiliates: Bool, digest: String) -> PoolAgreement {
            PoolAgreement(
                agreement: AgreementID(3), kind: kind, version: ParameterVersion(1), betaMax: Ratio(300_000_000),
                affiliates: affiliates, contributionShare: Ratio(200_000_000), pledgeMultiple: Ratio(2_000_000_000),
                termsDigest: digest, model: .empty, ringFenceUtilisation: Ratio(800_000_000),
                ringFenceTail: Ratio(300_000_000), coverTwoAbove: 4, ramp: .seconds(600), exitNotice: .seconds(900),
                contributionHold: .seconds(1200))
        }

        let terms = try MutualTerms(agreement(.mutual, affiliates: false, digest: "0f"))
        #expect(terms.betaMax == Ratio(300_000_000) && terms.contributionShare == Ratio(200_000_000))
        #expect(terms.pledgeMultiple == Ratio(2_000_000_000))
        #expect(terms.ringFenceUtilisation == Ratio(800_000_000) && terms.ringFenceTail == Ratio(300_000_000))
        #expect(terms.coverTwoAbove == 4 && terms.ramp == .seconds(600) && terms.exitNotice == .seconds(900))
        #expect(terms.contributionHold == .seconds(1200))
        #expect(throws: MutualTermsFault.unsigned) {
            try MutualTerms(agreement(.mutual, affiliates: false, digest: ""))
        }
        #expect(throws: MutualTermsFault.notMutual) {
            try MutualTerms(agreement(.oneOwner, affiliates: true, digest: ""))
        }
    }

    @Test func `a new member's credit grows from nothing to whole`() throws {
        let terms = try MutualTerms()

        #expect(terms.creditWeight(after: .zero) == .zero)
        #expect(terms.creditWeight(after: .seconds(3600)) == Ratio(Ratio.scale / 24))
        #expect(terms.creditWeight(after: .seconds(86_400)) == Ratio(Ratio.scale))
        #expect(terms.creditWeight(after: .seconds(90_000)) == Ratio(Ratio.scale))
        #expect(try MutualTerms(ramp: .zero).creditWeight(after: .zero) == Ratio(Ratio.scale))
    }

    @Test func `a leaver gets its contribution back two days after it has left`() throws {
        let times = try MutualTerms().exit(noticeAt: Timestamp(0))

        #expect(times.leaves == Timestamp(86_400 * Duration64.perSecond))
        #expect(times.contributionFree == Timestamp(3 * 86_400 * Duration64.perSecond))
    }
}
