"""Bad input is named, counted and kept; nothing else is lost."""
import json
import pathlib
import sqlite3
import subprocess
import sys

import pytest
import zmq
from engine import BINARY, ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from plimsoll_wire import Schema  # noqa: E402

SCHEMA = Schema(ROOT / "Sources/MarginWire/Schema/plimsoll.xml")
TIME = 1_760_000_000_000_000_000


class Bus:
    """A publisher of one source, sequence numbers by hand."""

    def __init__(self, engine):
        self.socket = engine.context.socket(zmq.XPUB)
        self.socket.bind(engine.at("bus"))
        self.sequence = 1

    def await_subscriber(self):
        assert self.socket.poll(30_000), "nobody subscribed"
        self.socket.recv()

    def frame(self, name, entries, sequence=None):
        header = {"source": 1, "epoch": 1, "firstSequence": sequence or self.sequence, "sendingTime": TIME}
        return SCHEMA.encode(name, header, {"entries": entries})

    def send(self, topic, name, entries):
        self.socket.send_multipart([topic.encode(), self.frame(name, entries)])
        self.sequence += len(entries)


DOLLAR = {"asset": 1, "symbol": "USD", "moneyExponent": -6, "priceExponent": 0, "isNumeraire": 1, "isStablecoin": 0,
          "hasIndex": 0}


def test_bad_frames_are_dead_lettered_with_a_reason_and_the_next_good_one_counts(engine):
    bus = Bus(engine)
    engine.start()
    bus.await_subscriber()
    bus.send("ref.", "AssetListed", [DOLLAR])
    good = bus.frame("AssetListed", [DOLLAR])
    bad = {
        "short": [b"ref.", good[:10]],
        "trailing": [b"ref.", good + b"x"],
        "template": [b"ref.", good[:2] + b"\xff\xff" + good[4:]],
        "topic": [b"px.BTC.", good],
        "frames": [b"ref.", good, b"more"],
    }
    for frames in bad.values():
        bus.socket.send_multipart(frames)
    bus.socket.send_multipart([b"ref.", bus.frame("AssetListed", [DOLLAR], sequence=1)])  # a duplicate
    bus.send("ref.", "AccountOpened", [{"account": 5, "owner": 5, "pool": 5}])
    bus.send("cash.", "Deposit", [{"reference": 1, "account": 99, "instrument": 0, "asset": 1, "amount": 5,
                                   "status": "final"}])  # an unknown account
    beat = engine.heartbeat(lambda beat: any(s["lastSequence"] == 3 for s in beat["sources"]))
    beat = engine.heartbeat(lambda beat: int(beat["deadLetters"]) == len(bad))
    engine.stop()

    rows = sqlite3.connect(engine.log / "projection.sqlite").execute("SELECT topic, reason FROM dead_letter").fetchall()
    assert len(rows) == len(bad) and all(reason for _, reason in rows), rows
    verified = engine.verify("--ledger")
    assert verified["refused"] == 1


@pytest.mark.parametrize("text, key", [
    ("engine: {shrads: 2}", "engine.shrads"), ("bus: {sbe: [nowhere]}", "bus.sbe"), ("engine: {shards: 0}", "engine.shards"),
    ("engine: {shards: many}", "engine.shards"), ("colour: red", "colour"),
])
def test_a_wrong_configuration_names_file_and_key(tmp_path, text, key):
    path = tmp_path / "wrong.yaml"
    path.write_text(text + "\n")
    result = subprocess.run([BINARY, "check-config", "--config", str(path)], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2
    assert key in result.stdout and "wrong.yaml" in result.stdout, result.stdout

    refused = subprocess.run([BINARY, "run", "--config", str(path)], capture_output=True, text=True, cwd=ROOT)
    assert refused.returncode == 2 and key in refused.stderr


@pytest.mark.parametrize("case, named", [
    ('{"name": "x", "account": {"cash": NaN}}', "cash"), ('{"name": "x", "acount": {}}', "acount"), ("{", "byte"),
])
def test_a_wrong_case_names_the_place(tmp_path, case, named):
    path = tmp_path / "case.json"
    path.write_text(case)
    result = subprocess.run([BINARY, "margin", "--case", str(path)], capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2
    assert named in result.stderr and "case.json" in result.stderr, result.stderr
