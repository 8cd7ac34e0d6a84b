"""Cutting and conflating a stream, on events of its own: no market data is needed."""

from hypothesis import given
from hypothesis import strategies as st

from replay_scenarios.stream import Event, subject, window

MILLISECOND = 1_000_000


def price(time, instrument, value):
    entry = {"instrument": instrument, "price": value}
    return Event(time, 100 + instrument % 2, "px.", "MarkPrice", [entry])


def trade(time, number):
    return Event(time, 200, "tr.", "Trade", [{"trade": number}])


@st.composite
def streams(draw):
    times = sorted(draw(st.lists(st.integers(0, 50 * MILLISECOND), max_size=60)))
    make = st.sampled_from([price, price, price, None])
    return [trade(time, number) if (kind := draw(make)) is None else kind(time, draw(st.integers(1, 4)), number + 1)
            for number, time in enumerate(times)]


def state_at_trades(events):
    """What a trade meets: the trades before it and the latest price of everything; and what there is at the end."""
    prices, seen = {}, []
    for event in events:
        for entry in event.entries:
            if event.message == "Trade":
                seen.append((entry["trade"], dict(prices)))
            else:
                prices[subject(entry)] = entry["price"]
    return seen, prices


@given(streams(), st.sampled_from([1, 7, 20]))
def test_conflation_changes_nothing_that_a_trade_meets(events, milliseconds):
    conflated = list(window(events, conflation=milliseconds * MILLISECOND))

    assert state_at_trades(conflated) == state_at_trades(events)
    assert [event.time for event in conflated] == sorted(event.time for event in conflated)
    assert len(conflated) <= len(events)


@given(streams(), st.integers(0, 50 * MILLISECOND))
def test_what_was_before_the_window_still_happened(events, start):
    cut = list(window(events, start=start))

    assert state_at_trades(cut) == state_at_trades(events)
    assert [event for event in cut if event.time >= start] == [event for event in events if event.time >= start]


@given(streams(), st.integers(0, 50 * MILLISECOND))
def test_a_window_ends_before_its_end(events, end):
    assert list(window(events, end=end)) == [event for event in events if event.time < end]


def test_a_conflated_surface_ends_with_its_only_last_point():
    def surface(time, *strikes):
        points = [{"underlying": 3, "expiry": 9, "strike": strike, "volatility": time, "last": "no"}
                  for strike in strikes]
        return Event(time, 103, "px.BTC.", "VolatilityPoint", points[:-1] + [points[-1] | {"last": "yes"}])

    [merged] = window([surface(1, 10, 20), surface(2, 10)], conflation=MILLISECOND)

    assert [(entry["strike"], entry["volatility"], entry["last"]) for entry in merged.entries] == [
        (20, 1, "no"), (10, 2, "yes")]
