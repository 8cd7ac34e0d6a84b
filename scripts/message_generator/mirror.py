"""Writes how messages are mirrored in JSON."""

from .domain import union_cases
from .frames import UNIONS, WRONG_ROLE, grouped
from .schema import Enumeration, Type, expect
from .swift import PLAIN, STORED, Source, escaped, swift_type

WRITE = "func write(to json: inout JSONWriter, _ context: MirrorContext) throws(WireError) {"
READ = "init(from fields: inout JSONFields, _ context: MirrorContext) throws(WireError) {"
READ_KIND = "init(_ kind: MessageKind, from fields: inout JSONFields, _ context: MirrorContext) throws(WireError) {"
# What a field measures, and the part of a listing that the path leads to -> the exponent's name in Scales.
EXPONENTS = {
    ("Price", "AssetID", ""): "price",
    ("Price", "InstrumentID", ""): "price",
    ("Price", "InstrumentID", "underlying"): "underlyingPrice",
    ("Quantity", "InstrumentID", ""): "quantity",
    ("Money", "AssetID", ""): "money",
    ("Money", "InstrumentID", "settlementAsset"): "settlementMoney",
}


def files(schema):
    """Path below Generated/Mirror -> text."""
    inbound, groups = schema.of_role("inbound"), dict(grouped(schema))
    written = {"BatchHeader": mirrored("BatchHeader", inbound[0].root)}
    for message in inbound:
        written[message.name] = mirrored(message.name, message.groups[0].block)
    for name, message in groups.items():
        written[name] = mirrored(name, message.root, message.groups)
    for message in schema.of_role("state", "recovery", "query", "answer"):
        if message.name not in groups:
            written[message.name] = mirrored(message.name, message.root)
    for block in schema.group_entries():
        written[block.name] = mirrored(block.name, block)
    written["EventGroup"] = events_text(inbound)
    for union, roles in UNIONS.items():
        written[union] = union_text(union, schema.of_role(*roles))
    return {f"{name}+JSON.swift": text for name, text in written.items()} | {
        "EnumerationNames.swift": names_text(schema)}


def mirrored(name, block, groups=()):
    out = Source("import MarginDomain")
    with out.block(f"extension {name}: Mirrored {{"):
        with out.block(WRITE):
            for field in block.fields:
                out.line(writing(field, block))
            for group in groups:
                out.line(f"try json.entries(\"{group.name}\", {group.name}, {inner(group)})")
        out.line()
        with out.block(READ):
            # A decimal may stand before the field that gives its exponent, so decimals are read last.
            for field in sorted(block.fields, key=lambda field: bool(field.scale)):
                out.line(f"let {escaped(field.name)} = {reading(field, block)}")
            items = [f"{field.name}: {escaped(field.name)}" for field in block.fields]
            items += [f"{group.name}: try fields.entries(\"{group.name}\", {inner(group)})" for group in groups]
            out.list("self.init(", items, ")")
    return out.text


def inner(group):
    """The context of a group's entries, which may take exponents from a field of the message's root."""
    outer = {field.scale.removeprefix("../") for field in group.block.fields if field.scale.startswith("../")}
    expect(len(outer) <= 1, f"{group.name}: entries take exponents from several root fields")
    return f"context.within({outer.pop()})" if outer else "context"


def scale(field, block):
    """The expression of a field's exponent; empty for what is not a decimal."""
    kind = field.type
    if not isinstance(kind, Type) or not kind.decimal:
        return ""
    if kind.decimal != "scale":
        return f".power({kind.decimal})"
    if field.scale == "1":
        return ".power(0)"
    if field.scale.startswith("../"):
        return f"context.scales.{EXPONENTS[kind.name, 'AssetID', '']}(of: context.enclosing)"
    name, _, part = field.scale.partition(".")
    owner = next((other.type.name for other in block.fields if other.name == name), None)
    expect((kind.name, owner, part) in EXPONENTS, f"{block.name}.{field.name}: no exponent at {field.scale}")
    return f"context.scales.{EXPONENTS[kind.name, owner, part]}(of: {name})"


def writing(field, block):
    """The statement that writes a field's member."""
    kind, name, key = field.type, escaped(field.name), f"\"{field.name}\""
    if scale(field, block):
        return f"try json.member({key}, {name}.{STORED[kind.name]}, {scale(field, block)})"
    if kind.name == "Flag":
        return f"json.member({key}, flag: {name})"
    if isinstance(kind, Enumeration):
        return f"json.member({key}, name: {name})"
    if kind.name == "Timestamp":
        return f"json.member({key}, time: {name})"
    if kind.primitive == "char":
        return f"json.member({key}, text: {name}{'.description' if kind.name == 'Symbol' else ''})"
    stored = "" if kind.name in PLAIN else "." + STORED.get(kind.name, "rawValue")
    return f"json.member({key}, integer: {name}{stored})"


def reading(field, block):
    """The expression that takes a field's member."""
    kind, swift, key = field.type, swift_type(field.type), f"\"{field.name}\""
    if scale(field, block):
        return f"{swift}(try fields.decimal({key}, {scale(field, block)}))"
    if kind.name == "Flag":
        return f"try fields.flag({key})"
    if isinstance(kind, Enumeration):
        return f"try fields.enumeration({key}, {swift}.self)"
    if kind.name in ("Timestamp", "Symbol", "Exponent"):
        return f"try fields.{kind.name.lower()}({key})"
    if kind.primitive == "char":
        return f"try fields.text({key}, byteCountMax: {kind.length})"
    if kind.name in PLAIN:
        return f"try fields.integer({key}, {swift}.self)"
    return f"{swift}(try fields.{'integerOrZero' if field.omissible else 'integer'}({key}))"


def events_text(inbound):
    out = Source("import MarginDomain")
    with out.block("extension EventGroup {"):
        with out.block(WRITE), out.switch():
            for message in inbound:
                out.line(f"case .{message.case}(let entries): try json.entries(\"entries\", entries, context)")
        out.line()
        with out.block(READ_KIND), out.switch("kind"):
            for message in inbound:
                entries = "try fields.entries(\"entries\", context)"
                out.line(f"case .{message.case}: self = .{message.case}({entries})")
            out.line(WRONG_ROLE)
    return out.text


def union_text(union, messages):
    signals = [message.case for message in messages if message.role == "signal"]
    out = Source("import MarginDomain")
    with out.block(f"extension {union} {{"):
        with out.block(WRITE), out.switch():
            for case, _, _ in union_cases(messages):
                out.line(f"case .{case}(let message): try message.write(to: &json, context)")
        out.line()
        with out.block(READ_KIND), out.switch("kind"):
            for case, kind, _ in union_cases(messages):
                if kind == "Signal":
                    out.cases(signals, ":")
                    out.line("    self = .signal(try Signal(of: kind, from: &fields, context))")
                else:
                    out.line(f"case .{case}: self = .{case}(try {kind}(from: &fields, context))")
            out.line(WRONG_ROLE)
    return out.text


def names_text(schema):
    out = Source("import MarginDomain")
    enumerations = [enumeration for enumeration in schema.enumerations.values() if enumeration.name != "Flag"]
    for place, enumeration in enumerate(enumerations):
        if place > 0:
            out.line()
        with out.block(f"extension {enumeration.name}: NamedCases {{"):
            out.list("static let names = [", [f"\"{name}\"" for name, _ in enumeration.cases], "]")
    return out.text
