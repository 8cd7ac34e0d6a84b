"""Eleven hours of a daily Bitcoin expiry: every real option trade up to settlement, after which nothing is open.

Each print brings the index that it was made at (which is the forward too), its implied volatility and the mark, and
then becomes a trade between two accounts: the taker that the tape names by direction, and a maker. At expiry the
options settle at the real delivery price and are delisted.
"""

from itertools import groupby

from .accounts import opened, pick, population
from .books import Books, Deal
from .data_folder import nanoseconds
from .exchange import inverse_option, list_assets, list_instruments
from .market import Market

TAPE = "option_trades_deribit_2026-08-16_17.csv"
ACCOUNTS = 24
COVERS = (1.1, 1.3, 1.6, 2.0)
COLLATERALS = ("USD", "BTC")
HABITS = ("tops up", "answers", "rides")
MILLISECOND = 1_000_000  # in nanoseconds


def events(data, count=None):
    """The events of the scenario for `count` accounts, in order of time."""
    rows = list(data.rows(TAPE))
    options = {}
    for row in sorted(rows, key=lambda row: row["instrument_name"]):
        if row["instrument_name"] not in options:
            options[row["instrument_name"]] = inverse_option(
                1001 + len(options), row["instrument_name"], "BTC", row["option_type"], row["strike"],
                int(row["expiry_ms"]) * MILLISECOND)
    market = Market()
    people = population(count or ACCOUNTS, COVERS, COLLATERALS, HABITS)
    books, known = Books(market, people), set()
    start = int(rows[0]["ts_ms"]) * MILLISECOND
    yield list_assets(start, ("USD", "USDC", "BTC"))
    yield list_instruments(start, list(options.values()))
    yield from opened(start, people)
    for stamp, prints in groupby(rows, lambda row: row["ts_ms"]):
        time, prints = int(stamp) * MILLISECOND, list(prints)
        yield from published(market, time, options, prints)
        yield from books.react(time)
        deals = [deal(books, options, row) for row in prints]
        parties = {side for deal in deals for side in (deal.buyer, deal.seller)}
        # An account's first trade is funded to its cover; later ones stretch what it brought.
        yield from (books.trade if parties <= known else books.open)(time, deals)
        known |= parties
    expiry = next(iter(options.values())).expiry
    delivery = rows[0]["delivery_price_usd"]
    yield market.publish_index(expiry, "BTC", delivery)
    yield from books.settle(expiry, list(options.values()), float(delivery))


def published(market, time, options, prints):
    """The market at the time of some prints."""
    last = prints[-1]
    expiry = options[last["instrument_name"]].expiry
    yield market.publish_index(time, "BTC", last["index_price_usd"])
    yield market.publish_forwards(time, "BTC", [(expiry, last["index_price_usd"])])
    # A print below intrinsic value has no implied volatility and shows 0.
    points = {options[row["instrument_name"]].strike: float(row["iv_pct"]) / 100 for row in prints if float(row["iv_pct"])}
    if points:
        yield market.publish_volatilities(time, "BTC", [(expiry, *point) for point in sorted(points.items())])
    marks = {options[row["instrument_name"]]: row["mark_price_coin"] for row in prints}
    yield market.publish_marks(time, "BTC", list(marks.items()))


def deal(books, options, row):
    option = options[row["instrument_name"]]
    takers = [account for account in books.people if not account.is_maker]
    taker = pick(takers, "taker", int(row["trade_id"]) // 3)
    maker = pick(books.makers, "maker", row["trade_id"])
    sides = (taker, maker) if row["direction"] == "buy" else (maker, taker)
    return Deal(option, option.lots(row["amount_coin"]), float(row["price_coin"]), *sides)
