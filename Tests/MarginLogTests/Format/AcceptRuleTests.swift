import MarginDomain
import MarginLog
import Testing

@Suite struct AcceptRuleTests {
    private static let position = LogPosition(epoch: Epoch(4), number: RecordNumber(10), hash: RecordHash(99))

    /// A record at epoch and number, after hash; `claimedAfter` makes it a claim.
    struct Case: Sendable, CustomTestStringConvertible {
        var epoch: UInt32 = 4
        var number: UInt64 = 11
        var hash: UInt64 = 99
        var claimedAfter: UInt64?
        var refusal: AcceptRule.Refusal?
        var testDescription: String

        init(
            _ description: String, epoch: UInt32 = 4, number: UInt64 = 11, hash: UInt64 = 99,
            claimedAfter: UInt64? = nil,
            _ refusal: AcceptRule.Refusal?
        ) {
            (self.epoch, self.number, self.hash, self.claimedAfter) = (epoch, number, hash, claimedAfter)
            (self.refusal, testDescription) = (refusal, description)
        }
    }

    static let cases = [
        Case("the next record", nil),
        Case("the last one again", number: 10, .duplicate),
        Case("an old one again", number: 3, .duplicate),
        Case("one too far", number: 12, .gap),
        Case("one of another history", hash: 98, .brokenChain),
        Case("one of an ended epoch", epoch: 3, .fenced),
        Case("one of an epoch nobody claimed", epoch: 5, .unclaimed),
        Case("a claim of the next epoch", epoch: 5, claimedAfter: 10, nil),
        Case("a claim of a much later epoch", epoch: 50, claimedAfter: 10, nil),
        Case("a claim of the same epoch", epoch: 4, claimedAfter: 10, .fenced),
        Case("a claim of an ended epoch", epoch: 2, claimedAfter: 10, .fenced),
        Case("a claim made before the last record", epoch: 5, claimedAfter: 9, .claimElsewhere),
        Case("a claim made after a record that is not here", epoch: 5, number: 12, claimedAfter: 11, .claimElsewhere),
        Case("a claim with a number too far", epoch: 5, number: 12, claimedAfter: 10, .gap),
        Case("a claim of another history", epoch: 5, hash: 98, claimedAfter: 10, .brokenChain),
    ]

    @Test(arguments: cases)
    func `a record is accepted only directly after the last one and under the current epoch`(_ one: Case) {
        let candidate = AcceptRule.Candidate(
            epoch: Epoch(one.epoch), number: RecordNumber(one.number), previousHash: RecordHash(one.hash),
            claimedAfter: one.claimedAfter.map { RecordNumber($0) })

        #expect(AcceptRule.refusal(of: candidate, at: Self.position) == one.refusal)
    }
}
