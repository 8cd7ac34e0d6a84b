"""Requirements in what positions settle in, beside dollars: margin cases and explanations."""
from fractions import Fraction

import pytest
from test_margin_command import answer

MARKET = {"BTC": {"spot": 60000, "perpetual": {"price": 60000}}}


def test_a_pool_that_settles_in_coin_is_answered_in_coin_too():
    one = answer({"market": MARKET, "account": {
        "collateral": [{"asset": "BTC", "underlying": "BTC", "amount": 2}],
        "perpetuals": [{"underlying": "BTC", "settlement": "inverse", "size": 30000, "entryPrice": 60000}]}})
    (settlement,) = one["settlements"]
    assert (settlement["asset"], settlement["price"]) == ("BTC", 60000)
    assert settlement["equity"] == pytest.approx(one["equity"] / 60000, rel=1e-15)
    assert settlement["equity"] == pytest.approx(2)
    for level in ("initialMargin", "maintenanceMargin"):
        assert one[level]["requirement"] > 0
        assert settlement[level] == pytest.approx(one[level]["requirement"] / 60000, rel=1e-15)


def test_a_stablecoin_counts_at_its_price_and_dollars_are_not_repeated():
    perpetual = {"underlying": "BTC", "size": 1, "entryPrice": 60000}
    dollars = {"market": MARKET, "account": {"cash": 20000, "perpetuals": [perpetual]}}
    assert "settlements" not in answer(dollars)
    one = answer({"market": MARKET, "account": {
        "collateral": [{"asset": "USDC", "amount": 20000, "price": 0.98}],
        "perpetuals": [perpetual | {"settlementAsset": "USDC"}]}})
    (settlement,) = one["settlements"]
    assert (settlement["asset"], settlement["price"]) == ("USDC", 0.98)
    assert settlement["initialMargin"] == pytest.approx(one["initialMargin"]["requirement"] / 0.98, rel=1e-15)


def test_explanations_say_the_least_coin_that_is_worth_the_margin(engine, data):
    engine.start()
    engine.play("crash-2025-10-10", "--from", "2025-10-10T21:18:00Z", "--to", "2025-10-10T21:20:00Z",
                "--conflate", "10000")
    snapshot = engine.ask({"message": "SnapshotQuery", "prefix": "pool."})
    pools = [entry["pool"] for entry in snapshot if entry["message"] == "PoolState"]
    checked = 0
    for pool in pools[:30]:
        explanation = engine.ask({"message": "ExplainQuery", "pool": pool, "record": 0})[0]
        index = {}
        for entry in explanation["inputs"]:  # of each underlying the index comes first
            index.setdefault(entry["underlying"], Fraction(entry["price"]))
        for amounts in explanation["settlements"]:
            if amounts["asset"] not in index:
                continue
            price, unit = index[amounts["asset"]], Fraction(1, 10 ** 9)
            for level in ("initialMargin", "maintenanceMargin", "releaseMargin"):
                coin, dollars = Fraction(amounts[level]), Fraction(explanation[level])
                assert coin * price >= dollars > (coin - unit) * price, (pool, level)
            equity = Fraction(amounts["equity"])
            assert equity * price <= Fraction(explanation["equity"]) < (equity + unit) * price
            checked += 1
    assert checked > 5
