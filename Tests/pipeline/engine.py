"""A running `plimsoll run` on ports of its own, for end-to-end tests."""
import json
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import zmq

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = os.environ.get("PLIMSOLL_BINARY", str(ROOT / ".build/debug/plimsoll"))
ORACLE = str(pathlib.Path(BINARY).parent / "margin-oracle")
DATA = pathlib.Path(os.environ.get("PLIMSOLL_DATA", ROOT.parent / "shared/data"))
PATIENCE = 120.0


def free_ports(count):
    """Ports that nothing listens on at the moment."""
    sockets = [socket.socket() for _ in range(count)]
    for held in sockets:
        held.bind(("127.0.0.1", 0))
    ports = [held.getsockname()[1] for held in sockets]
    for held in sockets:
        held.close()
    return ports


class Engine:
    """One engine process and the endpoints around it; the log survives restarts."""

    def __init__(self, folder, shards=1):
        self.folder = pathlib.Path(folder)
        names = ["bus", "recovery", "signals", "signals_json", "state", "state_json", "query"]
        self.ports = dict(zip(names, free_ports(len(names))))
        self.log = self.folder / "log"
        self.config = self.folder / "plimsoll.yaml"
        self.config.write_text(f"""
log: {{directory: {self.log}, id: 7, segmentMebibytes: 8}}
bus: {{sbe: ["{self.at('bus')}"], sbeRecovery: ["{self.at('recovery')}"]}}
signals: {{sbe: "{self.at('signals')}", json: "{self.at('signals_json')}"}}
state: {{sbe: "{self.at('state')}", json: "{self.at('state_json')}"}}
query: {{endpoint: "{self.at('query')}"}}
engine: {{shards: {shards}, risk: {ROOT / 'config/risk/plimsoll.yaml'}}}
""")
        self.process = None
        self.context = zmq.Context.instance()

    def at(self, name):
        return f"tcp://127.0.0.1:{self.ports[name]}"

    def start(self):
        """Starts the process and waits for its first heartbeat."""
        self.errors = open(self.folder / "engine.log", "ab")
        self.process = subprocess.Popen([BINARY, "run", "--config", str(self.config)], stderr=self.errors)
        return self.heartbeat(lambda beat: True)

    def heartbeat(self, wanted, patience=PATIENCE):
        """The first heartbeat that satisfies `wanted`."""
        state = self.context.socket(zmq.SUB)
        state.setsockopt(zmq.SUBSCRIBE, b"hb.")
        state.connect(self.at("state_json"))
        end = time.monotonic() + patience
        try:
            while time.monotonic() < end:
                if self.process.poll() is not None:
                    raise AssertionError(f"the engine ended with {self.process.returncode}: {self.error_tail()}")
                if state.poll(500):
                    beat = json.loads(state.recv_multipart()[1])
                    if wanted(beat):
                        return beat
            raise AssertionError(f"no such heartbeat within {patience} s: {self.error_tail()}")
        finally:
            state.close(0)

    def settled(self, patience=PATIENCE):
        """Waits until everything that sources sent is applied and durable."""
        seen = []

        def still(beat):
            mark = (beat["record"], beat["committedRecord"], [s["lastSequence"] for s in beat["sources"]])
            seen.append(mark)
            trusted = beat["sources"] and all(s["status"] == "trusted" for s in beat["sources"])
            return trusted and beat["record"] == beat["committedRecord"] and len(seen) > 8 and seen[-8] == mark

        return self.heartbeat(still, patience)

    def ask(self, question, patience=30.0):
        """All answers to one question, as objects."""
        dealer = self.context.socket(zmq.DEALER)
        dealer.connect(self.at("query"))
        try:
            dealer.send_multipart([b"", b"12345678", json.dumps(question).encode()])
            answers = []
            while dealer.poll(patience * 1000):
                answers.append(json.loads(dealer.recv_multipart()[-1]))
                if answers[-1]["message"] in ("QueryDone", "QueryError"):
                    return answers
            raise AssertionError(f"no end of the answers to {question}")
        finally:
            dealer.close(0)

    def stop(self):
        """Ends the process as an operator would."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(60)
        return self.process.returncode

    def kill(self):
        """Ends the process as a power cut would, but for the disk."""
        self.process.kill()
        self.process.wait(60)

    def error_tail(self):
        return (self.folder / "engine.log").read_text()[-2000:]

    def play(self, scenario, *arguments, patience=PATIENCE):
        """Plays a scenario through to its end and waits until all of it is applied and durable."""
        publisher = self.replay(scenario, *arguments)
        try:
            self.settled(patience)
        finally:
            publisher.terminate()
        assert publisher.wait(60) == 0, (self.folder / "replay.log").read_text()[-2000:]

    def replay(self, scenario, *arguments):
        """Starts the reference publisher on this engine's bus; it goes on with heartbeats until it is ended."""
        command = [sys.executable, str(ROOT / "scripts/replay"), scenario, "--data", str(DATA), "--speed", "max",
                   "--bind", self.at("bus"), "--recovery", self.at("recovery"), "--linger", "600", *arguments]
        return subprocess.Popen(command, stderr=open(self.folder / "replay.log", "ab"))

    def verify(self, *arguments):
        """What `plimsoll verify` says of the log."""
        result = subprocess.run([BINARY, "verify", str(self.log), "--json", *arguments], capture_output=True, text=True)
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout.splitlines()[-1])

    def agree_with_oracle(self):
        """Folds the log with the naive oracle too; its verdict."""
        result = subprocess.run([ORACLE, str(self.log)], capture_output=True, text=True)
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout.strip()
