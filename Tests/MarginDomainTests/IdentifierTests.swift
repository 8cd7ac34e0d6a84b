import MarginDomain
import Testing

@Suite struct IdentifierTests {
    /// FNV-1a 64 of eight zero bytes is a8c7f832281a39c5; independent implementations must agree on slots.
    @Test func `a pool's slot is FNV-1a of its bytes`() {
        #expect(PoolID(0).slot == Int(0xa8c7_f832_281a_39c5 % 1024 as UInt64))
    }

    @Test func `isolated pools never collide with the exchange's own ids`() {
        #expect(PoolID.isolated(AccountID(1), InstrumentID(1)).rawValue >> 63 == 1)
        #expect(PoolID.isolated(AccountID(1), InstrumentID(2)) != PoolID.isolated(AccountID(2), InstrumentID(1)))
    }

    @Test func `symbols keep 32 printable bytes and refuse anything else`() {
        #expect(Symbol("BTC-27DEC26-100000-C").map { "\($0)" } == "BTC-27DEC26-100000-C")
        #expect(Symbol(String(repeating: "x", count: 32)) != nil)
        #expect(Symbol(String(repeating: "x", count: 33)) == nil)
        #expect(Symbol("tab\t") == nil)
        #expect(Symbol(bytes: [65, 0, 66]) == nil)
        #expect(Symbol(bytes: [65, 0, 0]) == Symbol("A"))
    }
}
