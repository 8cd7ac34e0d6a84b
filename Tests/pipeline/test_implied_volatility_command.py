"""`plimsoll implied-volatility`: prices in, volatilities out; expected figures come from a Black-76 written here."""
import csv
import gzip
import io
import subprocess
from collections import defaultdict
from datetime import datetime, timezone
from math import erfc, exp, log, sqrt

import pytest
from engine import BINARY, ROOT


def run(*arguments, text=None):
    return subprocess.run([BINARY, "implied-volatility", *arguments], input=text, capture_output=True, text=True,
                          cwd=ROOT)


def normal(x):
    return 0.5 * erfc(-x / sqrt(2))


def black(kind, forward, strike, volatility, years):
    sign, deviation = (1 if kind == "call" else -1), volatility * sqrt(years)
    d1 = log(forward / strike) / deviation + deviation / 2
    return sign * (forward * normal(sign * d1) - strike * normal(sign * (d1 - deviation)))


def one(kind, forward, strike, years, price, *more):
    return run("--type", kind, "--forward", repr(forward), "--strike", repr(strike), "--years", repr(years),
               "--price", repr(price), *more)


@pytest.mark.parametrize("kind", ["call", "put"])
@pytest.mark.parametrize("volatility", [0.05, 0.6, 3.0])
@pytest.mark.parametrize("years", [1 / 365, 0.25, 3.0])
def test_a_quote_in_dollars_or_coin_gives_the_volatility_it_was_made_from(kind, volatility, years):
    strike = 60_000 * exp((0.8 if kind == "call" else -0.8) * volatility * sqrt(years))
    price = black(kind, 60_000.0, strike, volatility, years)
    for quoted, more in [(price, []), (price / 60_000, ["--coin"]), (price * exp(-0.05 * years), ["--rate", "0.05"])]:
        result = one(kind, 60_000.0, strike, years, quoted, *more)
        assert result.returncode == 0, result.stderr
        assert float(result.stdout) == pytest.approx(volatility, rel=1e-12)


@pytest.mark.parametrize("price, name", [(4_999.0, "belowIntrinsic"), (60_000.0, "notBelowBound"), (-1.0, "badNumber")])
def test_a_price_without_a_volatility_is_named(price, name):
    result = run("--type", "call", "--forward", "60000", "--strike", "55000", "--years", "0.5", f"--price={price}")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(f"{name}: ")


def test_the_intrinsic_value_has_volatility_zero():
    assert float(one("call", 60_000.0, 55_000.0, 0.5, 5_000.0).stdout) == 0


def test_a_file_comes_back_with_two_columns_more():
    lines = ["name,type,forward,strike,price,currency,time,expiry",
             f"a,call,60000,65000,{black('call', 60000, 65000, 0.7, 0.2)!r},dollars,2026-02-04T00:00:00Z,"
             "2026-04-18T00:00:00Z",
             f"b,put,60000,50000,{black('put', 60000, 50000, 0.8, 0.2) / 60000!r},coin,2026-02-04T00:00:00Z,"
             "2026-04-18T00:00:00.000Z",
             "c,put,60000,65000,100,dollars,2026-02-04T00:00:00Z,2026-04-18T00:00:00Z"]
    result = run("-", text="\n".join(lines) + "\n")
    assert result.returncode == 1, result.stderr
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert [row["name"] for row in rows] == ["a", "b", "c"]
    assert float(rows[0]["impliedVolatility"]) == pytest.approx(0.7, rel=1e-12)
    assert float(rows[1]["impliedVolatility"]) == pytest.approx(0.8, rel=1e-12)
    assert [row["fault"] for row in rows] == ["", "", "belowIntrinsic"]
    assert rows[2]["impliedVolatility"] == ""


@pytest.mark.parametrize("text, complaint", [
    ("", "there is no header"),
    ("type,forward,strike,price\n", "neither a column years"),
    ("type,forward,strike,years\n", "no column price"),
    ("type,forward,strike,price,years\ncall,1,1,0.1\n", "line 2: 4 columns instead of 5"),
    ("type,forward,strike,price,years\nstraddle,1,1,0.1,1\n", "line 2: type \"straddle\" is neither"),
    ("type,forward,strike,price,years\ncall,x,1,0.1,1\n", "forward \"x\" is not a number"),
    ("type,forward,strike,price,years,currency,rate\ncall,1,1,0.1,1,coin,0.1\n", "rate must be 0"),
    ("type,forward,strike,price,time,expiry\ncall,1,1,0.1,noon,2026-01-01T00:00:00Z\n", "time \"noon\" is not a time"),
])
def test_a_file_that_cannot_be_read_is_named_and_nothing_is_printed(text, complaint):
    result = run("-", text=text)
    assert (result.returncode, result.stdout) == (2, "")
    assert complaint in result.stderr


def test_real_marks_give_the_volatilities_that_were_published_with_them(data):
    """OKX marks of the crash, in coin. The forward is not among the columns: call and put of one strike give it."""
    with gzip.open(data / "crash_2025-10-10_option_quotes_2s.csv.gz", "rt") as file:
        moments = defaultdict(dict)
        for row in csv.DictReader(file):
            if row["expiry_utc"].startswith("2025-10-31"):
                moments[int(row["ts_ms"])][row["type"], float(row["strike_price"])] = row
    lines, published = ["type,forward,strike,price,currency,time,expiry"], []
    for millis, rows in sorted(moments.items())[::50]:
        call, put = rows["call", 80_000.0], rows["put", 80_000.0]
        forward = 80_000 / (1 - float(call["mark_price"]) + float(put["mark_price"]))
        time = datetime.fromtimestamp(millis / 1000, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        for row in rows.values():
            lines.append(f"{row['type']},{forward!r},{row['strike_price']},{row['mark_price']},coin,{time},"
                         f"{row['expiry_utc']}")
            published.append(float(row["mark_iv"]))
    result = run("-", text="\n".join(lines) + "\n")
    answers = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.returncode == 0, [answer for answer in answers if answer["fault"]][:3]
    assert len(answers) == len(published) > 500
    errors = sorted(abs(float(answer["impliedVolatility"]) - volatility)
                    for answer, volatility in zip(answers, published))
    print(f"{len(errors)} marks: error of volatility {errors[len(errors) // 2]:.1e} median, {errors[-1]:.1e} worst")
    assert errors[len(errors) // 2] < 1e-4
