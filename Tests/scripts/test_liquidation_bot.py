"""The bot against a simulated engine that speaks the JSON protocol over real sockets and loses a signal on the way."""

import json
import pathlib
import subprocess
import sys

import pytest
import zmq

BOT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "liquidation_bot"
PATIENCE_MILLISECONDS = 10_000
LOG, EPOCH = 42, 1


def signal(message, number, pool, **fields):
    return {
        "message": message, "log": LOG, "epoch": EPOCH, "record": 100 + number, "ordinal": 0, "signalNo": number,
        "poolSignalNo": 1, "committed": True, "eventTime": "2025-10-10T21:15:00.000000000Z", "pool": pool,
        "equity": "1200.50", "initialMargin": "1900", "maintenanceMargin": "1500", "shortfall": "299.50",
        "deadline": "2025-10-10T22:15:00.000000000Z", "binding": [
            {"underlying": 3, "node": "-0.16", "shape": "upFlat", "scenario": 1, "loss": "1700"}],
        "steps": [], **fields}


def step(kind, **fields):
    return {"kind": kind, "asset": 0, "instrument": 0, "account": 1, "quantity": "0", "price": "0", "amount": "0",
            "marginReleased": "300", **fields}


SIGNALS = [
    signal("Warning", 1, 1001),
    signal("MarginCall", 2, 1001, steps=[step("depositCash", asset=1, amount="299.50")]),
    signal("LiquidationPlan", 3, 1002,
           steps=[step("slice", instrument=11, quantity="-0.250", price="104000.00")]),
    signal("LiquidationPlan", 4, 1003),
    signal("Quarantined", 5, 1004, reason="noMark", reasonAsset=0, reasonInstrument=11,
           reasonExpiry="1970-01-01T00:00:00Z"),
]
EXPLANATION = {
    "message": "Explanation", "pool": 1002, "eventTime": "2025-10-10T21:15:01.000000000Z", "maintenanceMargin": "1500",
    "components": [{"component": "basis", "initial": "90", "maintenance": "90"},
                   {"component": "scan", "initial": "1800", "maintenance": "1400"}]}


class SimulatedEngine:
    """Publishes SIGNALS without the second, and answers queries as the protocol says."""

    def __init__(self, context, folder):
        self.addresses = [f"ipc://{folder}/{name}" for name in ("signals", "queries")]
        self.publisher, self.router = context.socket(zmq.XPUB), context.socket(zmq.ROUTER)
        for socket, address in zip((self.publisher, self.router), self.addresses):
            socket.set(zmq.LINGER, 0)
            socket.bind(address)
        self.queries = []

    def close(self):
        self.publisher.close()
        self.router.close()

    def publish(self):
        topics = {self.recv_subscription() for _ in range(2)}
        assert topics == {b"\x01sig.", b"\x01hb."}
        for one in SIGNALS[:1] + SIGNALS[2:]:
            self.send(f"sig.{one['pool']}.", one)
        self.send("hb.", {"message": "Heartbeat", "log": LOG, "epoch": EPOCH, "signalNo": len(SIGNALS)})

    def recv_subscription(self):
        assert self.publisher.poll(PATIENCE_MILLISECONDS)
        return self.publisher.recv()

    def send(self, topic, message):
        self.publisher.send_multipart([topic.encode(), json.dumps(message).encode()])

    def answer(self, is_done):
        while not is_done(self.queries):
            assert self.router.poll(PATIENCE_MILLISECONDS), self.queries
            identity, empty, request, body = self.router.recv_multipart()
            query = json.loads(body)
            self.queries.append(query)
            for reply in self.answers(query):
                self.router.send_multipart([identity, empty, request, json.dumps(reply).encode()])

    def stay_unasked(self):
        """What is acknowledged is done with: the answer to that asks for nothing more."""
        assert not self.router.poll(500), self.router.recv_multipart()

    def answers(self, query):
        if query["message"] == "ReplayQuery":
            yield from SIGNALS[query["from"] - 1 : query["to"]]
        elif query["message"] == "ClaimQuery":
            yield query | {"message": "ClaimAnswer", "granted": query["pool"] == 1002, "holder": "x", "until": ""}
        elif query["message"] == "AcknowledgeQuery":
            yield query | {"message": "ClaimAnswer", "granted": True, "holder": "tested", "until": ""}
        elif query["message"] == "ExplainQuery":
            yield EXPLANATION
        yield {"message": "QueryDone", "record": 104, "committed": 104, "count": 1, "nextStreamNo": 6}


@pytest.fixture
def engine(tmp_path):
    with zmq.Context() as context:
        engine = SimulatedEngine(context, tmp_path)
        yield engine
        engine.close()


@pytest.fixture
def bot(engine):
    process = subprocess.Popen([sys.executable, BOT, "--signals", engine.addresses[0], "--queries",
                                engine.addresses[1], "--name", "tested"], stdout=subprocess.PIPE, text=True)
    yield process
    process.kill()
    process.wait()


def test_the_bot_misses_nothing_works_what_it_claimed_and_says_why(engine, bot):
    engine.publish()
    engine.answer(lambda queries: sum(query["message"] == "AcknowledgeQuery" for query in queries) == 2
                  and any(query["message"] == "ExplainQuery" for query in queries)
                  and sum(query["message"] == "ClaimQuery" for query in queries) == 2)
    lines = [bot.stdout.readline().rstrip() for _ in range(4)]
    engine.stay_unasked()
    bot.terminate()
    summary, _ = bot.communicate(timeout=10)

    plan, = [line for line in lines if "PLAN" in line]
    call, = [line for line in lines if "CALL" in line]
    why, = [line for line in lines if "WHY" in line]
    assert "sell 0.250 of instrument 11 at worst 104000.00" in plan and "asset 3 -16.0% volatility upFlat" in plan
    none, = [line for line in lines if "NONE" in line]
    assert none.endswith("pool 1004  noMark of instrument 11")
    assert "deposit 299.50 of asset 1" in call and "short of $299.50" in call
    assert "MM $1,500.00 = scan $1,400.00, basis $90.00" in why
    replays = [query for query in engine.queries if query["message"] == "ReplayQuery"]
    assert replays[0]["from"] == 2 and replays[0]["to"] == 2
    acknowledged = {query["pool"] for query in engine.queries if query["message"] == "AcknowledgeQuery"}
    assert acknowledged == {1001, 1002}
    assert bot.returncode == 0
    for count in ("Warning 1", "MarginCall 1", "LiquidationPlan 2", "worked 1", "gaps 1", "replayed 1"):
        assert count in summary
