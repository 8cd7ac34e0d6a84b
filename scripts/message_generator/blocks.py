"""Writes the flyweights of MarginWire, and how values are read from and stored to their blocks."""

from .schema import Enumeration
from .swift import PLAIN, STORED, Source, escaped, swift_type


def files(schema):
    """Path below Generated/Flyweights -> text."""
    inbound, signals = schema.of_role("inbound"), schema.of_role("signal")
    written = {"BatchHeader": block_text("BatchHeader", inbound[0].root)}
    for message in inbound:
        written[message.name] = block_text(message.name, message.groups[0].block, templates=[message])
    written["Signal"] = block_text("Signal", signals[0].root, templates=signals, is_whole=False)
    for message in schema.of_role("state", "recovery", "query", "answer"):
        written[message.name] = block_text(
            message.name, message.root, templates=[message], is_whole=not message.groups)
    for block in schema.group_entries():
        written[block.name] = block_text(block.name, block)
    return {f"{name}Flyweight.swift": text for name, text in written.items()}


def block_text(name, block, templates=(), is_whole=True):
    """The flyweight of a block, and the value type's way in and out of it."""
    out = Source("public import MarginDomain")
    flyweight(out, name, block, templates, is_whole)
    if is_whole:
        out.line()
        copied(out, name, block)
    out.line()
    stored(out, name, block)
    return out.text


def flyweight(out, name, block, templates, is_whole):
    out.documentation(f"Reads {'a' if is_whole else 'the root of a'} ``{name}`` in place.")
    protocol = "MessageFlyweight" if templates else "Flyweight"
    with out.block(f"public struct {name}Flyweight: {protocol}, ~Escapable {{"):
        out.line("@usableFromInline let bytes: RawSpan")
        out.line()
        out.line(f"@inlinable public static var blockLength: Int {{ {block.length} }}")
        out.line()
        if templates:
            span = f"{templates[0].template}...{templates[-1].template}"
            out.line(f"@inlinable public static var templates: ClosedRange<UInt16> {{ {span} }}")
            out.line()
        out.line("@inlinable")
        out.line("@_lifetime(copy bytes)")
        with out.block("public init(over bytes: RawSpan) {"):
            out.line("precondition(bytes.byteCount == Self.blockLength, \"a block has one length\")")
            out.line("self.bytes = bytes")
        for field in block.fields:
            out.line()
            out.documentation(field.description)
            kind = swift_type(field.type)
            out.line(f"@inlinable public var {escaped(field.name)}: {kind} {{ {reading(field)} }}")
        out.line()
        out.line("@inlinable")
        with out.block("public func validate(_ place: BlockPlace) throws(WireError) {"):
            for check in filter(None, map(checking, block.fields)):
                out.line(check)


def copied(out, name, block):
    with out.block(f"extension {name} {{"):
        out.documentation("Copied from where it was received.")
        out.line("@inlinable")
        with out.block(f"public init(_ block: {name}Flyweight) {{"):
            out.list("self.init(", [f"{field.name}: block.{escaped(field.name)}" for field in block.fields], ")")


def stored(out, name, block):
    with out.block(f"extension {name}: WireBlock {{"):
        out.line(f"static var blockLength: Int {{ {block.length} }}")
        out.line()
        with out.block("func store(to block: inout MutableRawSpan, _ place: BlockPlace) throws(WireError) {"):
            for field in block.fields:
                out.line(storing(field))


def reading(field):
    """The expression of a flyweight's field."""
    kind = field.type
    if kind.name == "Flag":
        return f"bytes.flag(at: {field.offset})"
    if isinstance(kind, Enumeration):
        return f"bytes.enumeration(at: {field.offset})"
    if kind.name == "Symbol":
        return f"bytes.symbol(at: {field.offset})"
    if kind.primitive == "char":
        return f"bytes.text(at: {field.offset}, byteCount: {kind.length})"
    if kind.name in PLAIN:
        return f"bytes.integer(at: {field.offset})"
    return f"{swift_type(kind)}(bytes.integer(at: {field.offset}))"


def checking(field):
    """The statement that refuses bytes which no value of the field has; empty where all have one."""
    kind = field.type
    if isinstance(kind, Enumeration):
        return f"try bytes.requireCase(below: {len(kind.cases)}, at: {field.offset}, \"{field.name}\", place)"
    if kind.name == "Exponent":
        return f"try bytes.requireExponent(at: {field.offset}, \"{field.name}\", place)"
    if kind.primitive == "char":
        return f"try bytes.requireText(at: {field.offset}, byteCount: {kind.length}, \"{field.name}\", place)"
    return ""


def storing(field):
    """The statement that writes the field's bytes."""
    kind, name = field.type, escaped(field.name)
    place = f"at: place.offset + {field.offset}" if field.offset else "at: place.offset"
    if kind.name == "Flag":
        return f"block.store({name} ? 1 : 0, as: UInt8.self, {place})"
    if isinstance(kind, Enumeration):
        return f"block.store({name}.rawValue, {place})"
    if kind.name == "Symbol" or kind.name in PLAIN:
        return f"block.store({name}, {place})"
    if kind.primitive == "char":
        return f"try block.store({name}, byteCount: {kind.length}, at: {field.offset}, \"{field.name}\", place)"
    if kind.name == "Exponent":
        return f"try block.store({name}, at: {field.offset}, \"{field.name}\", place)"
    return f"block.store({name}.{STORED.get(kind.name, 'rawValue')}, {place})"
