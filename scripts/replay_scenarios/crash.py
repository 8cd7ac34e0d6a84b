"""The tenth of October 2025: every tick of a crash, and leveraged books that meet it.

Bitcoin's index is a venue's index tick by tick; its perpetuals settled in dollars or bitcoin carry the basis that
the perpetual's mark had a minute before. ETH, SOL and XRP take minute closes until 20:45, every spot trade until
22:15, minute closes again. Perpetuals settled in USDC are marked at the spot venue's price, Bitcoin's too. From 18:00
five options are quoted. Bitcoin's volatility index opens the day with its closes so far. Accounts are long-biased;
most open at midnight, the options at 18:00, a late cohort at 20:45.
"""

import heapq
from decimal import Decimal
from itertools import groupby

from .accounts import opened, pick, population
from .books import Books, Deal
from .data_folder import nanoseconds
from .exchange import inverse_option, inverse_perpetual, linear_perpetual, list_assets, list_instruments
from .market import Market
from .stream import SECOND

MINUTES = "crash_2025-10-10_1m.csv"
INDEX_TICKS = "crash_2025-10-10_btc_index_ticks.csv.gz"
SPOT_TRADES = "crash_2025-10-10_spot_trades_2045_2215.csv.gz"
QUOTES = "crash_2025-10-10_option_quotes_2s.csv.gz"
VOLATILITY_INDEX, TENOR_DAYS = "dvol_btc_daily.csv", 30
ACCOUNTS = 300
UNDERLYINGS = ("BTC", "ETH", "SOL", "XRP")
COVERS = (1.05, 1.15, 1.3, 1.5, 1.8, 2.2, 3.0, 4.5)
COLLATERALS = ("USD", "USD", "USD", "USDC", "BTC", "ETH")
HABITS = ("tops up", "answers", "reduces", "rides", "rides", "rides")
NOTIONALS = (2e4, 5e4, 1e5, 2.5e5, 1e6, 3e6)  # dollars
CARRY = 7  # one account in so many is hedged and highly leveraged
LATE = 4  # one account in so many opens at 20:45
DAYS_MAX = 1100  # closes that an engine keeps
CONTRACT = 0.01  # coin of an option contract, in which the data count open interest
OPTION_OPENING, LATE_OPENING = nanoseconds("2025-10-10T18:00:00"), nanoseconds("2025-10-10T20:45:00")
LOOKS_FROM, LOOK_INTERVAL = nanoseconds("2025-10-10T06:00:00"), 600 * SECOND
PRIORITY = {"minute": 0, "index": 1, "spot": 2, "quotes": 3}


def events(data, count=None):
    """The events of the scenario for `count` accounts, in order of time."""
    return Crash(data, count or ACCOUNTS).events()


class Crash:
    """The exchange during the day."""

    def __init__(self, data, count):
        self.data = data
        self.market = Market()
        self.people = population(count, COVERS, COLLATERALS, HABITS)
        self.books = Books(self.market, self.people)
        self.dollar = [linear_perpetual(1 + n, underlying, "USD") for n, underlying in enumerate(UNDERLYINGS)]
        self.spot = [linear_perpetual(11 + n, underlying, "USDC") for n, underlying in enumerate(UNDERLYINGS)]
        self.inverse = inverse_perpetual(21, "BTC")
        self.options = {}
        self.basis = 0.0  # of Bitcoin's perpetual over its index, a fraction
        self.minute_marks = {}  # Bitcoin's perpetual mark by the minute's end

    def events(self):
        ticks = self._ticks()
        quotes = {row["instrument"]: row for row in self._first_quotes()}
        start, _, first = next(ticks)
        yield list_assets(start, ("USD", "USDC") + UNDERLYINGS)
        yield list_instruments(start, self.dollar + self.spot + [self.inverse] + self._list_options(quotes))
        yield from opened(start, self.people)
        yield from self._opening_prices(start, float(first["price"]))
        yield from self.books.open(start, list(self._perpetual_deals(late=False)))
        milestones = [(OPTION_OPENING, self._open_options), (LATE_OPENING, self._open_late)]
        look = LOOKS_FROM
        for time, kind, row in ticks:
            yield from getattr(self, f"_{kind}")(time, row)
            if milestones and time >= milestones[0][0] and (kind == "quotes" or len(milestones) == 1):
                yield from milestones.pop(0)[1](time)
            if time >= look:
                look += LOOK_INTERVAL * (1 + (time - look) // LOOK_INTERVAL)
                yield from self.books.react(time)

    def _ticks(self):
        """(time, kind, row) of everything that moves, in order of time."""
        def stamped(kind, rows):
            for time, row in rows:
                yield time, PRIORITY[kind], kind, row

        index = ((int(row["ts_ms"]) * 1_000_000, row) for row in self.data.rows(INDEX_TICKS))
        trades = ((int(row["ts_ms"]) * 1_000_000, row) for row in self.data.rows(SPOT_TRADES))
        quotes = ((int(stamp) * 1_000_000, list(rows))
                  for stamp, rows in groupby(self.data.rows(QUOTES), lambda row: row["ts_ms"]))
        merged = heapq.merge(stamped("minute", self._minutes()), stamped("index", index), stamped("spot", trades),
                             stamped("quotes", quotes), key=lambda item: item[:2])
        return ((time, kind, row) for time, _, kind, row in merged)

    def _minutes(self):
        """Minute closes at the minute's end: the perpetual's marks, and spot where trades are not given one by one."""
        until = nanoseconds("2025-10-10T22:15:00")
        for row in self.data.rows(MINUTES):
            time = nanoseconds(row["minute_utc"]) + 60 * SECOND
            is_printed = int(row["trades"]) > 0 and not LATE_OPENING < time <= until
            if row["asset"] == "BTC-PERP-MARK" or row["asset"] in UNDERLYINGS and is_printed:
                yield time, row

    def _opening_prices(self, time, bitcoin):
        opens = {}
        for row in self.data.rows(MINUTES):
            opens.setdefault(row["asset"], float(row["open"]))
            if opens.keys() >= set(UNDERLYINGS) | {"BTC-PERP-MARK"}:
                break
        self.basis = opens["BTC-PERP-MARK"] / bitcoin - 1
        yield from self._bitcoin(time, bitcoin)
        yield self.market.publish_volatility_index(time, "BTC", TENOR_DAYS, self._index_closes(time))
        for underlying in UNDERLYINGS:
            yield from self._spot_price(time, underlying, opens[underlying])

    def _index_closes(self, time):
        """The volatility index at the ends of the days before: as many as an engine keeps."""
        closes = [(nanoseconds(row["date_utc"] + "T23:59:59"), Decimal(row["dvol_close_pct"]) / 100)
                  for row in self.data.rows(VOLATILITY_INDEX)]
        return [(end, level) for end, level in closes if end < time][-DAYS_MAX:]

    def _index(self, time, row):
        return self._bitcoin(time, float(row["price"]))

    def _bitcoin(self, time, price):
        mark = round(price * (1 + self.basis), 2)
        yield self.market.publish_index(time, "BTC", price)
        yield self.market.publish_marks(time, "BTC", [(self.dollar[0], mark), (self.inverse, mark)])

    def _minute(self, time, row):
        close = float(row["close"])
        if row["asset"] == "BTC-PERP-MARK":
            self.basis = close / self.market.index["BTC"] - 1
        else:
            yield from self._spot_price(time, row["asset"], close)

    def _spot(self, time, row):
        return self._spot_price(time, row["asset"], float(row["price"]))

    def _spot_price(self, time, underlying, price):
        """A spot print: Bitcoin's index has its own ticks, the others' is their last print."""
        marked = [one for one in self.spot if one.underlying.symbol == underlying]
        if underlying != "BTC":
            yield self.market.publish_index(time, underlying, price)
            marked += [one for one in self.dollar if one.underlying.symbol == underlying]
        yield self.market.publish_marks(time, underlying, [(one, price) for one in marked])

    def _quotes(self, time, rows):
        options = [(self.options[row["instrument"]], row) for row in rows]
        forwards = {option.expiry: row["underlying_price"] for option, row in options}
        # Calls last, so that a strike quoted twice takes the call's volatility on every update.
        points = {(option.expiry, option.strike): row["mark_iv"]
                  for option, row in sorted(options, key=lambda item: item[0].option_type == "call")}
        yield self.market.publish_forwards(time, "BTC", sorted(forwards.items()))
        yield self.market.publish_volatilities(time, "BTC", [(*key, sigma) for key, sigma in sorted(points.items())])
        yield self.market.publish_marks(time, "BTC", [(option, row["mark_price"]) for option, row in options])

    def _first_quotes(self):
        rows = self.data.rows(QUOTES)
        _, first = next(groupby(rows, lambda row: row["ts_ms"]))
        return list(first)

    def _list_options(self, quotes):
        for number, (name, row) in enumerate(sorted(quotes.items())):
            self.options[name] = inverse_option(1001 + number, name, "BTC", row["type"], row["strike_price"],
                                                nanoseconds(row["expiry_utc"]))
        self.open_interest = {self.options[name]: float(row["open_interest"]) * CONTRACT for name, row in quotes.items()}
        return list(self.options.values())

    def _perpetual_deals(self, late):
        """Three longs for one short, against makers; carry accounts are long dollars and short USDC or bitcoin."""
        for account in self.people:
            if account.is_maker or (account.id % LATE == 0) != late:
                continue
            first = pick(UNDERLYINGS[:3] + ("BTC", "XRP"), "underlying", account.id)
            second = pick([one for one in UNDERLYINGS if one != first], "second", account.id)
            for underlying in (first, second) if account.isolates or account.id % 2 else (first,):
                long, short = self._legs(account, underlying)
                notional = pick(NOTIONALS, "notional", account.id, underlying)
                if account.id % CARRY == 0 and not account.isolates:
                    yield self._deal(account, long, notional, is_long=True)
                    yield self._deal(account, short, notional, is_long=False)
                else:
                    is_long = pick((True, True, True, False), "long", account.id, underlying)
                    yield self._deal(account, pick((long, short), "leg", account.id), notional, is_long)

    def _legs(self, account, underlying):
        place = UNDERLYINGS.index(underlying)
        uses_inverse = underlying == "BTC" and account.id % 3 == 0
        return self.dollar[place], self.inverse if uses_inverse else self.spot[place]

    def _deal(self, account, perpetual, notional, is_long):
        price = self.market.mark[perpetual]
        lots = max(1, perpetual.lots(notional if perpetual.is_inverse_perpetual else notional / price))
        maker = pick(self.books.makers, "maker", account.id, perpetual.symbol)
        return Deal(perpetual, lots, price, *((account, maker) if is_long else (maker, account)))

    def _open_late(self, time):
        return self.books.open(time, list(self._perpetual_deals(late=True)))

    def _open_options(self, time):
        """The open interest of every option, written by clients and held by makers and other clients."""
        clients = [account for account in self.people if not account.is_maker]
        deals = []
        for option, interest in self.open_interest.items():
            parts = 12
            for part in range(parts):
                lots = option.lots(interest / parts)
                writer = pick(clients, "writer", option.symbol, part)
                holders = [account for account in (self.books.makers if part % 3 else clients) if account != writer]
                holder = pick(holders, "holder", option.symbol, part)
                if lots:
                    deals.append(Deal(option, lots, round(self.market.mark[option], 4), holder, writer))
        return self.books.open(time, deals)
