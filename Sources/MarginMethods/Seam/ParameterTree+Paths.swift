public import MarginDomain

/// Trees as lists of leaves, each with the path that leads to it: how parameters travel on the bus.
extension ParameterTree {
    /// A tree from its leaves, whose text means what a plain word of a parameter file means.
    ///
    /// - Throws: a path that is none, that leads to a value and beyond it, or to a list with gaps.
    public init(leaves: [(path: MethodPath, text: String)]) throws(MethodFault) {
        var steps: [Leaf] = []
        for leaf in leaves { steps.append(Leaf(path: leaf.path, steps: try leaf.path.steps()[...], text: leaf.text)) }
        self = try steps.isEmpty ? .empty : ParameterTree(steps)
    }

    /// What a plain word means: true, false, a decimal number, an empty list or table, else text.
    public init(word: String) {
        switch word {
        case "true": self = .flag(true)
        case "false": self = .flag(false)
        case "[]": self = .list([])
        case "{}": self = .empty
        default:
            guard !word.isEmpty, word.utf8.allSatisfy(Self.decimalCharacters.contains), let number = Double(word) else {
                self = .text(word)
                return
            }
            self = .number(number)
        }
    }

    /// All leaves, in order of name and position.
    public var leaves: [(path: MethodPath, text: String)] { leaves(at: "") }

    private struct Leaf {
        let path: MethodPath
        var steps: ArraySlice<MethodPath.Step>
        let text: String
    }

    /// - Precondition: there are leaves.
    private init(_ leaves: [Leaf]) throws(MethodFault) {
        if let end = leaves.first(where: { $0.steps.isEmpty }) {
            guard leaves.count == 1 else { throw Self.wrong(end, "a value stands where a table or list is") }
            self.init(word: end.text)
            return
        }
        var tables: [String: [Leaf]] = [:]
        var places: [Int: [Leaf]] = [:]
        for leaf in leaves {
            var inner = leaf
            switch inner.steps.removeFirst() {
            case .name(let name): tables[name, default: []].append(inner)
            case .place(let place): places[place, default: []].append(inner)
            }
        }
        guard places.isEmpty else {
            guard tables.isEmpty else { throw Self.wrong(leaves[0], "a list and a table stand in one place") }
            var elements: [ParameterTree] = []
            for place in 0..<places.count {
                guard let own = places[place] else { throw Self.wrong(leaves[0], "the list has no element \(place)") }
                elements.append(try ParameterTree(own))
            }
            self = .list(elements)
            return
        }
        var table: [String: ParameterTree] = [:]
        for name in tables.keys.sorted() { table[name] = try ParameterTree(tables[name] ?? []) }
        self = .table(table)
    }

    private static func wrong(_ leaf: Leaf, _ reason: String) -> MethodFault {
        .badParameter("\(leaf.path)", reason)
    }

    private func leaves(at path: String) -> [(path: MethodPath, text: String)] {
        switch self {
        case .number(let number): return [(MethodPath(path), MethodText.number(number))]
        case .text(let text): return [(MethodPath(path), text)]
        case .flag(let flag): return [(MethodPath(path), flag ? "true" : "false")]
        case .list(let elements):
            if elements.isEmpty { return [(MethodPath(path), "[]")] }
            return elements.enumerated().flatMap { $0.element.leaves(at: "\(path)[\($0.offset)]") }
        case .table(let table):
            if table.isEmpty { return path.isEmpty ? [] : [(MethodPath(path), "{}")] }
            return table.keys.sorted().flatMap { name in
                (table[name] ?? .empty).leaves(at: path.isEmpty ? name : "\(path).\(name)")
            }
        }
    }
}

extension MethodPath {
    /// One step down.
    enum Step {
        case name(String)
        case place(Int)
    }

    /// - Throws: a name without characters, or a position that is no number.
    func steps() throws(MethodFault) -> [Step] {
        var steps: [Step] = []
        for part in description.split(separator: ".", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            guard let name = pieces.first, !name.isEmpty, !name.contains("]") else { throw wrong }
            steps.append(.name(String(name)))
            for piece in pieces.dropFirst() {
                let digits = piece.dropLast()
                guard piece.last == "]", (1...4).contains(digits.count),
                    digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
                    let place = Int(digits)
                else { throw wrong }
                steps.append(.place(place))
            }
        }
        return steps
    }

    private var wrong: MethodFault {
        .badParameter(description, "is no path: names with dots between, positions in []")
    }
}
