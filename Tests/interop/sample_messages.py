"""JSON messages of every role, with figures that a reader can check by eye."""

HEADER = {"source": 3, "epoch": 1, "firstSequence": 17, "sendingTime": "2025-10-10T21:13:05.123456789Z"}
TIME = "2025-10-10T21:13:05Z"


def batch(message, *entries):
    return {"message": message, **HEADER, "entries": list(entries)}


ASSETS = batch(
    "AssetListed",
    {"asset": 1, "symbol": "BTC", "moneyExponent": -8, "priceExponent": -1, "isNumeraire": False,
     "isStablecoin": False, "hasIndex": True},
    {"asset": 2, "symbol": "USDC", "moneyExponent": -6, "priceExponent": -4, "isNumeraire": True,
     "isStablecoin": True, "hasIndex": False})
INSTRUMENTS = batch(
    "InstrumentListed",
    {"instrument": 7, "symbol": "BTC-PERP", "kind": "linearPerpetual", "optionType": "none", "underlying": 1,
     "settlementAsset": 2, "priceExponent": -2, "quantityExponent": -3, "strike": "0",
     "expiry": "1970-01-01T00:00:00Z"})
INDEX = batch("IndexPrice", {"underlying": 1, "price": "60000.5", "confidence": "0.95", "publishTime": TIME})
VOLATILITY_INDEX = batch(
    "VolatilityIndex", {"underlying": 1, "tenorDays": 30, "volatility": "0.8468", "publishTime": TIME})
TRADE = batch("Trade", *[
    {"trade": number, "instrument": 7, "price": "60000.5", "quantity": "0.25", "buyer": 11, "buyerMode": "cross",
     "buyerOrder": 101, "buyerFee": "1.5", "seller": 12, "sellerMode": "isolated", "sellerOrder": 102,
     "sellerFee": "-0.25", "kind": "liquidation", "plan": 9, "refersTo": 0, "tradeTime": TIME}
    for number in (1, 2, 3)])
SIGNAL = {
    "message": "MarginCall", "log": "18446744073709551615", "epoch": 1, "record": 40, "ordinal": 0, "signalNo": 5,
    "poolSignalNo": 2, "committed": True, "eventTime": TIME, "pool": 77, "kind": "marginCall",
    "previous": "restricted", "state": "marginCall", "cause": "price", "equity": "-1000.000001",
    "initialMargin": "4500", "maintenanceMargin": "3000", "releaseMargin": "3300", "utilisation": "3",
    "shortfall": "500.25", "deadline": TIME, "oldestInputAge": "0.1", "stale": False, "parameterVersion": 1, "plan": 0,
    "reason": "noForward", "reasonAsset": 1, "reasonInstrument": 0, "reasonExpiry": TIME,
    "binding": [{"underlying": 1, "node": "-0.15", "shape": "upSteep", "scenario": -1, "loss": "3000"}],
    "steps": [
        {"kind": "depositCash", "asset": 2, "instrument": 0, "account": 11, "quantity": "0", "price": "0",
         "amount": "500.25", "marginReleased": "500.25"},
        {"kind": "trade", "asset": 0, "instrument": 7, "account": 11, "quantity": "-0.25", "price": "59000",
         "amount": "0", "marginReleased": "700"}]}
ERROR = {"message": "QueryError", "fault": "unknownPool", "field": "pool", "explanation": "no pool has this number"}
QUERY = {"message": "PoolQuery", "pool": 77}
SESSION = [ASSETS, INSTRUMENTS, INDEX, VOLATILITY_INDEX, TRADE, SIGNAL, ERROR, QUERY]
