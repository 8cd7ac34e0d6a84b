"""The questions of people and bots, asked of a running engine and of its log."""
import json
import subprocess

import pytest
from engine import BINARY

WINDOW = ["--from", "2025-10-10T21:05:00Z", "--to", "2025-10-10T21:20:00Z", "--conflate", "10000"]


@pytest.fixture
def crashed(engine, data):
    """An engine after the first minutes of a crash."""
    engine.start()
    engine.play("crash-2025-10-10", *WINDOW)
    return engine


def command(*arguments):
    """What a plimsoll command prints, an object a line."""
    result = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return [json.loads(line) for line in result.stdout.splitlines()]


def states(engine):
    return [answer for answer in engine.ask({"message": "SnapshotQuery", "prefix": "pool."})
            if answer["message"] == "PoolState"]


def what_if(engine, pool, *changes):
    empty = {"account": 0, "instrument": 0, "quantity": "0", "price": "0", "asset": 0, "amount": "0"}
    answer = engine.ask({"message": "WhatIfQuery", "pool": pool, "changes": [empty | change for change in changes]})[0]
    assert answer["message"] == "WhatIfAnswer", answer
    return answer


def excess(answer):
    return round(float(answer["equityAfter"]) * 1e6) - round(float(answer["initialAfter"]) * 1e6)


def a_position(engine):
    """A pool that meets its initial margin, and an instrument that it holds."""
    listed = {}
    for state in sorted(states(engine), key=lambda state: float(state["utilisation"])):
        for instrument in range(1, 4):
            answer = engine.ask({"message": "LargestQuery", "pool": state["pool"], "instrument": instrument, "side": "1",
                                 "price": "0"})[0]
            listed[instrument] = answer
            if answer["message"] == "LargestAnswer" and float(answer["quantity"]) > 0:
                return state["pool"], instrument, answer["quantity"]
    raise AssertionError(f"nothing to trade: {listed}")


def test_the_largest_trade_fits_as_a_what_if(crashed):
    pool, instrument, quantity = a_position(crashed)
    inputs = crashed.ask({"message": "ExplainQuery", "pool": pool, "record": 0})[0]["inputs"]
    price = next(entry["price"] for entry in inputs if entry["kind"] == "index")

    largest = crashed.ask({"message": "LargestQuery", "pool": pool, "instrument": instrument, "side": "-1",
                           "price": price})[0]
    assert largest["message"] == "LargestAnswer", largest
    trade = {"instrument": instrument, "quantity": largest["quantity"], "price": price}
    assert excess(what_if(crashed, pool, trade)) >= 0
    double = trade | {"quantity": str(2 * float(largest["quantity"]))}
    assert excess(what_if(crashed, pool, double)) < 0

    same = command("largest", "--pool", pool, "--instrument", instrument, "--side", "sell", f"--price={price}",
                   "--endpoint", crashed.at("query"))
    assert [answer["quantity"] for answer in same] == [largest["quantity"]]


def test_every_cure_reaches_initial_margin(crashed):
    below = [state for state in states(crashed) if float(state["equity"]) < float(state["initialMargin"])]
    assert below
    for state in below[:5]:
        cures = crashed.ask({"message": "CuresQuery", "pool": state["pool"]})[0]
        deposits = [step for step in cures["steps"] if step["kind"] != "trade"]
        trades = [step for step in cures["steps"] if step["kind"] == "trade"]
        assert deposits and deposits[0]["kind"] == "depositCash"
        for step in deposits:
            assert excess(what_if(crashed, state["pool"], {"asset": step["asset"], "amount": step["amount"]})) >= 0
        if trades:
            changes = [{key: step[key] for key in ("instrument", "quantity", "price")} for step in trades]
            assert excess(what_if(crashed, state["pool"], *changes)) >= 0


def test_two_checks_do_not_pass_what_one_alone_would_fill(crashed):
    pool, instrument, quantity = a_position(crashed)
    account = crashed.ask({"message": "PoolQuery", "pool": pool})[1]["account"]
    check = {"message": "CheckQuery", "account": account, "instrument": instrument, "quantity": quantity, "price": "0",
             "asset": 0, "amount": "0", "reserveFor": "5", "mode": "cross", "token": 77}

    first = crashed.ask(check)[0]
    second = crashed.ask(check | {"token": 78})[0]
    assert (first["accepted"], first["token"]) == (True, 77)
    assert not second["accepted"] and float(second["shortfall"]) > 0
    released = crashed.ask(check | {"quantity": "0"})[0]
    assert released["accepted"]
    assert crashed.ask(check | {"token": 78})[0]["accepted"]

    # Whether anything was reserved is forgotten with the process, so nothing is passed until it would have lapsed.
    crashed.stop()
    crashed.start()
    held = crashed.ask(check)[0]
    assert (held["message"], held["fault"]) == ("QueryError", "notAvailable")
    dry = crashed.ask({"message": "PoolQuery", "pool": pool})[0]
    assert dry["message"] == "PoolState"


def test_the_check_command_reserves_replaces_and_releases(crashed):
    pool, instrument, quantity = a_position(crashed)
    account = crashed.ask({"message": "PoolQuery", "pool": pool})[1]["account"]

    def check(*arguments, to=("--endpoint", crashed.at("query"))):
        asked = subprocess.run([BINARY, "check", "--account", str(account), *map(str, arguments), *to],
                               capture_output=True, text=True)
        assert asked.returncode in (0, 1), asked.stderr
        answer = json.loads(asked.stdout)
        assert answer["accepted"] == (asked.returncode == 0)
        return answer

    order = f"--trade={instrument}:{quantity}:0"
    asked = check(order, "--reserve", 0)
    assert asked["accepted"] and asked["token"] == 0
    assert check(order, "--token", 77)["token"] == 77
    refused = check(order, "--token", 78)
    assert not refused["accepted"] and float(refused["shortfall"]) > 0
    assert check(f"--trade={instrument}:0.01:0", "--token", 77)["accepted"]
    check("--token", 77, "--release")
    assert check(order, "--token", 78)["accepted"]
    check("--token", 78, "--release")
    free = what_if(crashed, pool)
    surplus = float(free["equityAfter"]) - float(free["initialAfter"])
    assert check(f"--cash=1:-{surplus:.2f}")["accepted"] and not check(f"--cash=1:-{surplus + 1:.2f}")["accepted"]

    crashed.stop()
    log = ("--log", str(crashed.log))
    assert check(order, to=log) | {"record": 0} == asked | {"record": 0}
    nothing = subprocess.run([BINARY, "check", "--account", str(account)], capture_output=True, text=True)
    assert nothing.returncode == 64 and "nothing to check" in nothing.stderr
    kept = subprocess.run([BINARY, "check", "--account", str(account), order, "--reserve", "1", *log],
                          capture_output=True, text=True)
    assert kept.returncode == 64 and "nothing is reserved in a log" in kept.stderr


def test_a_log_explains_why_a_pool_was_liquidated(crashed):
    replayed = crashed.ask({"message": "ReplayQuery", "pool": 0, "from": 1, "to": 0})
    # A record may move a pool more than once; its explanation is of how the record left it.
    last = {(signal["pool"], signal["record"]): signal for signal in replayed if "poolSignalNo" in signal}
    plan = next(signal for signal in last.values() if signal["message"] == "LiquidationPlan")
    healthy = max(states(crashed), key=lambda state: float(state["excess"]))["pool"]
    crashed.stop()

    explanation, levels = command("explain", "--pool", plan["pool"], "--log", crashed.log, "--at", plan["record"],
                                  "--json")
    for key in ("record", "state", "equity", "initialMargin", "maintenanceMargin", "binding"):
        assert explanation[key] == plan[key], key
    assert len(explanation["scenarios"]) >= 61 and explanation["inputs"] and explanation["components"]
    assert levels["levels"] == []  # it is below already

    text = subprocess.run([BINARY, "explain", "--pool", str(healthy), "--log", str(crashed.log)], capture_output=True,
                          text=True)
    assert text.returncode == 0 and "would be liquidated at" in text.stdout, text.stdout + text.stderr
    cures = command("cures", "--pool", plan["pool"], "--log", crashed.log, "--at", plan["record"])[0]
    assert float(cures["shortfall"]) > 0 and cures["steps"]


def test_a_log_explains_what_the_engine_explained_to_the_letter(crashed):
    """In force and under a proposed set."""
    proposed = subprocess.run(
        [BINARY, "parameters", "propose", "volUp=0.7", "--source", "901", "--queries", crashed.at("query"),
         "--publish", crashed.at("bus")], capture_output=True, text=True, timeout=120)
    assert proposed.returncode == 0, proposed.stderr
    version = crashed.ask({"message": "ParametersQuery", "version": 0})[1]["version"]
    live = [(state["pool"], under, command_text("explain", "--pool", state["pool"], "--parameters", under, "--endpoint",
                                                crashed.at("query")).splitlines())
            for state in states(crashed)[:2] for under in (0, version)]
    crashed.stop()

    found = 0
    for pool, under, lines in live:
        explanation, levels = map(json.loads, lines)
        assert (explanation["message"], levels["message"]) == ("Explanation", "LiquidationLevels")
        assert explanation["parameterVersion"] == levels["version"] == (under or explanation["parameterVersion"])
        # A clock record may have come between the two answers.
        for place, record in enumerate((explanation["record"], levels["record"])):
            text = command_text("explain", "--pool", pool, "--parameters", under, "--log", crashed.log, "--at", record,
                                "--json")
            assert text.splitlines()[place] == lines[place]
        found += len(levels["levels"])
    assert found > 0


def command_text(*arguments):
    """What a plimsoll command prints."""
    result = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.mark.parametrize("question, fault, field", [
    ({"message": "LargestQuery", "pool": 1, "instrument": 1, "side": "1", "price": "0"}, "unknownPool", "pool"),
    ({"message": "CuresQuery", "pool": 1}, "unknownPool", "pool"),
    ({"message": "ExplainQuery", "pool": 1, "record": 0}, "unknownPool", "pool"),
    ({"message": "CheckQuery", "account": 1, "instrument": 0, "quantity": "0", "price": "0", "asset": 0, "amount": "0",
      "reserveFor": "1", "mode": "cross", "token": 0}, "unknownAccount", "account"),
    ({"message": "CuresQuery"}, "malformed", "pool"),
])
def test_bad_questions_are_refused_by_the_field_at_fault(engine, question, fault, field):
    engine.start()
    answer = engine.ask(question)[0]
    assert (answer["message"], answer["fault"], answer["field"]) == ("QueryError", fault, field), answer


def test_commands_say_what_is_wrong(engine, tmp_path):
    def refused(*arguments):
        result = subprocess.run([BINARY, *map(str, arguments)], capture_output=True, text=True)
        assert result.returncode in (2, 64, 70), result.stdout + result.stderr
        return result.stderr

    engine.start()
    assert "pool 9 is not known" in refused("cures", "--pool", 9, "--endpoint", engine.at("query"))
    assert "instrument:quantity:price" in refused("what-if", "--pool", 9, "--trade=3:1", "--endpoint", engine.at("query"))
    assert "--log" in refused("explain", "--pool", 9, "--at", 5)
    engine.stop()
    assert "is not in the log" in refused("explain", "--pool", 9, "--log", engine.log, "--at", 10_000_000)
    assert "does an engine run there" in refused("cures", "--pool", 9, "--endpoint", engine.at("query"), "--patience", 1)
