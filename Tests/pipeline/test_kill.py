"""kill -9 in the middle of a replay: nothing that was committed is lost, nothing contradicts."""
import json

import zmq


def signals_by_id(log_lines):
    return {line.split(" ", 1)[0]: line for line in log_lines}


def test_a_killed_engine_recovers_what_was_committed_and_ends_with_the_same_ledger(engine, data, tmp_path_factory):
    from engine import Engine

    arguments = ("crash-2025-10-10", "--from", "2025-10-10T21:00:00Z", "--to", "2025-10-10T21:25:00Z",
                 "--conflate", "2000")
    engine.start()
    collector = Collector(engine)
    replay = engine.replay(*arguments, "--speed", "60x")
    committed = []
    for kill in range(3):
        beat = engine.heartbeat(lambda beat: beat["committedRecord"] > (committed[-1] if committed else 0) + 150)
        committed.append(beat["committedRecord"])
        collector.collect()
        engine.kill()
        engine.start()
    engine.settled()
    collector.collect()
    engine.stop()
    replay.terminate()
    replay.wait(60)

    verified = engine.verify()
    assert verified["records"] > committed[-1]
    assert engine.agree_with_oracle().startswith("equal: ")
    collector.check(verified["signals"])

    uninterrupted = Engine(tmp_path_factory.mktemp("uninterrupted"))
    uninterrupted.start()
    uninterrupted.play(*arguments)
    uninterrupted.stop()
    assert uninterrupted.verify()["ledger"] == verified["ledger"]


class Collector:
    """Everything that a subscriber of all signals sees, over restarts of the engine."""

    def __init__(self, engine):
        self.engine = engine
        self.socket = engine.context.socket(zmq.SUB)
        self.socket.setsockopt(zmq.SUBSCRIBE, b"sig.")
        self.socket.setsockopt(zmq.RCVHWM, 0)
        self.socket.connect(engine.at("signals_json"))
        self.seen = {}

    def collect(self):
        while self.socket.poll(200):
            self.take(json.loads(self.socket.recv_multipart()[1]))
        for answer in self.engine.ask({"message": "ReplayQuery", "pool": 0, "from": 1, "to": 0}):
            if "poolSignalNo" in answer:
                self.take(answer)

    def take(self, signal):
        assert signal["committed"], signal
        identity = (signal["record"], signal["pool"], signal["ordinal"])
        content = {key: value for key, value in signal.items() if key not in ("epoch", "committed")}
        assert self.seen.setdefault(identity, content) == content, "two signals with one id differ"

    def check(self, count):
        """No signal is missing, none contradicts."""
        numbers = sorted(signal["signalNo"] for signal in self.seen.values())
        assert numbers == list(range(1, count + 1))
