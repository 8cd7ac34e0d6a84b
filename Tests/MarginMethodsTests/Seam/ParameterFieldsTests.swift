import MarginMethods
import Testing

@Suite struct ParameterFieldsTests {
    private let tree = ParameterTree.table([
        "rate": .number(0.5), "count": .number(3), "text": .text("0.25"), "flag": .flag(true), "word": .text("up"),
        "list": .list([.number(1), .text("2")]), "inner": .table(["cap": .number(7)]),
        "rows": .list([.table(["cap": .number(1)]), .table(["cup": .number(2)])]),
        "assets": .table(["ETH": .table(["cap": .number(2)]), "BTC": .table(["cap": .number(1)])]),
    ])
    private static let names = ["rate", "count", "text", "flag", "word", "list", "inner", "rows", "assets", "absent"]

    private enum Word: String, CaseIterable { case up, down }

    private func fields() throws -> ParameterFields { try ParameterFields(tree, names: Self.names) }

    @Test func `values are read over what holds, and what is not named stays`() throws {
        let fields = try fields()
        var (rate, text, absent, count, flag, word) = (0.0, 0.0, 9.0, 0, false, Word.down)
        try fields.read("rate", into: &rate, within: 0...1)
        try fields.read("text", into: &text, within: 0...1)
        try fields.read("absent", into: &absent, within: 0...1)
        try fields.read("count", into: &count, within: 0...5)
        try fields.read("flag", into: &flag)
        try fields.read("word", into: &word)
        var list: [Double] = []
        try fields.read("list", into: &list, within: 0...5)

        #expect((rate, text, absent, count, flag, word) == (0.5, 0.25, 9, 3, true, .up))
        #expect(list == [1, 2])
    }

    @Test func `a name that is not known is an error with its path`() {
        let names = Self.names.filter { $0 != "text" }
        #expect(throws: MethodFault.unknownParameter("text")) { try ParameterFields(tree, names: names) }
        #expect(throws: MethodFault.unknownParameter("inner.cap")) { try fields().table("inner", names: ["cup"]) }
        #expect(throws: MethodFault.unknownParameter("rows[1].cup")) { try fields().tables("rows", names: ["cap"]) }
        #expect(throws: MethodFault.unknownParameter("assets.BTC.cap")) {
            try fields().tablesByName("assets", names: ["cup"])
        }
    }

    @Test func `a value of the wrong kind or size is an error with its path`() throws {
        let fields = try fields()
        var (number, count, flag, word) = (0.0, 0, false, Word.up)

        let faults = [
            fault { () throws(MethodFault) in try fields.read("rate", into: &number, within: 1...2) },
            fault { () throws(MethodFault) in try fields.read("word", into: &number, within: 1...2) },
            fault { () throws(MethodFault) in try fields.read("flag", into: &number, within: 1...2) },
            fault { () throws(MethodFault) in try fields.read("rate", into: &count, within: 1...2) },
            fault { () throws(MethodFault) in try fields.read("count", into: &count, within: 1...2) },
            fault { () throws(MethodFault) in try fields.read("rate", into: &flag) },
            fault { () throws(MethodFault) in try fields.read("text", into: &word) },
            fault { () throws(MethodFault) in _ = try fields.elements("inner") },
            fault { () throws(MethodFault) in _ = try fields.table("list", names: []) },
        ]
        #expect(
            faults == [
                "rate: 0.5 is outside of 1.0...2.0", "word: \"up\" is not a decimal number",
                "flag: expected a number", "rate: 0.5 is not a whole number", "count: 3 is outside of 1...2",
                "rate: expected true or false", "text: \"0.25\" is none of up, down", "inner: expected a list",
                "list: expected a table of names",
            ])
    }

    private func fault(_ body: () throws(MethodFault) -> Void) -> String {
        do {
            try body()
            return ""
        } catch { return error.description }
    }

    @Test func `hexadecimal and infinite numbers are not decimal`() {
        for text in ["0x10", "nan", "inf", "1e999", ""] {
            var number = 0.0
            #expect(throws: MethodFault.self) {
                try ParameterFields(.table(["rate": .text(text)]), names: ["rate"])
                    .read("rate", into: &number, within: -1e300...1e300)
            }
        }
    }

    @Test func `tables by the case's own names come in order`() throws {
        let tables = try fields().tablesByName("assets", names: ["cap"])

        #expect(tables.map(\.name) == ["BTC", "ETH"])
        #expect(try fields().tablesByName("absent", names: []).isEmpty)
    }
}
