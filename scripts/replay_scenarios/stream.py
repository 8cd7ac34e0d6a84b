"""Events of an exchange, and how they become the numbered messages of its sources."""

from typing import NamedTuple

SECOND = 1_000_000_000  # in nanoseconds

# Entries of one message: the largest entry then makes a body of about 52 KiB, below every frame limit.
ENTRIES_MAX = 500

PRICES = {"IndexPrice", "MarkPrice", "ForwardPoint", "VolatilityPoint"}


class Event(NamedTuple):
    """Entries of one kind that one source sends at one time."""

    time: int  # event time, nanoseconds since the epoch
    source: int
    topic: str
    message: str
    entries: list  # of dictionaries, field by field


class Message(NamedTuple):
    """An event as it goes on the bus."""

    time: int
    source: int
    first: int  # sequence number of the first entry
    count: int  # entries, hence sequence numbers
    topic: bytes
    body: bytes


def numbered(events, schema, epoch=1):
    """Messages of a stream of events: every entry takes the next sequence number of its source."""
    following = {}
    for event in events:
        for start in range(0, len(event.entries), ENTRIES_MAX):
            entries = event.entries[start : start + ENTRIES_MAX]
            first = following.get(event.source, 1)
            following[event.source] = first + len(entries)
            root = {"source": event.source, "epoch": epoch, "firstSequence": first, "sendingTime": event.time}
            body = schema.encode(event.message, root, {"entries": entries})
            yield Message(event.time, event.source, first, len(entries), event.topic.encode(), body)


def window(events, start=None, end=None, conflation=0):
    """The events from `start` up to and without `end`, prices conflated to one record per `conflation` nanoseconds.

    What happened before `start` still happens, at once: its ledger events all pass, its prices are conflated to
    the latest between them. A ledger or reference event is never reordered with the prices around it.
    """

    def bucket(time):
        if start is not None and time < start:
            return -1
        return time // conflation if conflation else None

    pending, current = {}, None
    for event in events:
        if end is not None and event.time >= end:
            break
        wanted = bucket(event.time)
        if pending and (wanted != current or event.message not in PRICES):
            yield from flushed(pending)
        current = wanted
        if wanted is None or event.message not in PRICES:
            yield event
        else:
            time, latest = pending.get((event.source, event.message, event.topic), (event.time, {}))
            for entry in event.entries:
                # The latest goes to the end, so that a surface still ends with its last point.
                latest.pop(subject(entry), None)
                latest[subject(entry)] = entry
            pending[event.source, event.message, event.topic] = (event.time, latest)
    yield from flushed(pending)


def subject(entry):
    """What a price is of: an entry of the same subject replaces it."""
    return entry.get("instrument"), entry.get("underlying"), entry.get("expiry"), entry.get("strike")


def flushed(pending):
    """The conflated records in order of their latest time; empties `pending`."""
    records = sorted(pending.items(), key=lambda item: item[1][0])
    pending.clear()
    for (source, message, topic), (time, latest) in records:
        entries = list(latest.values())
        if message == "VolatilityPoint":
            entries = [entry | {"last": "no"} for entry in entries[:-1]] + [entries[-1] | {"last": "yes"}]
        yield Event(time, source, topic, message, entries)
