import MarginDomain
import Testing

@Suite struct LargestRemainderTests {
    @Test func `what is missing goes to the largest remainders, the earlier first`() {
        #expect(LargestRemainder.cut(floors: [3, 3, 3], remainders: [0.3, 0.5, 0.3], toSum: 11) == [4, 4, 3])
    }

    @Test func `what is too much is taken from the smallest remainders, the later first`() {
        #expect(LargestRemainder.cut(floors: [3, 3, 3], remainders: [1, 5, 1], toSum: 7) == [2, 3, 2])
        #expect(LargestRemainder.cut(floors: [3, 3, 3], remainders: [1, 5, 1], toSum: 8) == [3, 3, 2])
    }

    @Test func `more than one each is spread over all, and nobody gets nothing`() {
        #expect(LargestRemainder.cut(floors: [0, 0], remainders: [0, 1], toSum: 7) == [3, 4])
        #expect(LargestRemainder.cut(floors: [], remainders: [Int](), toSum: 0) == [])
    }
}
