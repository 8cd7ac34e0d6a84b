"""The scenarios as streams: valid, monotone, deterministic, and true to the data that they are built from."""

import hashlib
from collections import Counter
from decimal import Decimal

import pytest
from ledger import Ledger

from replay_scenarios import SCENARIOS, chain, crash, settlement
from replay_scenarios.data_folder import nanoseconds
from replay_scenarios.exchange import scaled
from replay_scenarios.stream import numbered

BODY_BYTES_MAX = 64 * 1024


@pytest.fixture(scope="module")
def streams(data):
    """The events of a scenario, built once for all tests that look at them."""
    built = {}

    def events(name):
        if name not in built:
            built[name] = list(SCENARIOS[name].events(data))
        return built[name]

    return events


@pytest.fixture(params=SCENARIOS)
def name(request):
    return request.param


def digest(events, schema):
    sums = hashlib.sha256()
    for message in numbered(events, schema):
        sums.update(message.topic + message.body)
    return sums.hexdigest()


def test_the_same_bytes_come_twice(name, streams, data, schema):
    assert digest(streams(name), schema) == digest(SCENARIOS[name].events(data), schema)


def test_event_time_never_goes_back(name, streams):
    times = [event.time for event in streams(name)]
    assert times == sorted(times)


def test_every_entry_takes_the_next_number_of_its_source_and_no_frame_is_too_large(name, streams, schema):
    following = Counter()
    for message in numbered(streams(name), schema):
        assert message.first == following[message.source] + 1
        following[message.source] += message.count
        assert len(message.body) <= BODY_BYTES_MAX
    assert sum(following.values()) == sum(len(event.entries) for event in streams(name))


def test_frames_say_what_the_events_say(name, streams, schema):
    for message, event in zip(numbered(streams(name)[:2_000], schema), streams(name)):
        if len(event.entries) > message.count:
            break
        decoded, fields = schema.decode(message.body)
        assert (decoded, fields["sendingTime"], fields["source"]) == (event.message, event.time, event.source)
        assert fields["entries"] == event.entries


def test_nothing_is_used_before_it_is_known_and_books_net_to_zero(name, streams):
    ledger = Ledger()
    for event in streams(name):
        ledger.apply(event)
        if event.message == "Trade":
            assert not any(ledger.net().values())


def test_there_are_pools_of_every_shape(name, streams):
    members, isolated_members, modes = Counter(), Counter(), set()
    for event in streams(name):
        for entry in event.entries:
            if event.message == "PoolMembership":
                (isolated_members if entry["instrument"] else members)[entry["pool"]] += 1
            if event.message == "Trade":
                modes |= {entry["buyerMode"], entry["sellerMode"]}
    assert set(members.values()) <= {2, 3} and members
    if name != "settlement-2026-08":
        assert modes == {"cross", "isolated"}
        assert max(isolated_members.values()) >= 2


def test_a_smaller_population_still_makes_a_valid_stream(name, data):
    ledger = Ledger()
    for event in SCENARIOS[name].events(data, 10):
        ledger.apply(event)
    assert len(ledger.accounts) == 10


def test_the_exchange_holds_the_open_interest_of_the_chain(streams, data):
    ledger, checked = Ledger(), 0
    snapshots = chain.snapshots(data)
    events = streams("chain-2026-02")
    for event, following in zip(events, events[1:] + [None]):
        ledger.apply(event)
        if event.time in snapshots and (following is None or following.time != event.time):
            longs, symbols = ledger.longs(), {one["symbol"]: id for id, one in ledger.instruments.items()}
            for row in snapshots[event.time]:
                assert longs[symbols[row["instrument_name"]]] == scaled(row["open_interest_coin"], -1)
            checked += 1
    assert checked == len(snapshots) == 12


def test_every_mark_of_the_chain_is_published_under_its_own_forward(streams, data):
    wanted = Counter()
    for time, rows in chain.snapshots(data).items():
        for row in rows:
            wanted[time, row["instrument_name"], row["mark_price_coin"], row["underlying_price"]] += 1
    instruments, forwards, found = {}, {}, Counter()
    for event in streams("chain-2026-02"):
        for entry in event.entries:
            if event.message == "InstrumentListed":
                instruments[entry["instrument"]] = entry
            elif event.message == "ForwardPoint":
                forwards[entry["underlying"], entry["expiry"]] = entry["forward"]
            elif event.message == "MarkPrice" and instruments[entry["instrument"]]["optionType"] != "none":
                listed = instruments[entry["instrument"]]
                forward = forwards[listed["underlying"], listed["expiry"]]
                found[event.time, listed["symbol"], entry["price"], forward] += 1
    # A mark of zero says nothing and is left out.
    assert found == Counter(
        {(time, symbol, scaled(mark, -8), scaled(forward, -6)): count
         for (time, symbol, mark, forward), count in wanted.items() if scaled(mark, -8)})


def test_every_index_tick_of_the_crash_is_published(streams, data):
    ticks = [(int(row["ts_ms"]) * 1_000_000, scaled(row["price"], -6)) for row in data.rows(crash.INDEX_TICKS)]
    published = [(event.time, entry["price"]) for event in streams("crash-2025-10-10")
                 if event.message == "IndexPrice" and event.topic == "px.BTC." for entry in event.entries]
    # The first tick opens the day, before there are accounts.
    assert published == ticks
    assert published[0][0] < nanoseconds("2025-10-10T00:00:02")


def test_the_crash_begins_with_the_closes_of_the_volatility_index(streams, data):
    published = [entry for event in streams("crash-2025-10-10") if event.message == "VolatilityIndex"
                 for entry in event.entries]
    rows = [row for row in data.rows(crash.VOLATILITY_INDEX) if row["date_utc"] < "2025-10-10"][-1100:]
    assert [(entry["underlying"], entry["tenorDays"]) for entry in published] == [(3, 30)] * 1100
    assert [(entry["publishTime"], entry["volatility"]) for entry in published] == [
        (nanoseconds(row["date_utc"] + "T23:59:59"), scaled(row["dvol_close_pct"], -7)) for row in rows]


def test_every_print_of_the_tape_is_a_trade_and_nothing_is_open_after_settlement(streams, data):
    ledger, trades = Ledger(), []
    symbols = {}
    for event in streams("settlement-2026-08"):
        ledger.apply(event)
        for entry in event.entries:
            if event.message == "InstrumentListed":
                symbols[entry["instrument"]] = entry["symbol"]
            if event.message == "Trade":
                trades.append((event.time, symbols[entry["instrument"]], entry["price"], entry["quantity"]))
    rows = data.rows(settlement.TAPE)
    assert trades == [(int(row["ts_ms"]) * 1_000_000, row["instrument_name"], scaled(row["price_coin"], -8),
                       scaled(row["amount_coin"], -1)) for row in rows]
    assert not ledger.positions and not ledger.instruments
    last = [event for event in streams("settlement-2026-08") if event.message == "Settlement"][-1]
    assert {entry["price"] for entry in last.entries} == {scaled(Decimal("63486.06"), -6)}
