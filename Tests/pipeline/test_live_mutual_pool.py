"""A mutual pool of a running engine, from the term sheet to the reasons of a crash."""
import json
import subprocess

from engine import BINARY, ROOT
from live_bus import SECOND, LiveBus

SHEET = ROOT / "config/agreements/mutual.yaml"
AGREEMENT, POOL, LONG, SHORT = 5, 500, 1, 3
USD, BTC, PERPETUAL = 1, 10, 1


def run(*arguments, text=None):
    result = subprocess.run([BINARY, *map(str, arguments)], input=text, capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 0, result.stderr
    return result.stdout


def asset(number, symbol, money, price, numeraire, index):
    return {"asset": number, "symbol": symbol, "moneyExponent": money, "priceExponent": price,
            "isNumeraire": numeraire, "isStablecoin": "no", "hasIndex": index}


def prices(bus, dollars):
    """Index and mark at once, an hour later."""
    ticks = dollars * 100
    bus.send("px.BTC.", "MarkPrice", [{"instrument": PERPETUAL, "price": ticks, "publishTime": bus.time}])
    bus.send("px.BTC.", "IndexPrice",
             [{"underlying": BTC, "price": ticks, "confidence": 10**9, "publishTime": bus.time}])


def open_market(bus):
    """Account 1 is long 1 BTC with 12,000 dollars, account 3 short 0.6 BTC with 9,000; account 2 has the other sides."""
    bus.send("ref.", "AssetListed", [asset(USD, "USD", -6, 0, "yes", "no"), asset(BTC, "BTC", -8, -2, "no", "yes")])
    bus.send("ref.", "InstrumentListed", [
        {"instrument": PERPETUAL, "symbol": "BTC-PERP", "kind": "linearPerpetual", "underlying": BTC,
         "settlementAsset": USD, "priceExponent": -2, "quantityExponent": -2}])
    bus.send("ref.", "AccountOpened", [{"account": n, "owner": n, "pool": n} for n in (LONG, 2, SHORT)])
    bus.send("ref.", "OwnerLinked", [{"owner": n, "group": 70} for n in (LONG, SHORT)])
    bus.send("cash.", "Deposit", [
        {"reference": n, "account": n, "asset": USD, "amount": dollars * 10**6, "status": "final"}
        for n, dollars in ((LONG, 12_000), (2, 10**6), (SHORT, 9_000))])
    prices(bus, 60_000)
    bus.send("tr.", "Trade", [
        {"trade": n, "instrument": PERPETUAL, "price": 6_000_000, "quantity": lots, "buyer": buyer, "seller": seller,
         "tradeTime": bus.time}
        for n, lots, buyer, seller in ((1, 100, LONG, 2), (2, 60, 2, SHORT))])


def announce(bus):
    """The sheet as `plimsoll agreement announce` has it, sent as the frame that `plimsoll wire` makes of it."""
    line = run("agreement", "announce", SHEET, "--agreement", AGREEMENT, "--source", 1, "--sequence", bus.sequence,
               "--time", bus.time).strip()
    frame = bytes.fromhex(run("wire", "encode", text=line + "\n").strip())
    bus.send_frame("ref.", frame)
    return json.loads(line), frame


def membership(bus, account, contribution, pledge):
    bus.send("ref.", "PoolMembership", [
        {"account": account, "pool": POOL, "agreement": AGREEMENT, "action": "join",
         "contribution": contribution * 10**6, "pledge": pledge * 10**6}])


def mutual(engine, **newcomer):
    question = {"message": "MutualQuery", "pool": POOL, "contribution": "0", "pledge": "0"} | newcomer
    answer = engine.ask(question)[0]
    assert answer["message"] == "MutualAnswer", answer
    return answer


def explain(engine, pool):
    return engine.ask({"message": "ExplainQuery", "pool": pool, "record": 0})[0]


def test_a_sheet_becomes_a_pool_that_a_crash_calls_and_liquidates_by_member(engine):
    with LiveBus(engine) as bus:
        engine.start()
        assert bus.subscribed.wait(60)
        open_market(bus)
        sheet, frame = announce(bus)
        entry = sheet["entries"][0]
        assert (entry["kind"], entry["betaMax"], entry["ramp"]) == ("mutual", "0.8", "86400"), entry
        membership(bus, LONG, 3_000, 3_000)
        bus.settled()

        # The worst default beyond eight tenths of credit takes as much of what the short one needs alone.
        poor = mutual(engine, account=SHORT, contribution="2000", pledge="2000")
        assert not poor["admitted"] and "a contribution of 4780800000 quanta is needed" in poor["reason"]
        asked = ["mutual", "--pool", POOL, "--account", SHORT, "--contribution", 4781, "--pledge", 1219]
        preview = json.loads(run(*asked, "--endpoint", engine.at("query")))
        assert preview["admitted"] and preview["betaGrown"] == "0.8"
        newcomer = preview["members"][1]
        assert [float(newcomer[key]) for key in ("standAlone", "shareAfter", "shareGrown", "saving")] == [
            5976, 5976, 1195.2, 4780.8]
        membership(bus, SHORT, 2_000, 2_000)
        membership(bus, SHORT, 4_781, 1_219)
        bus.settled()
        assert float(explain(engine, POOL)["initialMargin"]) == float(preview["requirementAfter"])

        bus.send("ctl.", "Clock", [{"time": bus.time + 86_400 * SECOND}], after=86_400 * SECOND)
        bus.settled()
        assert float(explain(engine, POOL)["initialMargin"]) == float(preview["requirementGrown"]) == 11155.2
        stands = mutual(engine)
        assert (float(stands["stress"]), float(stands["funds"])) == (4780.8, 3000), "the first locked before it was two"
        membership(bus, LONG, int(float(stands["members"][0]["contributionNeeded"])), 3_000)
        bus.settled()
        stands = mutual(engine)
        assert (float(stands["stress"]), float(stands["funds"])) == (4780.8, 4781), "covered"
        assert [float(member["excessWithout"]) for member in stands["members"]] == [3024, 2040]

        states = []
        for dollars in (56_000, 51_700):
            prices(bus, dollars)
            bus.settled()
            states.append([explain(engine, pool)["state"] for pool in (LONG, SHORT, POOL)])
        assert states == [["marginCall", "healthy", "healthy"], ["liquidating", "healthy", "healthy"]], states
        stake = explain(engine, LONG)["stakes"][0]
        moved = sum(float(stake[cause]) for cause in ("own", "others", "market", "parameters"))
        assert float(explain(engine, LONG)["initialMargin"]) == 9960 + moved and float(stake["market"]) == moved
        live = mutual(engine)
        assert engine.stop() == 0

    log = b"".join(path.read_bytes() for path in sorted(engine.log.rglob("*")) if path.is_file())
    assert frame in log, "what the sheet says is what arrived, to the byte"
    assert engine.verify("--ledger")["refused"] == 1, "the contribution that was too small"
    text = run("explain", "--pool", POOL, "--log", engine.log)
    assert "Mutual pool 500: credit of at most 80.0 %" in text and "share moved by" in text, text
    assert "account 1, pool 1" in text and "account 3, pool 3" in text, text
    assert json.loads(run("mutual", "--pool", POOL, "--log", engine.log)) == live
    assert "equal" in engine.agree_with_oracle()
