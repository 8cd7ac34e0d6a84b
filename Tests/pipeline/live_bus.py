"""A publisher of one source that stays alive: what is sent is numbered, and heartbeats fill the silence."""
import queue
import sys
import threading

import zmq
from engine import ROOT

sys.path.insert(0, str(ROOT / "scripts"))
from plimsoll_wire import Schema  # noqa: E402

SCHEMA = Schema(ROOT / "Sources/MarginWire/Schema/plimsoll.xml")
SECOND = 1_000_000_000
START = 1_760_000_000 * SECOND


def header(sequence, time):
    return {"source": 1, "epoch": 1, "firstSequence": sequence, "sendingTime": time}


class LiveBus(threading.Thread):
    """Owns the bus socket of an engine; a context that ends with its test."""

    def __init__(self, engine):
        super().__init__(daemon=True)
        self.engine, self.time, self.sequence = engine, START, 1
        self.outgoing, self.subscribed, self.ended = queue.Queue(), threading.Event(), threading.Event()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()

    def run(self):
        socket = self.engine.context.socket(zmq.XPUB)
        socket.bind(self.engine.at("bus"))
        while not self.subscribed.is_set() and not self.ended.is_set():
            if socket.poll(100):
                self.subscribed.set()
        following, time = 1, START
        while not self.ended.is_set():
            try:
                frames, following, time = self.outgoing.get(timeout=0.08)
                socket.send_multipart(frames)
            except queue.Empty:
                beat = SCHEMA.encode("SourceHeartbeat", header(following, time), {"entries": []})
                socket.send_multipart([b"ctl.", beat])
        socket.close(0)

    def send(self, topic, name, entries, after=SECOND // 1000):
        """Publishes entries, so much later than the last."""
        self.time += after
        self.send_frame(topic, SCHEMA.encode(name, header(self.sequence, self.time), {"entries": entries}), len(entries))

    def send_frame(self, topic, frame, count=1):
        self.sequence += count
        self.outgoing.put(([topic.encode(), frame], self.sequence, self.time))

    def settled(self):
        """The heartbeat of an engine that has applied, durably, all that was sent."""
        def done(beat):
            return (beat["record"] == beat["committedRecord"]
                    and any(source["lastSequence"] == self.sequence - 1 for source in beat["sources"]))
        return self.engine.heartbeat(done)
