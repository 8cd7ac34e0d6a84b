"""Operators change risk parameters of a running engine: propose, preview, approve, raise, roll back."""
import json
import subprocess

import zmq
from engine import BINARY


def operate(engine, *arguments, source=None):
    """Runs `plimsoll parameters`; publishes at the engine's bus if a source is given."""
    command = [BINARY, "parameters", *arguments, "--queries", engine.at("query")]
    if source:
        command += ["--source", str(source), "--publish", engine.at("bus")]
    return subprocess.run(command, capture_output=True, text=True, timeout=120)


def in_force(engine):
    """Version and values of the set in force."""
    answer = engine.ask({"message": "ParametersQuery", "version": 0})[0]
    return answer["version"], {value["key"]: value["value"] for value in answer["values"]
                               if value["asset"] == 0 and not value["model"]}


def test_a_set_takes_effect_when_two_others_approve_and_can_be_taken_back(engine):
    engine.start()
    assert in_force(engine)[1]["kappa"] == "0.8"

    assert operate(engine, "propose", "kappa=0.9", "volUp=0.5", source=901).returncode == 0
    preview = operate(engine, "preview", "--version", "2", "--json")
    assert json.loads(preview.stdout)["base"] == 1
    own = operate(engine, "approve", "--version", "2", source=901)
    assert own.returncode == 1, "who proposes does not approve"
    assert operate(engine, "approve", "--version", "2", source=902).returncode == 0
    assert in_force(engine)[0] == 1
    assert operate(engine, "approve", "--version", "2", source=903).returncode == 0
    version, values = in_force(engine)
    assert (version, values["kappa"], values["volUp"]) == (2, "0.9", "0.5")

    assert operate(engine, "rollback", source=902).returncode == 0
    version, values = in_force(engine)
    assert (version, values["kappa"], values["volUp"]) == (1, "0.8", "0.6")
    engine.stop()
    assert "equal" in engine.agree_with_oracle()


def test_an_asset_is_named_by_its_symbol_or_its_number(engine, data):
    engine.start()
    engine.play("crash-2025-10-10", "--from", "2025-10-10T21:05:00Z", "--to", "2025-10-10T21:06:00Z")
    names = {asset["symbol"]: asset["asset"]
             for asset in engine.ask({"message": "ParametersQuery", "version": 0})[0]["assets"]}

    printed = [operate(engine, "propose", f"range@{asset}=0.3", "--source", "905")
               for asset in ("BTC", "btc", str(names["BTC"]))]
    unknown = operate(engine, "propose", "range@DOUBLOON=0.3", "--source", "905")

    batches = [json.loads(each.stdout) for each in printed]
    assert [batch["entries"][0]["asset"] for batch in batches] == [names["BTC"]] * 3
    assert batches[0]["entries"][0]["key"] == "range" and len(batches[0]["entries"]) == 1
    assert unknown.returncode == 2 and "the engine knows no asset DOUBLOON" in unknown.stderr


def test_subscribers_see_each_set_that_comes_into_force_and_why(engine):
    def snapshot():
        return [answer for answer in engine.ask({"message": "SnapshotQuery", "prefix": "par."})
                if answer["message"] == "ParameterState"]

    def kappa(state):
        return next(value["value"] for value in state["values"] if value["key"] == "kappa")

    engine.start()
    engine.heartbeat(lambda beat: beat["record"] > 0 and in_force(engine)[0] == 1 and snapshot())
    first = snapshot()
    assert [(state["version"], state["reason"], kappa(state)) for state in first] == [(1, "bootstrap", "0.8")]
    stream = engine.context.socket(zmq.SUB)
    stream.setsockopt(zmq.SUBSCRIBE, b"par.")
    stream.connect(engine.at("state_json"))
    # Subscriptions take effect in order: whoever hears a heartbeat has been heard.
    stream.setsockopt(zmq.SUBSCRIBE, b"hb.")
    assert stream.poll(10_000)
    stream.setsockopt(zmq.UNSUBSCRIBE, b"hb.")
    assert operate(engine, "raise", "kappa=0.5", source=901).returncode == 0
    assert operate(engine, "rollback", source=902).returncode == 0
    heard = []
    while len(heard) < 2:
        assert stream.poll(10_000), heard
        topic, body = stream.recv_multipart()
        if not topic.startswith(b"par."):
            continue
        heard.append(json.loads(body))
        assert topic == b"par.%d." % heard[-1]["version"]
    stream.close(0)
    assert [(state["version"], state["previous"], state["reason"], kappa(state)) for state in heard] == [
        (2, 1, "emergency", "0.5"), (1, 2, "rollback", "0.8")]
    assert all(state["takesEffect"].startswith("1970") and state["base"] == state["version"] for state in heard)

    engine.kill()
    engine.start()
    again = snapshot()
    assert [(state["version"], state["record"]) for state in again] == [(1, heard[-1]["record"])]


def test_an_emergency_may_only_raise_and_survives_a_restart(engine):
    engine.start()

    assert operate(engine, "raise", "kappa=0.5", source=901).returncode == 0
    assert operate(engine, "raise", "kappa=0.6", source=901).returncode == 1
    assert operate(engine, "raise", "noSuchName=1", source=901).returncode == 2
    before = in_force(engine)
    engine.kill()
    engine.start()

    assert in_force(engine) == before
    assert before[1]["kappa"] == "0.5"


def test_what_to_publish_is_printed_for_other_publishers(engine):
    engine.start()

    printed = operate(engine, "propose", "tails=-0.66,-0.33,0.5,1,2,3,4,6", "--source", "905")

    batch = json.loads(printed.stdout)
    assert batch["message"] == "RiskParameters" and batch["source"] == 905 and batch["firstSequence"] == 1
    assert [entry["value"] for entry in batch["entries"]][-2:] == ["4", "6"]
    assert [entry["last"] for entry in batch["entries"]] == [False] * 7 + [True]
    assert {entry["status"] for entry in batch["entries"]} == {"proposed"}


def test_a_pool_may_ask_for_its_margin_under_a_proposal(engine, data):
    engine.start()
    engine.play("crash-2025-10-10", "--from", "2025-10-10T21:05:00Z", "--to", "2025-10-10T21:08:00Z",
                "--conflate", "10000")
    states = [answer for answer in engine.ask({"message": "SnapshotQuery", "prefix": "pool."})
              if answer["message"] == "PoolState" and float(answer["initialMargin"]) > 0]
    pool = states[0]["pool"]
    assert operate(engine, "propose", "initial=1.5", source=901).returncode == 0

    def asked(command, version):
        return subprocess.run([BINARY, command, "--pool", str(pool), "--parameters", str(version), "--endpoint",
                               engine.at("query")], capture_output=True, text=True, timeout=120)

    answer = json.loads(asked("what-if", 2).stdout)
    explained, levels = map(json.loads, asked("explain", 2).stdout.splitlines())
    assert float(answer["initialAfter"]) > float(answer["initialBefore"])
    assert explained["initialMargin"] == answer["initialAfter"] and explained["parameterVersion"] == 2
    assert levels["message"] == "LiquidationLevels" and levels["version"] == 2
    unknown = asked("what-if", 9)
    assert unknown.returncode == 2 and "version 9 is not proposed" in unknown.stderr

    for source in (902, 903):
        assert operate(engine, "approve", "--version", "2", source=source).returncode == 0
    now = engine.ask({"message": "ExplainQuery", "pool": pool, "record": 0})[0]
    assert (now["initialMargin"], now["parameterVersion"]) == (answer["initialAfter"], 2)
