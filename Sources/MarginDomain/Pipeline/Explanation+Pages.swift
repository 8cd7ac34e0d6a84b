extension Explanation {
    /// The explanation in as many messages as its entries need.
    public var pages: [Explanation] {
        var blank = self
        blank.binding = []
        blank.components = []
        blank.scenarios = []
        blank.inputs = []
        blank.members = []
        blank.stakes = []
        blank.settlements = []
        blank.parts = []
        blank.methodScenarios = []
        var pages = Pages(blank)
        pages.add(binding, to: \.binding, bytes: EntryBytes.binding)
        pages.add(components, to: \.components, bytes: EntryBytes.component)
        pages.add(parts, to: \.parts, bytes: EntryBytes.part)
        pages.add(settlements, to: \.settlements, bytes: EntryBytes.settlement)
        pages.add(members, to: \.members, bytes: EntryBytes.member)
        pages.add(stakes, to: \.stakes, bytes: EntryBytes.stake)
        pages.add(scenarios, to: \.scenarios, bytes: EntryBytes.scenario)
        pages.add(inputs, to: \.inputs, bytes: EntryBytes.input)
        pages.add(methodScenarios, to: \.methodScenarios, bytes: EntryBytes.methodScenario)
        return pages.numbered(\.page, of: \.pageCount)
    }

    /// One explanation again, of all its pages in order; nil of none.
    public init?(joining pages: [Explanation]) {
        guard var whole = pages.first else { return nil }
        for page in pages.dropFirst() {
            whole.binding += page.binding
            whole.components += page.components
            whole.parts += page.parts
            whole.settlements += page.settlements
            whole.members += page.members
            whole.stakes += page.stakes
            whole.scenarios += page.scenarios
            whole.inputs += page.inputs
            whole.methodScenarios += page.methodScenarios
        }
        whole.page = 0
        whole.pageCount = 1
        self = whole
    }
}
