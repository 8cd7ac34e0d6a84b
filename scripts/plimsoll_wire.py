"""Reads and writes Plimsoll's SBE frames, as the schema file describes them. Standard library only.

    schema = Schema("Sources/MarginWire/Schema/plimsoll.xml")
    frame = schema.encode("IndexPrice",
                          {"source": 3, "epoch": 1, "firstSequence": 17, "sendingTime": 1760130785000000000},
                          {"entries": [{"underlying": 1, "price": 600005, "confidence": 10**9, "publishTime": 0}]})
    name, message = schema.decode(frame)

Numbers are the integers of the wire (ticks, lots, smallest units, nanoseconds); enumerations are their names, texts
are str. A field that is left out is zero, an empty text, or the first name of its enumeration; an unknown one raises.
"""

import struct
import xml.etree.ElementTree as ElementTree

_HEADER = struct.Struct("<HHHH")
_DIMENSIONS = struct.Struct("<HH")
_CODES = {
    "int8": "b", "uint8": "B", "int16": "h", "uint16": "H", "int32": "i", "uint32": "I", "int64": "q", "uint64": "Q",
}
_MESSAGE = "{http://fixprotocol.io/2016/sbe}message"


class WireError(Exception):
    """Bytes that are no message of the schema, or a message that the schema has no bytes for."""


class _Block:
    """Fields of fixed length: one compiled format, and conversions for the fields that are not plain numbers."""

    def __init__(self, element, formats, enumerations):
        fields = element.findall("field")
        self.names = [field.get("name") for field in fields]
        self.known = frozenset(self.names)
        self.format = struct.Struct("<" + "".join(formats[field.get("type")] for field in fields))
        self.size = self.format.size
        self.enumerations = [
            (name, enumerations[field.get("type")]) for name, field in zip(self.names, fields)
            if field.get("type") in enumerations]
        self.texts = [name for name, field in zip(self.names, fields) if formats[field.get("type")].endswith("s")]

    def pack(self, values):
        if not self.known.issuperset(values):
            raise WireError(f"unknown fields {sorted(set(values) - self.known)}")
        if self.enumerations or self.texts:
            values = dict(values)
            for name, cases in self.enumerations:
                value = values.get(name, 0)
                if not isinstance(value, int):
                    if value not in cases:
                        raise WireError(f"{name}: no case {value}")
                    values[name] = cases.index(value)
            for name in self.texts:
                values[name] = values.get(name, "").encode("ascii")
        try:
            return self.format.pack(*[values.get(name, 0) for name in self.names])
        except struct.error as error:
            raise WireError(f"{error} in {values}") from None

    def unpack(self, frame, offset):
        values = dict(zip(self.names, self.format.unpack_from(frame, offset)))
        for name, cases in self.enumerations:
            if values[name] >= len(cases):
                raise WireError(f"{name}: no case {values[name]}")
            values[name] = cases[values[name]]
        for name in self.texts:
            values[name] = values[name].rstrip(b"\0").decode("ascii")
        return values


class Schema:
    """Every message of a schema file, ready to be encoded and decoded."""

    def __init__(self, path):
        root = ElementTree.parse(path).getroot()
        self.id, self.version = int(root.get("id")), int(root.get("version"))
        formats, enumerations = {}, {}
        for element in root.find("types"):
            if element.tag == "type":
                kind, length = element.get("primitiveType"), element.get("length", "1")
                formats[element.get("name")] = f"{length}s" if kind == "char" else _CODES[kind]
            elif element.tag == "enum":
                formats[element.get("name")] = "B"
                enumerations[element.get("name")] = [value.get("name") for value in element.findall("validValue")]
        self._by_name, self._by_template = {}, {}
        for element in root.findall(_MESSAGE):
            name, template = element.get("name"), int(element.get("id"))
            groups = [(group.get("name"), _Block(group, formats, enumerations)) for group in element.findall("group")]
            block = _Block(element, formats, enumerations)
            header = _HEADER.pack(block.size, template, self.id, self.version)
            self._by_name[name] = (header, block, groups)
            self._by_template[template] = (name, block, groups)

    def encode(self, name, root, groups=None):
        """The frame of a message: its root fields, and a list of entries for each group."""
        header, block, described = self._by_name[name]
        groups = groups or {}
        if not {group for group, _ in described}.issuperset(groups):
            raise WireError(f"{name}: unknown groups {sorted(groups)}")
        parts = [header, block.pack(root)]
        for group, entry in described:
            entries = groups.get(group, ())
            parts.append(_DIMENSIONS.pack(entry.size, len(entries)))
            parts.extend(map(entry.pack, entries))
        return b"".join(parts)

    def decode(self, frame):
        """The name of a message, and its root fields with a list of entries for each group."""
        try:
            length, template, schema, version = _HEADER.unpack_from(frame)
            if (schema, version) != (self.id, self.version) or template not in self._by_template:
                raise WireError(f"message {template} of schema {schema} version {version}")
            name, block, described = self._by_template[template]
            values, offset = block.unpack(frame, _HEADER.size), _HEADER.size + length
            for group, entry in described:
                size, count = _DIMENSIONS.unpack_from(frame, offset)
                offset += _DIMENSIONS.size
                values[group] = [entry.unpack(frame, offset + index * size) for index in range(count)]
                offset += count * size
        except struct.error as error:
            raise WireError(f"short frame: {error}") from None
        if offset != len(frame):
            raise WireError(f"{name}: {len(frame) - offset} bytes too many")
        return name, values
