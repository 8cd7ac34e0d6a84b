"""Writes the message types of MarginDomain."""

from .swift import Source, escaped, swift_type

FOLDERS = {"signal": "Outbound", "state": "Outbound", "recovery": "Recovery", "query": "Queries", "answer": "Answers"}
HEADER_MEANING = "What precedes the events of a batch: where and when they were sent."
SIGNAL_MEANING = "A life-cycle transition of a pool, complete in itself; its kind decides the message that carries it."
# Swift type -> (roles of its messages, folder, meaning)
UNIONS = {
    "Query": (["query"], "Queries", "A question to the engine."),
    "Answer": (
        ["answer", "signal", "state"], "Answers",
        "What the engine answers a query with: answers of its own, and the signals and states that it also publishes."),
    "OutboundMessage": (["signal", "state"], "Outbound", "What the engine publishes."),
    "RecoveryMessage": (
        ["recovery"], "Recovery", "Questions to a publisher about what was missed, and the end of its answer."),
}


def files(schema):
    """Path below Messages -> text."""
    written = {}
    for enumeration in schema.enumerations.values():
        if enumeration.name != "Flag":
            written[f"Enumerations/{enumeration.name}.swift"] = enumeration_text(enumeration)
    inbound = schema.of_role("inbound")
    for message in inbound:
        entry = message.groups[0].block
        written[f"Inbound/{message.name}.swift"] = structure(message.name, message.description, entry.fields)
    written["Batches/BatchHeader.swift"] = structure("BatchHeader", HEADER_MEANING, inbound[0].root.fields)
    signal = schema.of_role("signal")[0]
    written["Outbound/Signal.swift"] = structure("Signal", SIGNAL_MEANING, signal.root.fields, signal.groups)
    for message in schema.of_role("state", "recovery", "query", "answer"):
        text = structure(message.name, message.description, message.root.fields, message.groups)
        written[f"{FOLDERS[message.role]}/{message.name}.swift"] = text
    for block in schema.group_entries():
        written[f"Entries/{block.name}.swift"] = structure(block.name, block.description, block.fields)
    for name, (roles, folder, meaning) in UNIONS.items():
        written[f"{folder}/{name}.swift"] = union(name, meaning, union_cases(schema.of_role(*roles)))
    written["Batches/EventGroup.swift"] = event_group(inbound)
    written["Batches/EventBatch.swift"] = event_batch()
    written["MessageKind.swift"] = message_kind(schema)
    written["MessageKind+Topic.swift"] = message_topics(schema)
    return written


def union_cases(messages):
    """(case, Swift type, meaning) of each message; the signals are one case."""
    cases = []
    for message in messages:
        if message.role != "signal":
            cases.append((message.case, message.name, message.description))
        elif not any(case == "signal" for case, _, _ in cases):
            cases.append(("signal", "Signal", "A life-cycle transition of a pool."))
    return cases


def enumeration_text(enumeration):
    out = Source()
    out.documentation(enumeration.description)
    with out.block(f"public enum {enumeration.name}: UInt8, Sendable, CaseIterable, BitwiseCopyable {{"):
        for number, (name, meaning) in enumerate(enumeration.cases):
            out.documentation(meaning)
            out.line(f"case {escaped(name)} = {number}")
    return out.text


def structure(name, meaning, fields, groups=()):
    members = [(field.name, swift_type(field.type), field.description) for field in fields]
    members += [(group.name, f"[{group.block.name}]", group.block.description) for group in groups]
    is_plain = not groups and all(kind != "String" for _, kind, _ in members)
    out = Source()
    out.documentation(meaning)
    with out.block(f"public struct {name}: Equatable, Sendable{', BitwiseCopyable' if is_plain else ''} {{"):
        for member, kind, description in members:
            out.documentation(description)
            out.line(f"public var {escaped(member)}: {kind}")
        if members:
            out.line()
        out.documentation("From its fields, in wire order.")
        out.list("public init(", [f"{member}: {kind}" for member, kind, _ in members], ") {")
        with out.block_of_last_line():
            for member, _, _ in members:
                out.line(f"self.{member} = {escaped(member)}")
    return out.text


def union(name, meaning, cases):
    out = Source()
    out.documentation(meaning)
    with out.block(f"public enum {name}: Equatable, Sendable {{"):
        for case, kind, description in cases:
            out.documentation(description)
            out.line(f"case {case}({kind})")
    out.line()
    with out.block(f"extension {name} {{"):
        out.documentation("Which message it is.")
        with out.block("public var kind: MessageKind {"), out.switch():
            for case, kind, _ in cases:
                is_signal = kind == "Signal"
                out.line("case .signal(let signal): signal.kind.message" if is_signal else f"case .{case}: .{case}")
    return out.text


def event_group(inbound):
    out = Source()
    out.documentation("Events of one kind, as one message carries them; in order of sequence number.")
    with out.block("public enum EventGroup: Equatable, Sendable {"):
        for message in inbound:
            out.documentation(message.description)
            out.line(f"case {message.case}([{message.name}])")
    out.line()
    with out.block("extension EventGroup {"):
        out.documentation("How many events there are.")
        with out.block("public var count: Int {"), out.switch():
            for message in inbound:
                out.line(f"case .{message.case}(let entries): entries.count")
        out.line()
        out.documentation("Which message carries them.")
        with out.block("public var kind: MessageKind {"), out.switch():
            for message in inbound:
                out.line(f"case .{message.case}: .{message.case}")
    return out.text


def event_batch():
    out = Source()
    out.documentation("The events of one message: what crosses every boundary between threads, whole.")
    out.line("///")
    out.documentation("Event `n` of ``events`` has the sequence number ``BatchHeader/firstSequence`` + n.")
    with out.block("public struct EventBatch: Equatable, Sendable {"):
        out.documentation("Where the events come from.")
        out.line("public var header: BatchHeader")
        out.documentation("The events, all of one kind.")
        out.line("public var events: EventGroup")
        out.line()
        out.documentation("From its parts.")
        with out.block("public init(header: BatchHeader, events: EventGroup) {"):
            out.line("self.header = header")
            out.line("self.events = events")
    return out.text


def message_kind(schema):
    out = Source()
    out.documentation("Every message of the bus; the raw value is its template id.")
    with out.block("public enum MessageKind: UInt16, Sendable, CaseIterable, BitwiseCopyable {"):
        for message in schema.messages:
            out.documentation(message.description)
            out.line(f"case {message.case} = {message.template}")
    out.line()
    with out.block("extension SignalKind {"):
        out.documentation("The message that carries such a signal.")
        with out.block("public var message: MessageKind {"), out.switch():
            for message in schema.of_role("signal"):
                out.line(f"case .{message.case}: .{message.case}")
    return out.text


def message_topics(schema):
    topics = {}
    for message in schema.messages:
        topics.setdefault(message.topic, []).append(message.case)
    out = Source()
    with out.block("extension MessageKind {"):
        out.documentation("Beginning of the topic that it travels under; empty for questions and answers.")
        with out.block("public var topicPrefix: String {"), out.switch():
            for topic, cases in topics.items():
                out.cases(cases, f": \"{topic}\"")
        out.line()
        out.documentation("As it is called in the schema and in the JSON mirror.")
        with out.block("public var name: String {"), out.switch():
            for message in schema.messages:
                out.line(f"case .{message.case}: \"{message.name}\"")
    return out.text
