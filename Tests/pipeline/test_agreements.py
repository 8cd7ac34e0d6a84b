"""Term sheets: what `plimsoll agreement` finds in one, and what a live pool does with the model that one names."""
import json
import subprocess

import pytest
from engine import BINARY, ROOT
from live_bus import LiveBus
from test_live_mutual_pool import LONG, PERPETUAL, open_market

METHODS = ["deribit-portfolio", "derive-portfolio", "derive-standard", "dydx-perpetual", "expected-shortfall",
           "okx-range", "span"]
NUMBERS = ("--agreement", "6", "--source", "1", "--sequence", "9")


def run(*arguments, text=None):
    return subprocess.run([BINARY, *map(str, arguments)], input=text, capture_output=True, text=True, cwd=ROOT)


def sheet_of(folder, *lines):
    sheet = folder / "sheet.yaml"
    sheet.write_text("\n".join(("name: a sheet", *lines)) + "\n")
    return sheet


@pytest.mark.parametrize("example, method", [("mutual", "plimsoll"), ("one-owner", "span")])
def test_the_examples_hold_and_say_what_margins_their_pools(example, method):
    result = run("agreement", "check", f"config/agreements/{example}.yaml")

    assert result.returncode == 0 and "no mistakes" in result.stdout, result.stdout + result.stderr
    assert f"margined by {method}" in result.stdout


def test_mistakes_are_named_with_their_lines(tmp_path):
    sheet = tmp_path / "sheet.yaml"
    sheet.write_text("kind: mutual\nbetaMax: 1.5\nrampHours: x\ncolour: 1\n")

    result = run("agreement", "check", sheet)

    assert result.returncode == 2
    for place in ("sheet.yaml:2: betaMax", "sheet.yaml:3: rampHours", "sheet.yaml:4: colour", "name", "termsDigest"):
        assert place in result.stdout, result.stdout


@pytest.mark.parametrize("lines, announced", [
    (["kind: oneOwner"], ""),
    (["kind: oneOwner", "model: plimsoll"], "plimsoll"),
    (["kind: mutual", "affiliates: true", "model: plimsoll"], "plimsoll"),
    *((["kind: oneOwner", f"model: {method}"], method) for method in METHODS),
])
def test_the_model_of_a_sheet_is_that_of_its_event(tmp_path, lines, announced):
    result = run("agreement", "announce", sheet_of(tmp_path, *lines), *NUMBERS)

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout)["entries"][0]["model"] == announced


@pytest.mark.parametrize("kind, model, words", [
    ("oneOwner", "abacus", ['no margin method "abacus"', "expected plimsoll, deribit-portfolio"]),
    ("oneOwner", "Span", ['no margin method "Span"']),
    ("oneOwner", "[span]", ['no margin method ""']),
    ("oneOwner", "", ['no margin method ""']),
    ("oneOwner", "a-name-that-is-too-long-for-any-symbol-on-the-bus", ["no margin method"]),
    ("mutual", "abacus", ['no margin method "abacus"']),
    ("mutual", "span", ["mutual pools have the default model, not span"]),
])
def test_a_model_that_its_pools_cannot_have_is_named_and_never_announced(tmp_path, kind, model, words):
    sheet = sheet_of(tmp_path, f"kind: {kind}", "affiliates: true" if kind == "mutual" else "", f"model: {model}")

    checked, announced = run("agreement", "check", sheet), run("agreement", "announce", sheet, *NUMBERS)

    assert checked.returncode == 2 and announced.returncode == 2 and announced.stdout == ""
    for word in ["sheet.yaml:4: model: ", *words]:
        assert word in checked.stdout and word in announced.stderr, checked.stdout + announced.stderr


def test_a_live_pool_is_margined_by_the_method_that_its_sheet_names(engine):
    def margin(pool):
        return float(engine.ask({"message": "ExplainQuery", "pool": pool, "record": 0})[0]["initialMargin"])

    with LiveBus(engine) as bus:
        engine.start()
        assert bus.subscribed.wait(60)
        open_market(bus)
        line = run("agreement", "announce", "config/agreements/one-owner.yaml", "--agreement", 6, "--source", 1,
                   "--sequence", bus.sequence, "--time", bus.time).stdout.strip()
        bus.send_frame("ref.", bytes.fromhex(run("wire", "encode", text=line + "\n").stdout.strip()))
        bus.settled()
        default = margin(LONG)
        bus.send("ref.", "PoolMembership", [{"account": LONG, "pool": 600, "agreement": 6, "action": "join"}])
        bus.settled()
        live = margin(600)
        assert engine.stop() == 0

    case = {"market": {"BTC": {"spot": 60000, "perpetual": {"price": 60000}}},
            "account": {"cash": 12000, "perpetuals": [{"underlying": "BTC", "size": 1, "entryPrice": 60000}]}}
    answer = run("margin", "--case", "-", "--model", "span", text=json.dumps(case))
    assert live == json.loads(answer.stdout)["initialMargin"]["requirement"] == 10560 and default == 9960, answer
