import MarginWire
import Testing

/// JSON that is no message: its limits are the reader's, and what is wrong has a path.
@Suite struct JSONTextTests {
    private let limits = JSONLimits(bytesMax: 100, depthMax: 4, membersMax: 2, elementsMax: 3)

    private func fault(_ text: String) -> JSONTextFault? {
        do {
            _ = try JSONText.parse(Array(text.utf8), within: limits)
            return nil
        } catch { return error }
    }

    @Test func `a text is taken apart with the place of each value`() throws {
        let value = try JSONText.parse(Array(#" {"a": [1.50, "x"], "b": null}"#.utf8), within: limits)

        guard case .object(let members) = value.content, case .array(let elements) = members[0].value.content else {
            Issue.record("expected an object of a list")
            return
        }
        #expect(value.offset == 1)
        #expect(members.map(\.key) == ["a", "b"])
        #expect(elements.map(\.content) == [.number("1.50"), .text("x")])
        #expect(elements.map(\.offset) == [8, 14])
        #expect(members[1].value.content == .null)
    }

    @Test(arguments: [
        (#"{"account":{"cash":NaN}}"#, "account.cash: byte 19: a number that is not finite"),
        (#"[1,{"a":[2,-Infinity]}]"#, "[1].a[1]: byte 11: a number that is not finite"),
        (#"{"a":1,"a":2}"#, #"byte 7: the key "a" stands twice"#),
        (#"{"a":[],"b":tru}"#, "b: byte 15: the byte 0x7d cannot stand here"),
        ("{", "byte 1: the text ends too early"), ("1 2", "byte 2: something follows the end"),
    ])
    func `a fault names the byte and the way to the value`(text: String, description: String) {
        #expect(fault(text)?.description == description)
    }

    @Test func `a text may reach each limit, and none beyond it is read`() {
        #expect(fault("[[[[]]]]") == nil)
        #expect(fault("[[[[[]]]]]")?.reason == .json(.tooDeep, offset: 4))
        #expect(fault(#"{"a":1,"b":2}"#) == nil)
        #expect(fault(#"{"a":1,"b":2,"c":3}"#)?.reason == .json(.tooManyMembers, offset: 13))
        #expect(fault("[1,2,3]") == nil)
        #expect(fault("[1,2,3,4]")?.reason == .json(.tooManyElements, offset: 7))
        #expect(fault(String(repeating: " ", count: 99) + "1") == nil)
        #expect(fault(String(repeating: " ", count: 100) + "1")?.reason == .json(.tooLong, offset: 100))
    }
}
