"""Three days of a falling market: twelve real option chains of BTC and ETH, hourly perpetuals between them.

The book follows the chain: whenever a snapshot's open interest differs from the one before, the same writers and
holders trade the difference, so that the exchange's open interest in every listed option is the real one (in steps
of 0.1 coin). Writers and holders are spread over the accounts by hashing names. Perpetuals are added for leverage;
between snapshots a perpetual's hourly close stands for its index too, and forwards follow the index.
"""

from statistics import median, median_low

from .accounts import opened, pick, population
from .books import Books, Deal
from .data_folder import nanoseconds
from .exchange import inverse_option, inverse_perpetual, linear_perpetual, list_assets, list_instruments
from .market import Market
from .stream import SECOND

CHAINS = "option_chain_2026-02-04_06_12snapshots.csv.gz"
HOURS = "perp_1h_2026-01-28_2026-02-10.csv"
ACCOUNTS = 200
UNDERLYINGS = ("BTC", "ETH")
COVERS = (1.06, 1.12, 1.2, 1.3, 1.45, 1.7, 2.2, 3.0)
HABITS = ("tops up", "answers", "answers", "reduces", "rides", "rides")
# Which sides of which options an account takes; a name stands as often as its accounts are common.
STYLES = ("overwriter", "put writer", "put writer", "strangler", "hedger", "speculator", "spreader", "directional")
WRITERS = {"call": ("overwriter", "strangler", "spreader", "maker"),
           "put": ("put writer", "strangler", "spreader", "maker")}
HOLDERS = {"call": ("speculator", "spreader", "maker"), "put": ("hedger", "spreader", "maker")}
COLLATERALS = ("USD", "USD", "USDC", "BTC", "ETH")
NOTIONALS = (0.5e6, 1e6, 2e6, 5e6, 10e6)  # dollars of a perpetual position
LEAST_PRICE = 0.0001  # coin, of an option


def events(data, count=None):
    """The events of the scenario for `count` accounts, in order of time."""
    return Chain(data, count or ACCOUNTS).events()


class Chain:
    """The exchange while it replays the chain."""

    def __init__(self, data, count):
        self.snapshots, self.hours = snapshots(data), hours(data)
        self.market = Market()
        self.people = population(count, COVERS, COLLATERALS, HABITS)
        self.books = Books(self.market, self.people)
        self.perpetuals = [inverse_perpetual(1, "BTC"), inverse_perpetual(2, "ETH"),
                           linear_perpetual(3, "BTC", "USDC"), linear_perpetual(4, "ETH", "USDC")]
        self.styles = {}  # accounts by style
        for account in self.people:
            self.styles.setdefault(style(account), []).append(account)
        self.options = {}  # by name, in order of first appearance
        self.parts = {}  # by instrument: the (writer, holder) pairs that share its open interest
        self.open_lots = {}  # by instrument: lots between each pair

    def events(self):
        first, last = min(self.snapshots), max(self.snapshots)
        yield list_assets(first, ("USD", "USDC") + UNDERLYINGS)
        yield list_instruments(first, self.perpetuals)
        yield from opened(first, self.people)
        yield from self._snapshot(first, self.snapshots[first], opening=True)
        times = {time for time in self.hours if first < time <= last} | self.snapshots.keys() - {first}
        for time in sorted(times):
            if time in self.hours:
                yield from self._hour(time, self.hours[time])
            if time in self.snapshots:
                yield from self._snapshot(time, self.snapshots[time])

    def _hour(self, time, closes):
        for underlying in UNDERLYINGS:
            yield from self._spot(time, underlying, closes[underlying])
        yield from self._expiries(time)
        yield from self.books.react(time)

    def _spot(self, time, underlying, price):
        yield self.market.publish_index(time, underlying, price)
        perpetuals = [one for one in self.perpetuals if one.underlying.symbol == underlying]
        yield self.market.publish_marks(time, underlying, [(one, price) for one in perpetuals])

    def _expiries(self, time):
        """Expired options settle at the index; the real delivery price is a half-hour average that the data lack."""
        for underlying in UNDERLYINGS:
            expired = [option for option in self.options.values()
                       if option.underlying.symbol == underlying and option.expiry <= time]
            if expired:
                yield from self.books.settle(time, expired, self.market.index[underlying])
                self.options = {name: option for name, option in self.options.items() if option not in expired}

    def _snapshot(self, time, rows, opening=False):
        fresh = [row for row in rows if row["instrument_name"] not in self.options]
        listed = [self._option(row) for row in fresh]
        if listed:
            yield list_instruments(time, listed)
        for underlying in UNDERLYINGS:
            own = [row for row in rows if row["currency"] == underlying]
            index = median(float(row["index_price_usd"]) for row in own)
            yield from self._spot(time, underlying, index)
            yield from self._surface(time, underlying, own)
        deals = [deal for row in rows for deal in self._open_interest(row)]
        if opening:
            yield from self.books.open(time, deals + list(self._perpetual_deals()))
        else:
            yield from self.books.trade(time, deals)

    def _option(self, row):
        option = inverse_option(1001 + len(self.parts), row["instrument_name"], row["currency"], row["option_type"],
                                row["strike"], nanoseconds(row["expiry_utc"]))
        self.options[option.symbol] = option
        self.parts[option], self.open_lots[option] = [], []
        return option

    def _surface(self, time, underlying, rows):
        """Forwards, volatilities, then every mark under the very forward that it was computed with.

        The rows of a snapshot were taken one after the other, so an expiry has several forwards; their lower median
        comes first and last.
        """
        expiries, points = {}, {}
        for row in rows:
            option = self.options[row["instrument_name"]]
            marks = expiries.setdefault(option.expiry, {}).setdefault(float(row["underlying_price"]), [])
            marks.append((option, row["mark_price_coin"]))
            # Call and put rarely differ; where they do, the one out of the money is the better known.
            is_out = (option.strike >= float(row["underlying_price"])) == (option.option_type == "call")
            if is_out or (option.expiry, option.strike) not in points:
                points[option.expiry, option.strike] = row["mark_iv"]
        middle = {expiry: median_low([forward for forward, marks in by_forward.items() for _ in marks])
                  for expiry, by_forward in expiries.items()}
        yield self.market.publish_forwards(time, underlying, sorted(middle.items()))
        yield self.market.publish_volatilities(
            time, underlying, [(expiry, strike, sigma) for (expiry, strike), sigma in sorted(points.items())])
        # Farthest from the median first, so that the last round leaves every forward at its median.
        queues = {expiry: sorted(by_forward.items(), key=lambda item: (-abs(item[0] - middle[expiry]), item[0]))
                  for expiry, by_forward in sorted(expiries.items())}
        rounds = max(map(len, queues.values()))
        for turn in range(rounds):
            current = {expiry: queue[turn - rounds + len(queue)] for expiry, queue in queues.items()
                       if turn >= rounds - len(queue)}
            yield self.market.publish_forwards(time, underlying, [(e, forward) for e, (forward, _) in current.items()])
            yield self.market.publish_marks(time, underlying, [mark for _, marks in current.values() for mark in marks])

    def _open_interest(self, row):
        """Trades that bring the open interest of an option to that of the chain."""
        option = self.options[row["instrument_name"]]
        wanted = option.lots(row["open_interest_coin"])
        if wanted and not self.parts[option]:
            self.parts[option] = self._pairs(option, 1 if wanted < 100 else 2 if wanted < 2_000 else 4)
            self.open_lots[option] = [0] * len(self.parts[option])
        for number, (writer, holder) in enumerate(self.parts[option]):
            share = wanted // len(self.parts[option]) + (number < wanted % len(self.parts[option]))
            more = share - self.open_lots[option][number]
            self.open_lots[option][number] = share
            price = max(LEAST_PRICE, round(float(row["mark_price_coin"]), 4))
            if more > 0:
                yield Deal(option, more, price, holder, writer)
            elif more < 0:
                yield Deal(option, -more, price, writer, holder)

    def _pairs(self, option, count):
        """Writers and holders of an option, by their styles; nobody is both, so that open interest is not netted."""
        writers = [
            pick(self._styled(WRITERS[option.option_type], "writer style", option.symbol, number),
                 "writer", option.symbol, number)
            for number in range(count)
        ]
        pairs = []
        for number, writer in enumerate(writers):
            styled = self._styled(HOLDERS[option.option_type], "holder style", option.symbol, number)
            holders = [account for account in styled if account not in writers]
            holders = holders or [account for account in self.people if account not in writers]
            pairs.append((writer, pick(holders, "holder", option.symbol, number)))
        return pairs

    def _styled(self, styles, *names):
        """The accounts of one of some styles; all of them where a small population lacks it."""
        return self.styles.get(pick(styles, *names), self.people)

    def _perpetual_deals(self):
        """Leverage: directional and isolating accounts, two long for one short, against makers."""
        for account in self.people:
            if not (account.isolates or style(account) == "directional"):
                continue
            for number, perpetual in enumerate(self.perpetuals):
                if number % 2 == account.id % 2 and not account.isolates or number < 2 and account.isolates:
                    continue
                price = self.market.mark[perpetual]
                notional = pick(NOTIONALS, "notional", account.id, perpetual.symbol)
                lots = perpetual.lots(notional if perpetual.is_inverse_perpetual else notional / price)
                maker = pick(self.books.makers, "maker", account.id, perpetual.symbol)
                is_long = pick((True, True, False), "long", account.id)
                yield Deal(perpetual, lots, price, *((account, maker) if is_long else (maker, account)))


def style(account):
    return "maker" if account.is_maker else pick(STYLES, "style", account.id)


def snapshots(data):
    """Rows of every snapshot, by its time."""
    found = {}
    for row in data.rows(CHAINS):
        found.setdefault(nanoseconds(row["snapshot_utc"]), []).append(row)
    return found


def hours(data):
    """Closes of the perpetuals, by the time at which the hour ended."""
    found = {}
    for row in data.rows(HOURS):
        found.setdefault(nanoseconds(row["hour_utc"]) + 3_600 * SECOND, {})[row["asset"]] = float(row["close"])
    return found
