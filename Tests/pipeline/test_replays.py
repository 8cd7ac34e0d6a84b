"""The real replays drive a running engine; its signals equal the oracle's, whatever folds the log again."""
import json
import os
import subprocess

import pytest
from engine import BINARY

# Windows that a debug build and the naive oracle manage in CI; scripts/check-replays plays the whole scenarios.
WINDOWS = {
    "chain-2026-02": ["--to", "2026-02-04T17:00:00Z"],
    "crash-2025-10-10": ["--from", "2025-10-10T21:05:00Z", "--to", "2025-10-10T21:20:00Z", "--conflate", "10000"],
    "settlement-2026-08": [],
}


@pytest.mark.parametrize("scenario", WINDOWS)
def test_a_replay_drives_the_engine_and_every_signal_is_the_oracles(engine, data, scenario):
    engine.start()
    engine.play(scenario, *WINDOWS[scenario])
    assert engine.stop() == 0, engine.error_tail()

    verdict = engine.agree_with_oracle()
    assert verdict.startswith("equal: "), verdict
    one, four = engine.verify(), engine.verify("--shards", "4")
    assert one["signals"] > 0 or scenario == "settlement-2026-08"
    assert (one["digest"], one["ledger"]) == (four["digest"], four["ledger"])
    assert one["refused"] == 0
    debug = os.environ.get("PLIMSOLL_DEBUG_BINARY")
    if debug and scenario != "chain-2026-02":  # which a debug build takes minutes for
        result = subprocess.run([debug, "verify", str(engine.log), "--json"], capture_output=True, text=True)
        assert json.loads(result.stdout)["digest"] == one["digest"], result.stderr


def test_every_kernel_variant_gives_the_same_digest(engine, data):
    engine.start()
    engine.play("crash-2025-10-10", *WINDOWS["crash-2025-10-10"])
    engine.stop()

    refused = subprocess.run([BINARY, "verify", str(engine.log), "--kernel", "abacus"], capture_output=True, text=True)
    assert refused.returncode == 2
    variants = [name.strip() for name in refused.stderr.split("this CPU has")[1].split(",")]
    digests = {name: engine.verify("--kernel", name)["digest"] for name in variants}
    assert len(set(digests.values())) == 1, digests


def test_questions_are_answered_while_events_flow(engine, data):
    engine.start()
    engine.play("crash-2025-10-10", *WINDOWS["crash-2025-10-10"])

    snapshot = engine.ask({"message": "SnapshotQuery", "prefix": "pool."})
    pools = [answer["pool"] for answer in snapshot if answer["message"] == "PoolState"]
    assert pools
    state, *rest = engine.ask({"message": "PoolQuery", "pool": pools[0]})
    assert state["message"] == "PoolState" and state["pool"] == pools[0]
    assert sum(float(part["initial"]) for part in state["components"]) == pytest.approx(float(state["initialMargin"]))
    explanation = engine.ask({"message": "ExplainQuery", "pool": pools[0], "record": 0})[0]
    assert explanation["message"] == "Explanation"
    shares = sum(float(member["share"]) for member in explanation["members"])
    assert shares == pytest.approx(float(explanation["initialMargin"]))
    fault = engine.ask({"message": "PoolQuery", "pool": 424242424242})[0]
    assert (fault["message"], fault["fault"]) == ("QueryError", "unknownPool")
    replayed = engine.ask({"message": "ReplayQuery", "pool": 0, "from": 1, "to": 0})
    numbers = [answer["signalNo"] for answer in replayed if "signalNo" in answer and answer["message"] != "QueryDone"]
    assert numbers == list(range(1, len(numbers) + 1)) and numbers
