/// Where a value of a published method's parameters stands: names and positions from the outermost table, such as
/// `assets.BTC.priceRange` or `scenarios[3].weight`.
///
/// On the bus a path is two symbols, a table and a key in it, so that it may be twice as long as one. Where it is cut
/// does not matter: whoever reads joins the two.
public struct MethodPath: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ text: String) { description = text }

    /// Table and key joined.
    public init(table: Symbol, key: Symbol) {
        description = table == .empty ? "\(key)" : "\(table).\(key)"
    }

    /// As two symbols, cut at the last dot at which both parts fit; nil if there is none.
    public var symbols: (table: Symbol, key: Symbol)? {
        if let key = Symbol(description) { return (.empty, key) }
        for dot in description.indices.reversed() where description[dot] == "." {
            if let table = Symbol(String(description[..<dot])),
                let key = Symbol(String(description[description.index(after: dot)...]))
            {
                return (table, key)
            }
        }
        return nil
    }

    /// The outermost list in which the value stands, such as `scenarios` of `scenarios[3].weight`; nil if it stands in
    /// none.
    public var list: MethodPath? {
        description.firstIndex(of: "[").map { MethodPath(String(description[..<$0])) }
    }

    public static func < (left: MethodPath, right: MethodPath) -> Bool { left.description < right.description }
}
