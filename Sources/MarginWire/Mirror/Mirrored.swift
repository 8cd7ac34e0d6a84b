import MarginDomain

/// A value whose fields are members of a JSON object.
protocol Mirrored {
    /// Writes the members, in wire order; the caller opens and closes the object.
    func write(to json: inout JSONWriter, _ context: MirrorContext) throws(WireError)

    /// Takes the members; the caller makes sure that none is left.
    init(from fields: inout JSONFields, _ context: MirrorContext) throws(WireError)
}

/// What decimals are read and written with.
struct MirrorContext {
    let scales: Scales
    /// The underlying that the message's root names, for prices in its groups.
    var enclosing = AssetID(0)

    /// For the groups of a message about one underlying.
    func within(_ underlying: AssetID) -> MirrorContext {
        MirrorContext(scales: scales, enclosing: underlying)
    }
}

/// An enumeration that the mirror writes by name.
protocol NamedCases: RawRepresentable where RawValue == UInt8 {
    /// The names in order of raw value, which is contiguous from 0.
    static var names: [String] { get }
}

extension Signal {
    /// A signal whose kind must be that of its message.
    init(of kind: MessageKind, from fields: inout JSONFields, _ context: MirrorContext) throws(WireError) {
        try self.init(from: &fields, context)
        guard self.kind.message == kind else {
            throw .kindContradictsTemplate(WirePlace(template: kind.rawValue, field: "kind", offset: fields.offset))
        }
    }
}
