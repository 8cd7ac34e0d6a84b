"""Option values from real volatilities and forwards: equal to an independent Black-76, and shown beside the real marks.

The distribution against the marks is printed, not bounded: the rows of a snapshot were recorded over some seconds, so
that a row's forward is not always the one its mark was computed with (deep in the money, where volatility does not
matter, marks imply forwards up to 0.1 % away).
"""
import csv
import gzip
import json
import subprocess
from datetime import datetime
from math import erfc, log, sqrt

from engine import BINARY, ROOT

DAY = 86_400.0
VOLATILITY_QUANTUM = 1e-4  # mark_iv is published in hundredths of a per cent
PRICE_QUANTUM = 1e-8  # mark_price_coin has eight decimals


def options(data):
    """Every option of the twelve snapshots that has more than a day to live, a mark and a volatility."""
    with gzip.open(data / "option_chain_2026-02-04_06_12snapshots.csv.gz", "rt") as lines:
        for row in csv.DictReader(lines):
            seconds = (moment(row["expiry_utc"]) - moment(row["snapshot_utc"])).total_seconds()
            if seconds > DAY and row["mark_price_coin"] and row["mark_iv"]:
                yield row, seconds


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def case(row, seconds):
    """One long option; with spot at the forward its equity in dollars is the coin value times the forward."""
    forward = float(row["underlying_price"])
    return {"name": row["instrument_name"],
            "market": {row["currency"]: {"spot": forward, "expiries": [{"secondsToExpiry": seconds, "forward": forward}]}},
            "account": {"options": [{"underlying": row["currency"], "settlement": "inverse", "secondsToExpiry": seconds,
                                     "strike": float(row["strike"]), "type": row["option_type"],
                                     "impliedVolatility": float(row["mark_iv"]), "size": 1}]}}


def black_over_forward(row, seconds):
    """Undiscounted Black-76 in coin, from the textbook."""
    forward, strike, volatility = (float(row[key]) for key in ("underlying_price", "strike", "mark_iv"))
    deviation = volatility * sqrt(seconds / (365 * DAY))
    sign = 1 if row["option_type"] == "call" else -1
    d1 = log(forward / strike) / deviation + deviation / 2
    def normal(x):
        return erfc(-x / sqrt(2)) / 2
    return sign * (normal(sign * d1) - strike / forward * normal(sign * (d1 - deviation)))


def test_model_values_of_real_options_are_black_76(data, capsys):
    chain = list(options(data))
    lines = "\n".join(json.dumps(case(*option)) for option in chain)
    result = subprocess.run([BINARY, "margin", "--lines", "--case", "-"], input=lines, capture_output=True, text=True,
                            cwd=ROOT)
    assert result.returncode == 0, result.stderr[-2000:]
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == len(chain) > 10_000

    for (row, seconds), answer in zip(chain, answers):
        forward, strike = float(row["underlying_price"]), float(row["strike"])
        difference = abs(answer["equity"] / forward - black_over_forward(row, seconds))
        assert difference <= 1e-12 * max(1, strike / forward), row["instrument_name"]

    ratios, errors = [], []
    for (row, _), answer in zip(chain, answers):
        forward = float(row["underlying_price"])
        error = abs(answer["equity"] / forward - float(row["mark_price_coin"]))
        vega = float(row["vega_usd_per_volpt"]) * 100 / forward  # coin per 1.00 of volatility
        errors.append(error)
        ratios.append(error / (VOLATILITY_QUANTUM / 2 * vega + PRICE_QUANTUM / 2))
    ratios.sort()
    errors.sort()
    with capsys.disabled():
        show("difference from the marks, in coin", errors)
        show("the same over what the quotes resolve", ratios)


def show(name, values):
    marks = {f"p{p}": values[min(len(values) - 1, int(len(values) * p / 100))] for p in (50, 90, 99, 99.9)}
    text = "  ".join(f"{mark} {value:.3g}" for mark, value in marks.items())
    print(f"\n{name}: {len(values)} options  {text}  max {values[-1]:.3g}", end="")
