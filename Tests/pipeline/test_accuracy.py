"""Option values and Greeks of `plimsoll margin` against multiprecision, and against published tables.

The reference is the textbook's formulas with 50 digits at exactly the numbers that the command reads. The range: one day
to five years, volatilities of 1 to 500 %, |ln(F/K)| up to six standard deviations.
"""
import csv
import json
import math
import subprocess

import pytest
from engine import BINARY, DATA, ROOT
from mpmath import erfc, exp, log, mp, mpf, pi, sqrt

YEAR = 365 * 86_400
TERMS = (86_400, 118_000.5, 3 * 86_400, 30 * 86_400, 182 * 86_400, YEAR, 3 * YEAR, 5 * YEAR)
VOLATILITIES = (0.01, 0.05, 0.2, 0.6, 1.5, 3.0, 5.0)
HALF_DEVIATIONS = range(-12, 13)
FORWARDS = (97_000.5, 2_500.0, 7.12e-6)
RATES = (0.0, 0.04, 0.15)
VALUE_TARGET = 1e-12  # of the forward
GREEK_TARGET = 1e-10  # relative, where the Greek exceeds
GREEK_FLOOR = 1e-6  # of the most it can be
# A rounding of a value that is itself larger than the forward is not counted as the model's error.
ROUNDING = 2**-51


@pytest.fixture(autouse=True)
def fifty_digits():
    with mp.workdps(50):
        yield


class Option:
    """One long option."""

    def __init__(self, kind, settlement, spot, forward, strike, volatility, seconds, rate):
        self.kind, self.settlement, self.spot, self.forward = kind, settlement, spot, forward
        self.strike, self.volatility, self.seconds, self.rate = strike, volatility, seconds, rate

    def case(self):
        expiry = {"secondsToExpiry": self.seconds, "forward": self.forward, "rate": self.rate}
        return {"name": str(vars(self)), "market": {"BTC": {"spot": self.spot, "expiries": [expiry]}},
                "account": {"options": [{"underlying": "BTC", "settlement": self.settlement, "type": self.kind,
                                         "secondsToExpiry": self.seconds, "strike": self.strike,
                                         "impliedVolatility": self.volatility, "size": 1}]}}

    def reference(self):
        """Value and Greeks in the units of the glossary, and the most that each can be for any strike.

        Of rho that is the call's: a put's grows with the strike for ever.
        """
        spot, forward, strike = mpf(self.spot), mpf(self.forward), mpf(self.strike)
        volatility, years, rate = mpf(self.volatility), mpf(self.seconds) / YEAR, mpf(self.rate)
        sign = 1 if self.kind == "call" else -1
        deviation = volatility * sqrt(years)
        d1 = log(forward / strike) / deviation + deviation / 2
        black = sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - deviation)))
        linear = self.settlement == "linear"
        money = exp(-rate * years) if linear else spot / forward
        value, worth = money * black, money * forward
        decay = -worth * volatility / (2 * sqrt(years)) / 365
        greeks = {"delta": worth * sign * normal(sign * d1) / spot,
                  "gamma": worth * density(d1) / (deviation * spot**2),
                  "vega": worth * density(d1) * sqrt(years) / 100,
                  "theta": decay * density(d1) + (rate * value / 365 if linear else 0),
                  "rho": -years * value / 100 if linear else mpf(0)}
        largest = {"delta": worth / spot, "gamma": worth * density(0) / (deviation * spot**2),
                   "vega": worth * density(0) * sqrt(years) / 100, "theta": -decay * density(0),
                   "rho": years * worth / 100}
        return value, greeks, largest


def normal(x):
    return erfc(-x / sqrt(mpf(2))) / 2


def density(x):
    return exp(-mpf(x)**2 / 2) / sqrt(2 * pi)


def grid():
    """Every term, volatility and moneyness, call and put; forwards, spots, rates and settlements in turn."""
    place = 0
    for seconds in TERMS:
        for volatility in VOLATILITIES:
            deviation = volatility * math.sqrt(seconds / YEAR)
            for half in HALF_DEVIATIONS:
                for kind in ("call", "put"):
                    place += 1
                    forward = FORWARDS[place % 3]
                    yield Option(kind, "inverse" if place // 3 % 4 == 0 else "linear", forward * (1, 0.97)[place % 2],
                                 forward, forward * math.exp(half / 2 * deviation), volatility, seconds,
                                 RATES[place % 5 % 3])


def answers(options):
    lines = "\n".join(json.dumps(option.case()) for option in options)
    result = subprocess.run([BINARY, "margin", "--lines", "--case", "-"], input=lines, capture_output=True, text=True,
                            cwd=ROOT)
    assert result.returncode == 0, result.stderr[-2000:]
    found = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(found) == len(options)
    return found


def test_values_and_greeks_agree_with_multiprecision(capsys):
    options = list(grid())
    worst = {}

    def note(name, error, option):
        if error > worst.get(name, (-1, None))[0]:
            worst[name] = (error, option)

    for option, answer in zip(options, answers(options)):
        value, greeks, largest = option.reference()
        note("value, of the forward", (abs(answer["equity"] - value) - ROUNDING * value) / option.forward, option)
        (found,) = answer["greeks"]
        for name, greek in greeks.items():
            if abs(greek) > GREEK_FLOOR * largest[name]:
                note(name, abs(found[name] - greek) / abs(greek), option)

    with capsys.disabled():
        print(f"\nworst errors of {len(options)} options against 50 digits")
        for name, (error, option) in worst.items():
            print(f"  {name:22} {float(error):.2g}  {option.settlement} {option.kind}, {option.seconds / 86_400:g} days,"
                  f" {option.volatility:.0%}, ln(F/K) {math.log(option.forward / option.strike):+.3g}")
    assert len(options) == 2800 and len(worst) == 6
    assert worst.pop("value, of the forward")[0] <= VALUE_TARGET
    for name, (error, _) in worst.items():
        assert error <= GREEK_TARGET, name


def test_values_and_greeks_of_py_vollib_on_spot():
    """101 rows of py_vollib's own tests: Black-Scholes on spot, where the forward is S·exp(rt)."""
    table = DATA.parent / "vectors/pyvollib_bs_101.csv"
    if not table.is_file():
        pytest.skip(f"no table at {table}")
    rows = [{name: float(text) for name, text in row.items()} for row in csv.DictReader(table.open())]
    assert len(rows) == 101
    options = [Option(kind, "linear", row["S"], row["S"] * math.exp(row["R"] * row["t"]), row["K"], row["v"],
                      row["t"] * YEAR, row["R"]) for row in rows for kind in ("call", "put")]

    found = answers(options)

    for place, (option, answer) in enumerate(zip(options, found)):
        row, prefix = rows[place // 2], "CP"[place % 2]
        years, value, (greeks,) = row["t"], answer["equity"], answer["greeks"]
        # Theirs move the forward with time and rate; ours hold it.
        moved = row["S"] * greeks["delta"]
        close(value, row["bs_call" if option.kind == "call" else "bs_put"])
        close(greeks["delta"], row[prefix + "D"])
        close(greeks["gamma"], row[prefix + "G"])
        close(greeks["theta"] * 365 - row["R"] * moved, row[prefix + "T"])
        close(greeks["vega"] * 100, row[prefix + "V"])
        close(greeks["rho"] * 100 + years * moved, row[prefix + "R"])


def close(ours, theirs):
    """Their tables have about six digits."""
    assert ours == pytest.approx(theirs, rel=2e-5, abs=1e-6)
