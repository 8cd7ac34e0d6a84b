"""`plimsoll margin --model expected-shortfall`: histories in a case and from a file; expected figures are worked here."""
import json
import math
import subprocess
from datetime import date, timedelta

import pytest
from engine import BINARY, ROOT


def margin(case, *arguments, model="expected-shortfall"):
    return subprocess.run([BINARY, "margin", "--model", model, "--case", "-", *arguments], input=json.dumps(case),
                          capture_output=True, text=True, cwd=ROOT)


def answer(case, *arguments, **options):
    result = margin(case, *arguments, **options)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def complaint(case, *arguments):
    result = margin(case, *arguments)
    assert result.returncode == 2 and result.stdout == "", result.stdout
    return result.stderr


def dates(count):
    return [str(date(2024, 1, 1) + timedelta(days=day)) for day in range(count)]


def case(returns, **parameters):
    """Two BTC perpetuals long at their mark, and a history of BTC."""
    return {"name": "long", "market": {"BTC": {"spot": 60000, "perpetual": {"price": 60030}}},
            "parameters": {"history": {"dates": dates(len(returns)), "spot": {"BTC": list(returns)}}, **parameters},
            "account": {"cash": 5000, "perpetuals": [{"underlying": "BTC", "size": 2, "entryPrice": 60030}]}}


# Calm days but for two falls.
RETURNS = [0.001 * (-1) ** day for day in range(200)]
RETURNS[60], RETURNS[150] = -0.30, -0.20


def test_a_history_in_the_case_is_simulated():
    got = answer(case(RETURNS, rule="shortfall", filter={"scaling": "none"}))

    # 200 days at 99 %: the two falls. Both lie in the stressed window, which is all there is.
    worst = [60030 * 2 * (1 - math.exp(move)) for move in (-0.30, -0.20)]
    assert got["initialMargin"]["requirement"] == pytest.approx(sum(worst) / 2, rel=1e-12)
    assert got["equity"] == 5000
    # At 97.5 % the tail has five: three more of −0.001.
    five = (sum(worst) + 3 * 60030 * 2 * (1 - math.exp(-0.001))) / 5
    assert got["maintenanceMargin"]["requirement"] == pytest.approx(five, rel=1e-12)
    assert [part["name"] for part in got["components"]] == ["filtered shortfall", "stressed shortfall"]
    assert got["components"][1]["initial"] == pytest.approx(0.25 * sum(worst) / 2, rel=1e-12)
    binding = got["bindingScenario"]
    assert binding["index"] == 60 and binding["volatility"] == f"as on {dates(200)[60]}"
    assert binding["spotMove"] == pytest.approx(math.exp(-0.30) - 1, rel=1e-12)


def test_half_of_the_default_model_binds_after_calm_days(tmp_path):
    calm = [0.001 * (-1) ** day for day in range(200)]
    question = case(calm)

    got = answer(question)

    del question["parameters"]
    plain = answer(question, model="plimsoll")
    for level in ("initialMargin", "maintenanceMargin"):
        assert got[level]["requirement"] == pytest.approx(0.5 * plain[level]["requirement"], rel=1e-12)
    assert [part["name"] for part in got["components"]] == ["default model"]
    assert got["bindingScenario"]["index"] == plain["bindingScenario"]["index"]


def test_a_file_of_closes_is_the_history_in_the_case(tmp_path):
    prices = [60000.0]
    for move in RETURNS:
        prices.append(prices[-1] * math.exp(move))
    days = [str(date(2023, 12, 31))] + dates(200)
    path = tmp_path / "closes.csv"
    path.write_text("date,BTC,SOL\n" + "".join(f"{day},{price!r},\n" for day, price in zip(days, prices)))
    question = case(RETURNS)
    inside = answer(question)
    del question["parameters"]

    from_file = answer(question, "--history", str(path))

    assert from_file["initialMargin"]["requirement"] == pytest.approx(inside["initialMargin"]["requirement"], rel=1e-9)
    assert from_file["bindingScenario"]["index"] == inside["bindingScenario"]["index"] == 60


def test_a_column_of_volatilities_is_the_history_of_options_in_the_case(tmp_path):
    moves = [0.03 * math.sin(7 * day) for day in range(200)]
    price, level, rows = 60000.0, 50.0, []
    for day, move, wander in zip([str(date(2023, 12, 31))] + dates(200), [0.0] + RETURNS, [0.0] + moves):
        price, level = price * math.exp(move), level * math.exp(wander)
        rows.append(f"{day},{price!r},{level!r}\n")
    path = tmp_path / "closes.csv"
    question = case(RETURNS, rule="shortfall")
    question["market"]["BTC"]["expiries"] = [{"secondsToExpiry": 864000, "forward": 60000}]
    question["account"]["options"] = [
        {"underlying": "BTC", "secondsToExpiry": 864000, "strike": 60000, "type": "call", "impliedVolatility": 0.5,
         "size": -1}]
    question["parameters"]["history"]["volatility"] = {"BTC": {"30": moves}}
    inside = answer(question)
    del question["parameters"]["history"]

    path.write_text("date,BTC,BTC:30\n" + "".join(rows))
    from_file = answer(question, "--history", str(path))

    assert from_file["initialMargin"]["requirement"] == pytest.approx(inside["initialMargin"]["requirement"], rel=1e-9)
    path.write_text("date,BTC,BTC:month\n" + "".join(rows))
    assert "expected a tenor in days" in complaint(question, "--history", str(path))


@pytest.mark.parametrize("change, words", [
    (lambda question: question.pop("parameters"), "the history of BTC is missing"),
    (lambda question: question["parameters"]["history"]["spot"]["BTC"].append(0.1),
     "201 returns for 200 dates"),
    (lambda question: question["parameters"].update(decay=0.9), "decay: "),
    (lambda question: question["parameters"].update(scenariosMin=201), "a history of 201 dates (there are 200)"),
    (lambda question: question["account"].update(options=[
        {"underlying": "BTC", "secondsToExpiry": 864000, "strike": 60000, "type": "call", "impliedVolatility": 0.5,
         "size": 1}]), "secondsToExpiry"),
])
def test_what_cannot_be_used_is_named(change, words):
    question = case(RETURNS)
    change(question)

    assert words in complaint(question)


def test_a_history_file_that_cannot_be_read_is_named(tmp_path):
    question = case(RETURNS)

    assert "nowhere.csv" in complaint(question, "--history", str(tmp_path / "nowhere.csv"))
