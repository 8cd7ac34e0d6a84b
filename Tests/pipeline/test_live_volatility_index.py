"""A running engine whose pool has an option under expected shortfall: from no history of volatility to a margin."""
import json
import math
from datetime import date, timedelta

from live_bus import SECOND, START, LiveBus
from test_live_mutual_pool import asset, explain, run

USD, BTC, CALL, AGREEMENT, POOL, DAYS = 1, 10, 7, 5, 50, 130
DAY, EXPIRY = 86_400 * SECOND, START + 20 * 86_400 * SECOND


def open_market(bus):
    """Account 1 is short a call, in a pool of its own under expected shortfall; BTC has a past of prices."""
    bus.send("ref.", "AssetListed", [asset(USD, "USD", -6, 0, "yes", "no"), asset(BTC, "BTC", -8, -2, "no", "yes")])
    bus.send("ref.", "InstrumentListed", [
        {"instrument": CALL, "symbol": "CALL", "kind": "linearOption", "optionType": "call", "underlying": BTC,
         "settlementAsset": USD, "priceExponent": -2, "quantityExponent": -2, "strike": 6_000_000, "expiry": EXPIRY}])
    bus.send("ref.", "AccountOpened", [{"account": n, "owner": n, "pool": n} for n in (1, 2)])
    bus.send("ref.", "PoolAgreement", [
        {"agreement": AGREEMENT, "kind": "oneOwner", "version": 1, "model": "expected-shortfall"}])
    bus.send("ref.", "PoolMembership", [{"account": 1, "pool": POOL, "agreement": AGREEMENT, "action": "join"}])
    bus.send("cash.", "Deposit", [
        {"reference": n, "account": n, "asset": USD, "amount": 10**11, "status": "final"} for n in (1, 2)])
    midnight = START - START % DAY
    past = [{"underlying": BTC, "price": 6_000_000 + round(100_000 * math.sin(3 * day)), "confidence": 10**9,
             "publishTime": midnight - day * DAY - SECOND} for day in range(DAYS, -1, -1)]
    now = {"underlying": BTC, "price": 6_000_000, "confidence": 10**9, "publishTime": bus.time}
    bus.send("px.BTC.", "IndexPrice", past + [now])
    bus.send("px.BTC.", "ForwardPoint", [
        {"underlying": BTC, "expiry": EXPIRY, "forward": 6_000_000, "publishTime": bus.time}])
    bus.send("px.BTC.", "VolatilityPoint", [
        {"underlying": BTC, "expiry": EXPIRY, "strike": 6_000_000, "volatility": 5 * 10**8, "last": "yes",
         "publishTime": bus.time}])
    bus.send("tr.", "Trade", [
        {"trade": 1, "instrument": CALL, "price": 250_000, "quantity": 100, "buyer": 2, "seller": 1,
         "tradeTime": bus.time}])


def indices(explanation):
    return [one for one in explanation["inputs"] if one["kind"] == "volatilityIndex"]


def test_an_option_has_a_margin_once_the_past_of_its_index_is_published(engine, tmp_path):
    days = [date(2025, 10, 8) - timedelta(days=day) for day in range(DAYS, -1, -1)]
    file = tmp_path / "dvol.csv"
    file.write_text("date_utc,dvol\n" + "".join(
        f"{day},{50 + 5 * math.sin(2 * place):.2f}\n" for place, day in enumerate(days) if place % 17 != 5))
    with LiveBus(engine) as bus:
        engine.start()
        assert bus.subscribed.wait(60)
        open_market(bus)
        bus.settled()
        before = explain(engine, POOL)
        assert before["state"] == "quarantined"
        assert [(one["status"], one["closes"]) for one in indices(before)] == [("missing", 0)]
        assert [one["closes"] for one in before["inputs"] if one["kind"] == "index"] == [DAYS + 1]

        line = json.loads(run("closes", file, "--volatility", f"dvol={BTC}:30", "--source", 1))
        line["firstSequence"] = bus.sequence
        frame = bytes.fromhex(run("wire", "encode", text=json.dumps(line) + "\n").strip())
        bus.send_frame("px.BTC.", frame, len(line["entries"]))
        bus.settled()
        after = explain(engine, POOL)

    assert after["state"] == "healthy" and after["cause"] == "volatility"
    assert float(after["initialMargin"]) > float(after["maintenanceMargin"]) > 0
    assert {part["component"] for part in after["components"]} <= {"shortfall", "defaultModel"}
    last = line["entries"][-1]["volatility"]
    assert [(one["status"], one["tenorDays"], one["closes"], one["volatility"]) for one in indices(after)] == [
        ("trusted", 30, DAYS + 1, last)]
    text = run("explain", "--pool", POOL, "--log", engine.log)
    assert "BTC volatility index of 30 days  " in text and f"{DAYS + 1} closes" in text
    engine.stop()
    verdict = engine.verify()
    assert verdict["refused"] == 0 and verdict["digest"] == engine.verify("--shards", "3")["digest"]
