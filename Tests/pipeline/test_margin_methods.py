"""`plimsoll margin --model METHOD`: published figures through cases of our own format, and refusals by name."""
import json
import subprocess

import pytest
from engine import BINARY, ROOT


def margin(case, model, *arguments):
    return subprocess.run([BINARY, "margin", "--model", model, "--case", "-", *arguments], input=json.dumps(case),
                          capture_output=True, text=True, cwd=ROOT)


def answer(case, model):
    result = margin(case, model)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def complaint(case, model, *arguments):
    result = margin(case, model, *arguments)
    assert result.returncode == 2 and result.stdout == "", result.stdout
    return result.stderr


# Test1 of StandardManager/test-cases.json (derivexyz/v2-core).
CALL = {
    "name": "short call",
    "market": {"ETH": {"spot": 1500, "perpetual": {"price": 1505}, "expiries": [
        {"secondsToExpiry": 500400, "forward": 1500.833279310994}]}},
    "account": {"options": [{"underlying": "ETH", "secondsToExpiry": 500400, "strike": 1500, "type": "call",
                             "impliedVolatility": 1.047884494085, "size": -1}]}}

# Number 33 of PMRM_2/portfolio_cases: perpetuals, coin, options, and prices of low confidence.
HEDGE = {
    "name": "general perp hedging",
    "market": {"BTC": {
        "spot": 3000, "spotConfidence": 0.2, "perpetual": {"price": 100000, "confidence": 0.1}, "expiries": [
            {"secondsToExpiry": 794852, "forward": 3113.1678785393888, "rate": 0.15000000000000002,
             "volatilityConfidence": 0.95}]}},
    "stablecoinPrice": 1.00019088635,
    "account": {
        "collateral": [{"asset": "BTC", "underlying": "BTC", "amount": 1, "price": 3000, "confidence": 0.2,
                        "maintenanceHaircut": 0.02, "initialHaircut": 0.01}],
        "perpetuals": [{"underlying": "BTC", "size": -1, "entryPrice": 100000}],
        "options": [{"underlying": "BTC", "secondsToExpiry": 794852, "strike": 100000, "type": "put",
                     "impliedVolatility": 0.6701175743327585, "size": 10}]}}


def test_a_short_call_needs_what_is_published():
    got = answer(CALL, "derive-standard")

    assert (got["model"], got["name"], got["members"]) == ("derive-standard", "short call", [])
    assert got["initialMargin"]["balance"] == pytest.approx(-304.371585, abs=1e-6)
    assert got["maintenanceMargin"]["balance"] == pytest.approx(-191.871585, abs=1e-6)
    assert got["initialMargin"]["requirement"] == pytest.approx(225, rel=1e-12)
    assert got["equity"] == got["markToMarket"] == pytest.approx(-79.371585, abs=1e-6)
    assert [component["name"] for component in got["components"]] == ["isolated options ETH 500400 s"]
    assert got["bindingScenario"] is None


def test_a_hedge_with_prices_of_low_confidence_needs_what_is_published():
    got = answer(HEDGE, "derive-portfolio")

    assert got["initialMargin"]["balance"] == pytest.approx(859668.4190349346, rel=1e-12)
    assert got["maintenanceMargin"]["balance"] == pytest.approx(907071.7014477414, rel=1e-12)
    binding = got["bindingScenario"]
    assert (binding["index"], binding["volatility"]) == (0, "up")
    assert binding["loss"] == pytest.approx(76293.7308905537, rel=1e-12)
    for level, name in [("initial", "initialMargin"), ("maintenance", "maintenanceMargin")]:
        assert sum(part[level] for part in got["components"]) == pytest.approx(got[name]["requirement"], rel=1e-12)


def test_a_pool_of_one_owner_is_one_account():
    members = [{"id": "coin", "account": {"collateral": HEDGE["account"]["collateral"]}},
               {"id": "rest", "account": {key: HEDGE["account"][key] for key in ("perpetuals", "options")}}]
    pool = {key: HEDGE[key] for key in ("name", "market", "stablecoinPrice")}
    pool["pool"] = {"agreement": {"kind": "oneOwner"}, "members": members}

    assert answer(pool, "derive-portfolio") == answer(HEDGE, "derive-portfolio")
    pool["pool"]["agreement"]["kind"] = "mutual"
    assert "mutual pools" in complaint(pool, "derive-portfolio")


def test_a_case_may_set_the_parameters_of_its_method():
    plain = answer(HEDGE, "derive-portfolio")
    twice = answer({**HEDGE, "parameters": {"initialFactor": "2"}}, "derive-portfolio")

    loss = plain["bindingScenario"]["loss"]
    assert twice["initialMargin"]["requirement"] == pytest.approx(plain["initialMargin"]["requirement"] + loss)
    assert twice["maintenanceMargin"] == plain["maintenanceMargin"]
    assert twice["parametersVersion"] != plain["parametersVersion"]
    same = answer({**HEDGE, "parameters": {"initialFactor": 1}}, "derive-portfolio")
    assert same == plain


def test_a_parameter_file_of_ones_own(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text("version: 7\nmodel: derive-standard\ninitialMax: 0.2\n")
    result = margin(CALL, "derive-standard", "--risk", str(path))

    got = json.loads(result.stdout)
    assert got["initialMargin"]["requirement"] == pytest.approx(300, rel=1e-12)
    assert got["parametersVersion"].startswith("7-")


@pytest.mark.parametrize("text, words", [
    ("model: derive-standard\n", "version"), ("version: 1\nmodel: span\n", ":2: model"),
    ("version: 1\ninitialMax: plenty\n", "initialMax"), ("version: 1\ncolour: red\n", "colour"), ("- 1\n", "mapping"),
    ("version: 1\ninitialMax: .inf\n", "initialMax"), ("version: 1\nversion: 2\n", "mine.yaml"),
])
def test_a_wrong_parameter_file_is_named(tmp_path, text, words):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    message = complaint(CALL, "derive-standard", "--risk", str(path))

    assert "mine.yaml" in message and words in message, message


def order(instrument):
    return {**CALL, "account": {**CALL["account"], "orders": [{"instrument": instrument, "size": 1, "price": 10}]}}


@pytest.mark.parametrize("case, words", [
    ({**CALL, "parameters": {"colour": 1}}, "parameters.colour"),
    ({**CALL, "parameters": {"initialMax": -1}}, "parameters.initialMax"),
    ({**CALL, "parameters": {"initialMax": None}}, "parameters.initialMax"),
    ({**CALL, "stablecoinPrice": 0}, "stablecoinPrice"),
    ({**CALL, "market": {"ETH": {**CALL["market"]["ETH"], "spotConfidence": 2}}}, "ETH spotConfidence"),
    ({**CALL, "account": {"futures": [{"underlying": "ETH", "secondsToExpiry": 500400, "size": 1, "entryPrice": 1500,
                                       "mark": 1501}]}}, "dated futures"),
    (order({"perpetual": "ETH"}), "open orders"),
    (order({"option": "ETH", "secondsToExpiry": 500400, "strike": 1500, "type": "put"}), "open orders"),
    (order({"option": "ETH", "secondsToExpiry": 500400, "strike": 1600, "type": "put"}), "no volatility"),
    (order({"option": "ETH", "secondsToExpiry": 7, "strike": 1500, "type": "put"}), "no such expiry"),
    (order({"future": "ETH", "secondsToExpiry": 500400}), "no mark"),
    (order({"perpetual": "SOL"}), "orders[0].instrument.perpetual"),
    (order({"perpetual": "ETH", "strike": 1}), "orders[0].instrument.strike"),
    (order({}), "expected a perpetual, future or option"),
])
def test_what_the_method_cannot_use_is_named(case, words):
    message = complaint(case, "derive-standard")
    assert 'case "short call": ' in message and words in message, message
