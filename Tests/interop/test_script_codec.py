"""scripts/plimsoll_wire.py and Plimsoll read each other's frames, byte for byte."""

import pytest

from plimsoll_wire import Schema, WireError
from sample_messages import ASSETS, SESSION


@pytest.fixture(scope="session")
def schema(schema_path):
    return Schema(schema_path)


def again(schema, frame):
    name, message = schema.decode(frame)
    groups = {key: value for key, value in message.items() if isinstance(value, list)}
    root = {key: value for key, value in message.items() if key not in groups}
    return schema.encode(name, root, groups)


def test_frames_survive_byte_for_byte(bridge, schema):
    for frame in bridge.frames(*SESSION):
        assert again(schema, frame) == frame


def test_plimsoll_reads_what_the_script_writes(bridge, schema):
    assets = bridge.frames(ASSETS)[0]
    clock = schema.encode("Clock", {"source": 1, "epoch": 1, "firstSequence": 9}, {"entries": [{"time": 10**9}]})
    assert bridge.messages(assets, clock)[1]["entries"] == [{"time": "1970-01-01T00:00:01Z"}]


def test_mistakes_are_errors(schema):
    with pytest.raises(WireError, match="unknown fields"):
        schema.encode("PoolQuery", {"pol": 1})
    with pytest.raises(WireError, match="no case"):
        schema.encode("Halt", {}, {"entries": [{"scope": "everything"}]})
    with pytest.raises(WireError, match="too many"):
        schema.decode(schema.encode("PoolQuery", {"pool": 1}) + b"\0")
    with pytest.raises(WireError, match="short"):
        schema.decode(schema.encode("PoolQuery", {"pool": 1})[:-1])
