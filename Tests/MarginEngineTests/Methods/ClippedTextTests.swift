import Testing

@testable import MarginEngine

@Suite struct ClippedTextTests {
    @Test func `a text that fits stays, what is longer says that it goes on, and nothing but ASCII goes out`() {
        #expect("scan BTC".clipped(to: 8) == "scan BTC")
        #expect("scan BTCs".clipped(to: 8) == "scan ...")
        #expect("ε(k)\n".clipped(to: 80) == "??(k)?")
    }
}
