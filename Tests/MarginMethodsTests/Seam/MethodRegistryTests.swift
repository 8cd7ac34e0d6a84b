import MarginMethods
import Testing

@Suite struct MethodRegistryTests {
    @Test func `every method is found by its name, which no other has`() {
        #expect(Set(MethodRegistry.names).count == MethodRegistry.names.count)
        for name in MethodRegistry.names { #expect(MethodRegistry.method(named: name)?.name == name) }
        #expect(MethodRegistry.names.contains("derive-portfolio"))
        #expect(MethodRegistry.method(named: "plimsoll") == nil)
    }

    @Test(arguments: MethodRegistry.names)
    func `a method accepts its published file`(name: String) throws {
        let method = try #require(MethodRegistry.method(named: name))

        _ = try method.init(try MethodFile.tree(name))
    }

    @Test(arguments: MethodRegistry.names)
    func `a method names a parameter that it does not have`(name: String) throws {
        let method = try #require(MethodRegistry.method(named: name))

        #expect(throws: MethodFault.unknownParameter("colour")) { try method.init(.table(["colour": .number(1)])) }
    }
}
