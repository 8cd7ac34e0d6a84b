"""The message schema as plain values, checked against the rules that the codecs rely on."""

import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass

SBE = "{http://fixprotocol.io/2016/sbe}"
WIDTHS = {"int8": 1, "uint8": 1, "int16": 2, "uint16": 2, "int32": 4, "uint32": 4, "int64": 8, "uint64": 8}
ROLES = ["inbound", "signal", "state", "recovery", "query", "answer"]


class SchemaError(Exception):
    """The schema breaks a rule of this project."""


@dataclass(frozen=True)
class Type:
    """A named encoding: a number, or a fixed-length text."""

    name: str
    primitive: str
    length: int
    description: str
    decimal: str  # "" for whole numbers, a power of ten, or "scale" where each field names one

    @property
    def width(self):
        return self.length if self.primitive == "char" else WIDTHS[self.primitive]


@dataclass(frozen=True)
class Enumeration:
    """A closed set of names, numbered from 0 without holes."""

    name: str
    description: str
    cases: tuple  # of (name, description), in order of value
    width: int = 1


@dataclass(frozen=True)
class Field:
    """One value at a fixed place in a block."""

    name: str
    type: object
    offset: int
    description: str
    scale: str  # where the exponent of its decimals comes from, "" if its type says
    omissible: bool = False  # whether JSON may leave it out, which means 0


@dataclass(frozen=True)
class Block:
    """Fields of fixed length: the root of a message or one entry of a group."""

    name: str  # Swift type
    description: str
    fields: tuple

    @property
    def length(self):
        return sum(field.type.width for field in self.fields)


@dataclass(frozen=True)
class Group:
    """A repeated block."""

    name: str  # the Swift property
    block: Block


@dataclass(frozen=True)
class Message:
    name: str
    template: int
    role: str
    topic: str
    description: str
    root: Block
    groups: tuple

    @property
    def case(self):
        return self.name[0].lower() + self.name[1:]


class Schema:
    """Everything that the writers need, in the order of the schema."""

    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        self.id, self.version = int(root.get("id")), int(root.get("version"))
        self.types, self.enumerations = self._types(root.find("types"))
        self.messages = [self._message(element) for element in root.findall(SBE + "message")]
        self.entries = self._entries()
        self._check()

    def of_role(self, *roles):
        return [message for message in self.messages if message.role in roles]

    def group_entries(self):
        """The blocks of groups that are not events."""
        events = {message.name for message in self.of_role("inbound")}
        return [block for name, block in self.entries.items() if name not in events]

    def _types(self, element):
        types, enumerations = {}, {}
        for child in element:
            if child.tag == "type":
                meaning, _, decimal = child.get("semanticType", "").partition(":")
                expect(meaning in ("", "decimal"), f"type {child.get('name')}: semanticType {meaning}")
                types[child.get("name")] = Type(
                    child.get("name"), child.get("primitiveType"), int(child.get("length", "1")),
                    child.get("description", ""), decimal)
            elif child.tag == "enum":
                values = child.findall("validValue")
                numbers = [int(value.text) for value in values]
                expect(numbers == list(range(len(numbers))), f"enum {child.get('name')} has holes")
                enumerations[child.get("name")] = Enumeration(
                    child.get("name"), child.get("description", ""),
                    tuple((value.get("name"), value.get("description", "")) for value in values))
        return types, enumerations

    def _message(self, element):
        name = element.get("name")
        role, _, topic = element.get("semanticType").partition(":")
        expect(role in ROLES, f"message {name}: role {role}")
        description = element.get("description", "")
        groups = tuple(
            Group(group.get("name"), self._block(group, group.get("semanticType")))
            for group in element.findall("group"))
        return Message(
            name, int(element.get("id")), role, topic, description, self._block(element, name), groups)

    def _block(self, element, name):
        fields, offset = [], 0
        for child in element.findall("field"):
            kind = self.types.get(child.get("type")) or self.enumerations.get(child.get("type"))
            expect(kind is not None, f"{name}.{child.get('name')}: unknown type {child.get('type')}")
            meaning, _, scale = child.get("semanticType", "").partition(":")
            expect(meaning in ("", "scale", "omissible"), f"{name}.{child.get('name')}: semanticType {meaning}")
            description = child.get("description") or kind.description
            fields.append(Field(child.get("name"), kind, offset, description, scale, meaning == "omissible"))
            offset += kind.width
        expect(element.get("blockLength") == str(offset), f"{name}: blockLength is {offset}")
        return Block(name, element.get("description", ""), tuple(fields))

    def _entries(self):
        """Group entries by Swift name; groups that share a name must be the same."""
        entries = {}
        for message in self.messages:
            for group in message.groups:
                known = entries.setdefault(group.block.name, group.block)
                expect(known == group.block, f"{message.name}: another {group.block.name} differs")
        return entries

    def _check(self):
        header = self.of_role("inbound")[0].root.fields
        for message in self.of_role("inbound"):
            expect(message.root.fields == header, f"{message.name} has another batch header")
            expect([group.name for group in message.groups] == ["entries"], f"{message.name}: one group, entries")
            expect(message.groups[0].block.name == message.name, f"{message.name}: entries have another name")
        signals = self.of_role("signal")
        for number, message in enumerate(signals):
            same = message.root.fields == signals[0].root.fields and message.groups == signals[0].groups
            expect(same, f"{message.name} differs from {signals[0].name}")
            kind, _ = self.enumerations["SignalKind"].cases[number]
            expect(message.case == kind, f"{message.name}: SignalKind has another order")
            expect(message.template == signals[0].template + number, f"{message.name}: templates are not contiguous")
        for message in self.messages:
            for block in [message.root] + [group.block for group in message.groups]:
                for field in block.fields:
                    scaled = isinstance(field.type, Type) and field.type.decimal == "scale"
                    expect(scaled == bool(field.scale), f"{message.name}.{field.name}: scale")


def expect(condition, complaint):
    if not condition:
        raise SchemaError(complaint)
