"""Writes the frames of messages with groups, and the tables that lead from a template to its codec."""

from .domain import union_cases
from .swift import Source, escaped

# Swift type -> the roles of its messages; each has a codec of its own.
UNIONS = {"Query": ["query"], "RecoveryMessage": ["recovery"], "Answer": ["answer", "signal", "state"]}
FAMILIES = {
    "batch": ["inbound"], "query": UNIONS["Query"], "recovery": UNIONS["RecoveryMessage"], "answer": UNIONS["Answer"],
}
WRONG_ROLE = "default: throw .wrongRole(template: kind.rawValue)"


def files(schema):
    """Path below Generated -> text."""
    written = {f"Frames/{name}Frame.swift": frame_text(name, message) for name, message in grouped(schema)}
    written["SchemaEdition.swift"] = edition_text(schema)
    written["Dispatch/MessageKind+Family.swift"] = families_text(schema)
    written["Dispatch/SBEDecoder+Events.swift"] = events_decoder(schema.of_role("inbound"))
    written["Dispatch/EventGroup+Store.swift"] = events_encoder(schema.of_role("inbound"))
    for union, roles in UNIONS.items():
        written[f"Dispatch/{union}+SBE.swift"] = union_text(union, schema.of_role(*roles))
    return written


def grouped(schema):
    """(Swift type, message) of each message that is not inbound and has groups; the signals once."""
    yield "Signal", schema.of_role("signal")[0]
    for message in schema.of_role("state", "recovery", "query", "answer"):
        if message.groups:
            yield message.name, message


def frame_text(name, message):
    out = Source("public import MarginDomain")
    out.documentation(f"A whole ``{name}`` in place, checked when opened.")
    with out.block(f"public struct {name}Frame: ~Escapable {{"):
        out.documentation("The fields before the groups.")
        out.line(f"public let root: {name}Flyweight")
        for group in message.groups:
            out.documentation(group.block.description)
            out.line(f"public let {escaped(group.name)}: Entries<{group.block.name}Flyweight>")
        out.line()
        frame_opening(out, name, message)
    out.line()
    with out.block(f"extension {name} {{"):
        out.documentation("Copied from where it was received.")
        with out.block(f"public init(_ frame: {name}Frame) {{"):
            out.line("let root = frame.root")
            items = [f"{field.name}: root.{escaped(field.name)}" for field in message.root.fields]
            items += [f"{group.name}: frame.{group.name}.map {{ {group.block.name}($0) }}" for group in message.groups]
            out.list("self.init(", items, ")")
        out.line()
        with out.block("func encode(to encoder: inout SBEEncoder) throws(WireError) {"):
            out.line(f"try encoder.begin({'kind.message' if name == 'Signal' else '.' + message.case}, self)")
            for group in message.groups:
                out.line(f"try encoder.append({group.name}, \"{group.name}\")")
    return out.text


def frame_opening(out, name, message):
    out.documentation("Opens a frame.")
    out.line("///")
    out.documentation("- Throws: what is wrong with it, and where.")
    out.line("@_lifetime(copy frame)")
    with out.block("public init(_ frame: RawSpan) throws(WireError) {"):
        out.line(f"var reader = try FrameReader(frame, {name}Flyweight.templates)")
        out.line(f"let root = try reader.root({name}Flyweight.self)")
        if name == "Signal":
            offset = next(field.offset for field in message.root.fields if field.name == "kind")
            out.line(f"try reader.require(root.kind.message, \"kind\", at: {offset})")
        for group in message.groups:
            entry = f"{group.block.name}Flyweight.self"
            out.line(f"let {escaped(group.name)} = try reader.entries({entry}, \"{group.name}\")")
        out.line("try reader.finish()")
        out.line("self.root = root")
        for group in message.groups:
            out.line(f"self.{group.name} = {escaped(group.name)}")


def events_decoder(inbound):
    out = Source("import MarginDomain")
    with out.block("extension SBEDecoder {"):
        out.documentation("The events of an inbound frame of a known kind.")
        opening = "static func batch(_ frame: RawSpan, _ kind: MessageKind) throws(WireError) -> EventBatch {"
        with out.block(opening), out.switch("kind"):
            for message in inbound:
                with out.block(f"case .{message.case}:", None):
                    out.line(f"let opened = try BatchFrame<{message.name}Flyweight>(frame)")
                    out.line(f"return opened.batch(.{message.case}(opened.entries.map {{ {message.name}($0) }}))")
            out.line(WRONG_ROLE)
    return out.text


def events_encoder(inbound):
    out = Source("import MarginDomain")
    with out.block("extension EventGroup {"):
        out.documentation("The group on the wire.")
        with out.block("func encode(to encoder: inout SBEEncoder) throws(WireError) {"), out.switch():
            for message in inbound:
                out.line(f"case .{message.case}(let entries): try encoder.append(entries, \"entries\")")
    return out.text


def union_text(union, messages):
    framed = {message.name for message in messages if message.groups} | {"Signal"}
    signals = [message.case for message in messages if message.role == "signal"]
    out = Source("import MarginDomain")
    with out.block(f"extension {union} {{"):
        out.documentation("From a frame of a known kind.")
        with out.block("init(_ frame: RawSpan, _ kind: MessageKind) throws(WireError) {"), out.switch("kind"):
            for case, kind, _ in union_cases(messages):
                out.cases(signals if kind == "Signal" else [case], ":")
                opened = f"{kind}Frame(frame)" if kind in framed else f"RootFrame<{kind}Flyweight>(frame).root"
                out.line(f"    self = .{case}({kind}(try {opened}))")
            out.line(WRONG_ROLE)
        out.line()
        out.documentation("The whole message on the wire.")
        with out.block("func encode(to encoder: inout SBEEncoder) throws(WireError) {"), out.switch():
            for case, kind, _ in union_cases(messages):
                call = "message.encode(to: &encoder)" if kind in framed else f"encoder.begin(.{case}, message)"
                out.line(f"case .{case}(let message): try {call}")
    return out.text


def edition_text(schema):
    out = Source()
    out.documentation("Which schema this build speaks.")
    with out.block("public enum SchemaEdition {"):
        out.documentation("Its number in every header.")
        out.line(f"@inlinable public static var id: UInt16 {{ {schema.id} }}")
        out.documentation("Its version in every header.")
        out.line(f"@inlinable public static var version: UInt16 {{ {schema.version} }}")
    return out.text


def families_text(schema):
    out = Source("import MarginDomain")
    with out.block("extension MessageKind {"):
        out.documentation("Which codec it takes.")
        with out.block("var family: MessageFamily {"), out.switch():
            for family, roles in FAMILIES.items():
                out.cases([message.case for message in schema.of_role(*roles)], f": .{family}")
    return out.text
