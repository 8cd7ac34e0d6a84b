"""Option values from real volatilities and forwards: equal to an independent Black-76, and to the real marks.

The recorder (znmahbub/SVCJ-Deribit-Inverse-Options-Pricer, src/collect_deribit_snapshot.py @635ed681) took marks,
volatilities and underlying prices from one answer per coin, ether's after a request for every bitcoin option. In it

- a row's underlying price is not the forward of its mark: put-call parity of the marks (C − P = 1 − K/F in coin) gives
  one forward for most expiries, exact to the rounding of the marks, and the rows carry others, up to 0.4 % away;
- time to expiry counts whole minutes, and ether's answer is two or three minutes younger than the snapshot's name;
- in the other expiries marks of several moments stand side by side, and nothing tells which option has which forward.

So an option is valued at the forward that the *other* strikes of its expiry imply, at the minute that the *other*
expiries of its coin imply: its own mark decides neither. It is synchronous if all those other strikes agree on one
forward. The bound is asserted for these; of the rest it is shown that forwards of the same answer explain them.
"""
import csv
import gzip
import json
import subprocess
from collections import defaultdict
from datetime import datetime, timedelta
from math import erfc, exp, log, pi, sqrt
from statistics import median

from engine import BINARY, ROOT

DAY = 86_400.0
VOLATILITY_QUANTUM = 1e-4  # mark_iv is published in hundredths of a per cent
PRICE_QUANTUM = {"BTC": 1e-8, "ETH": 1e-6}  # bitcoin marks have eight decimals, ether marks six
MINUTES = range(-1, 6)  # after the minute of the snapshot's name


class Option:
    """One row of a snapshot: a real option with its mark in coin."""

    def __init__(self, row):
        self.name, self.currency = row["instrument_name"], row["currency"]
        self.sign = 1 if row["option_type"] == "call" else -1
        self.forward, self.strike = float(row["underlying_price"]), float(row["strike"])
        self.volatility, self.mark = float(row["mark_iv"]), float(row["mark_price_coin"])
        self.snapshot, self.expiry = moment(row["snapshot_utc"]), moment(row["expiry_utc"])
        self.seconds = (self.expiry - self.snapshot).total_seconds()
        self.on_future = not row["underlying_name"].startswith("SYN.")
        self.answer = (self.snapshot, self.currency)

    def seconds_from(self, minute):
        """Time to expiry from a whole minute, counted from that of the snapshot's name."""
        return (self.expiry - self.snapshot.replace(second=0) - timedelta(minutes=minute)).total_seconds()

    def deviation(self, seconds):
        return self.volatility * sqrt(seconds / (365 * DAY))

    def d1(self, forward, seconds):
        return log(forward / self.strike) / self.deviation(seconds) + self.deviation(seconds) / 2

    def value(self, forward, seconds):
        """Undiscounted Black-76 in coin, from the textbook."""
        d1 = self.d1(forward, seconds)
        d2 = d1 - self.deviation(seconds)
        return self.sign * (normal(self.sign * d1) - self.strike / forward * normal(self.sign * d2))

    def tolerance(self, forward, seconds):
        """What the quotes resolve, in coin: half a quantum of volatility times vega, and half a price quantum."""
        vega = exp(-self.d1(forward, seconds) ** 2 / 2) / sqrt(2 * pi) * sqrt(seconds / (365 * DAY))
        return VOLATILITY_QUANTUM / 2 * vega + PRICE_QUANTUM[self.currency] / 2

    def ratio(self, value, forward, seconds):
        """Difference of a value from the mark over what the quotes resolve."""
        return abs(value - self.mark) / self.tolerance(forward, seconds)

    def implied_ratio(self, minute):
        """The same for Black-76 at the implied forward and a minute."""
        inputs = (self.implied, self.seconds_from(minute))
        return self.ratio(self.value(*inputs), *inputs)

    def beyond(self):
        """How far the mark lies outside the values at all forwards that the other strikes imply, likewise."""
        seconds = self.seconds_from(self.minute)
        low, high = sorted((self.value(self.lowest, seconds), self.value(self.highest, seconds)))
        return max(0, low - self.mark, self.mark - high) / self.tolerance(self.implied, seconds)

    def case(self, forward, seconds):
        """One long option; with spot at the forward its equity in dollars is the coin value times the forward."""
        expiry = {"secondsToExpiry": seconds, "forward": forward}
        return {"name": self.name, "market": {self.currency: {"spot": forward, "expiries": [expiry]}},
                "account": {"options": [{"underlying": self.currency, "settlement": "inverse", "size": 1,
                                         "secondsToExpiry": seconds, "strike": self.strike,
                                         "type": "call" if self.sign > 0 else "put",
                                         "impliedVolatility": self.volatility}]}}


def moment(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def normal(x):
    return erfc(-x / sqrt(2)) / 2


def options(data):
    """Every option of the twelve snapshots that has more than a day to live, a mark and a volatility."""
    with gzip.open(data / "option_chain_2026-02-04_06_12snapshots.csv.gz", "rt") as lines:
        chain = [Option(row) for row in csv.DictReader(lines) if row["mark_price_coin"] and row["mark_iv"]]
    chain = [option for option in chain if option.seconds > DAY]
    assert len(chain) > 19_000
    return chain


def grouped(chain, key):
    groups = defaultdict(list)
    for option in chain:
        groups[key(option)].append(option)
    return groups


def parity(calls_and_puts):
    """Strike → lowest and highest forward that the rounded marks of its call and put allow."""
    intervals = {}
    for strike, pair in grouped(calls_and_puts, lambda option: option.strike).items():
        if len(pair) == 2:
            difference, quantum = sum(option.sign * option.mark for option in pair), PRICE_QUANTUM[pair[0].currency]
            intervals[strike] = (strike / (1 - difference + quantum), strike / (1 - difference - quantum))
    return intervals


def imply_forwards(chain):
    """Gives every option the forwards that the other strikes of its expiry imply."""
    for calls_and_puts in grouped(chain, lambda option: (option.answer, option.expiry)).values():
        intervals = parity(calls_and_puts)
        for option in calls_and_puts:
            others = [interval for strike, interval in intervals.items() if strike != option.strike]
            lows, highs = zip(*others)
            option.lowest, option.highest = min(lows), max(highs)
            option.synchronous = max(lows) <= min(highs)
            if option.synchronous:
                option.implied = (max(lows) + min(highs)) / 2
                # Futures, unlike synthetic underlyings, are quoted in whole cents.
                if option.on_future and max(lows) <= round(option.implied, 2) <= min(highs):
                    option.implied = round(option.implied, 2)
            else:
                option.implied = median((low + high) / 2 for low, high in others)


def imply_minutes(chain):
    """Gives every option the minute at which most synchronous options of its coin's other expiries meet their marks."""
    for answer in grouped(chain, lambda option: option.answer).values():
        met = {expiry: {minute: sum(option.implied_ratio(minute) <= 1 for option in listed if option.synchronous)
                        for minute in MINUTES}
               for expiry, listed in grouped(answer, lambda option: option.expiry).items()}
        total = {minute: sum(one[minute] for one in met.values()) for minute in MINUTES}
        for option in answer:
            option.minute = max(MINUTES, key=lambda minute: total[minute] - met[option.expiry][minute])


def engine_values(chain, inputs):
    """Coin values from the engine at each option's forward and time to expiry, each equal to Black-76."""
    lines = "\n".join(json.dumps(option.case(*inputs(option))) for option in chain)
    result = subprocess.run([BINARY, "margin", "--lines", "--case", "-"], input=lines, capture_output=True, text=True,
                            cwd=ROOT)
    assert result.returncode == 0, result.stderr[-2000:]
    equities = [json.loads(line)["equity"] for line in result.stdout.splitlines()]
    assert len(equities) == len(chain)
    for option, equity in zip(chain, equities):
        forward, seconds = inputs(option)
        difference = abs(equity / forward - option.value(forward, seconds))
        assert difference <= 1e-12 * max(1, option.strike / forward), option.name
        yield equity / forward


def published(option):
    return option.forward, option.seconds


def implied(option):
    return option.implied, option.seconds_from(option.minute)


def test_values_of_real_options_are_black_76_and_meet_the_marks(data, capsys):
    chain = options(data)
    for option in chain:
        quanta = option.mark / PRICE_QUANTUM[option.currency]
        assert abs(quanta - round(quanta)) < 1e-6, f"{option.name}: mark {option.mark} has more decimals"
    imply_forwards(chain)
    imply_minutes(chain)

    for name, inputs in (("before", published), ("after", implied)):
        for option, value in zip(chain, engine_values(chain, inputs)):
            setattr(option, name, option.ratio(value, *inputs(option)))
    synchronous = [option for option in chain if option.synchronous]
    others = [option for option in chain if not option.synchronous]
    late = [option.implied_ratio(option.minute + 1) for option in synchronous]

    with capsys.disabled():
        print("\ndifference from the marks, in half quanta of volatility times vega and half price quanta")
        for text, listed in (("all options", chain), ("synchronous", synchronous), ("the others", others)):
            show(f"{text}, published forward and time", [option.before for option in listed])
            show(f"{text}, forward and minute implied", [option.after for option in listed])
        show("the others, beyond all implied forwards", [option.beyond() for option in others])
        show("synchronous, a minute late (control)", late)
        for name, listed in (("all options", chain), ("synchronous", synchronous)):
            print(f"target p99 <= 1, {name}: {'met' if percentile([o.after for o in listed], 99) <= 1 else 'MISSED'}")
        print("snapshot             coin  minute  options  synchronous  p99 published  p50 implied  p99 implied    max")
        for (snapshot, currency), listed in grouped(chain, lambda option: option.answer).items():
            before, after = ([getattr(o, name) for o in listed if o.synchronous] for name in ("before", "after"))
            print(f"{snapshot:%Y-%m-%d %H:%M:%S}  {currency}   {listed[0].minute:+5}  {len(listed):7}  {len(after):11}"
                  f"  {percentile(before, 99):13.0f}  {percentile(after, 50):11.3f}  {percentile(after, 99):11.3f}"
                  f"  {max(after):5.2f}")

    assert len(synchronous) > 13_000
    assert percentile([option.after for option in synchronous], 99) <= 1
    for answer, listed in grouped(synchronous, lambda option: option.answer).items():
        assert percentile([option.after for option in listed], 99) <= 1, answer
    assert percentile([option.beyond() for option in chain], 99) <= 1
    assert percentile(late, 99) > 2, "the comparison would not notice a minute"


def percentile(values, p):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * p / 100))]


def show(name, values):
    text = "  ".join(f"p{p} {percentile(values, p):.3g}" for p in (50, 90, 99, 99.9))
    outside = sum(value > 1 for value in values)
    print(f"{name:44}{len(values):6} options  {text}  max {max(values):.3g}  beyond one {outside}")
