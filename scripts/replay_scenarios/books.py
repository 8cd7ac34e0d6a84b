"""What the accounts hold, and the ledger events that bring it about."""

from dataclasses import dataclass
from math import ceil, floor, log10

from .accounts import Member, joined, pick
from .exchange import ASSETS, CASH_SOURCE, LEDGER_SOURCES, Instrument
from .sizing import Holdings, row
from .stream import Event

LEAST_DEPOSIT = 1_000  # dollars, of each member that trades: nobody trades on nothing
# Fees: of the notional for perpetuals, coin per coin of underlying for options, at most this share of the premium.
PERPETUAL_FEE, OPTION_FEE, OPTION_FEE_CAP = 0.0005, 0.0003, 0.125


@dataclass(frozen=True)
class Deal:
    """A trade that is about to happen; the buyer takes, and pays the fee."""

    instrument: Instrument
    lots: int
    price: float  # dollars for perpetuals, coin for options
    buyer: object
    seller: object

    @property
    def quantity(self):
        return self.lots * self.instrument.lot

    @property
    def cost(self):
        """What the buyer pays or, for perpetuals, takes the position at, in the settlement asset."""
        return -self.quantity / self.price if self.instrument.is_inverse_perpetual else self.quantity * self.price

    @property
    def fee(self):
        if self.instrument.is_option:
            return min(OPTION_FEE * self.quantity, OPTION_FEE_CAP * self.cost)
        return PERPETUAL_FEE * abs(self.cost)


class Books:
    """The members with their holdings, kept so that deposits and reactions can be sized."""

    def __init__(self, market, people):
        self.market, self.people = market, people
        self.members = {member.key: member for member in map(Member, people)}
        self.makers = [account for account in people if account.is_maker]
        self.references = self.trade_count = 0
        self.due = []  # (member, dollars): deposits on their way

    def open(self, time, deals):
        """Deposits that fund `deals` to each pool's cover, then the deals themselves."""
        fresh = []
        deposits = self._applied(deals, fresh)
        touched = {self._member(side, deal.instrument).pool for deal in deals for side in (deal.buyer, deal.seller)}
        rows = self.rows()
        for pool, members in self.pools().items():
            if pool in touched:
                deposits += self._funding(members, rows)
        sharing = [member for member in fresh if member.account.shared]
        if sharing:
            yield joined(time, sharing)
        yield from self._paid(time, deposits)
        yield from self._traded(time, deals)

    def trade(self, time, deals):
        """Trades between accounts that are funded already; who buys an option brings its premium."""
        yield from self._paid(time, self._applied(deals, []))
        yield from self._traded(time, deals)

    def react(self, time):
        """Deposits decided at the last look arrive; then everyone looks at its margin again."""
        arriving = []
        for member, dollars in self.due:
            symbol = member.account.collateral
            amount = rounded_up(dollars / self.market.index.get(symbol, 1.0))
            member.receive(symbol, amount)
            arriving.append((member, symbol, amount))
        yield from self._paid(time, arriving)
        self.due, reductions, rows = [], [], self.rows()
        for members in self.pools().values():
            held, habit = self.holdings(members), members[0].account.habit
            equity, margin = held.value(self.market, rows), held.initial_margin(self.market, rows)
            if habit == "tops up" and equity < 1.2 * margin:
                self.due += [(member, (1.5 * margin - equity) / len(members)) for member in members]
            elif habit == "answers" and equity < 0.9 * margin:
                self.due += [(member, (1.3 * margin - equity) / len(members)) for member in members]
            elif habit == "reduces" and equity < margin:
                reductions += self._halved(members)
        yield from self.trade(time, reductions)

    def settle(self, time, instruments, price):
        """Options of one underlying expire at `price` dollars and are delisted.

        Their end comes from the ledger source of the underlying, after their last trade: a late joiner recovers
        source by source, and would else see an end before the trades.
        """
        entries, asset = [], instruments[0].underlying
        for instrument in instruments:
            sign = 1 if instrument.option_type == "call" else -1
            payoff = max(0.0, sign * (price - instrument.strike)) / price * instrument.lot
            for member in self.members.values():
                member.receive(instrument.settlement.symbol, member.lots.pop(instrument, 0) * payoff)
            entries.append({"instrument": instrument.id, "price": instrument.underlying.ticks(price),
                            "settlementTime": instrument.expiry})
        yield Event(time, LEDGER_SOURCES + asset.id, "cash.", "Settlement", entries)
        delisted = [{"instrument": instrument.id} for instrument in instruments]
        yield Event(time, LEDGER_SOURCES + asset.id, "ref.", "InstrumentDelisted", delisted)

    def pools(self):
        """Members by pool, in order of account."""
        pools = {}
        for _, member in sorted(self.members.items()):
            pools.setdefault(member.pool, []).append(member)
        return pools

    def rows(self):
        held = {instrument: None for member in self.members.values() for instrument in member.lots}
        return {instrument: row(self.market, instrument) for instrument in held}

    def holdings(self, members):
        held = Holdings()
        for member in members:
            for instrument, lots in member.lots.items():
                held.positions[instrument] = held.positions.get(instrument, 0.0) + lots * instrument.lot
            for symbol, amount in member.balances.items():
                held.balances[symbol] = held.balances.get(symbol, 0.0) + amount
        return held

    def _member(self, account, instrument, fresh=None):
        """The member that trades; a new isolated one is also added to `fresh`."""
        isolated = instrument if mode(account, instrument) == "isolated" else None
        member = Member(account, isolated)
        if fresh is not None and member.key not in self.members:
            fresh.append(member)
        return self.members.setdefault(member.key, member)

    def _applied(self, deals, fresh):
        """Takes deals into the holdings; returns the deposits of those who paid more premium than they got."""
        premiums = {}
        for deal in deals:
            symbol = deal.instrument.settlement.symbol
            for account, sign in ((deal.buyer, 1), (deal.seller, -1)):
                member = self._member(account, deal.instrument, fresh)
                member.trade(deal.instrument, sign * deal.lots)
                member.receive(symbol, -sign * deal.cost - (deal.fee if sign > 0 else 0.0))
                if deal.instrument.is_option:
                    premiums[member, symbol] = premiums.get((member, symbol), 0.0) + sign * deal.cost
        deposits = [(member, symbol, rounded_up(1.02 * paid)) for (member, symbol), paid in premiums.items() if paid > 0]
        for member, symbol, amount in deposits:
            member.receive(symbol, amount)
        return deposits

    def _funding(self, members, rows):
        """Equal deposits of a pool's members that bring its equity to its cover of initial margin."""
        account = members[0].account
        price = self.market.index.get(account.collateral, 1.0)
        held = self.holdings(members)
        before, equity, amount = held.balances.get(account.collateral, 0.0), held.value(self.market, rows), 0.0
        # Collateral that is a coin needs margin itself, so the amount is found by repetition.
        for _ in range(20):
            held.balances[account.collateral] = before + amount
            amount = max(0.0, account.cover * held.initial_margin(self.market, rows) - equity) / price
        each = rounded_up(max(amount / len(members), LEAST_DEPOSIT / price))
        for member in members:
            member.receive(account.collateral, each)
            yield member, account.collateral, each

    def _halved(self, members):
        """Trades that halve every perpetual of a pool, with a maker on the other side."""
        for member in members:
            for instrument, lots in member.lots.items():
                if not instrument.is_option and self.makers:
                    maker = pick(self.makers, "maker", member.account.id, instrument.symbol)
                    sides = (member.account, maker) if lots < 0 else (maker, member.account)
                    yield Deal(instrument, (abs(lots) + 1) // 2, self.market.mark[instrument], *sides)

    def _paid(self, time, deposits):
        """Deposits to accounts, moved on to isolated positions where they are meant for those."""
        arrived, moved = [], []
        for member, symbol, amount in deposits:
            asset, account = ASSETS[symbol], member.account.id
            units = asset.units(amount)
            arrived.append({"reference": self._reference(), "account": account, "instrument": 0, "asset": asset.id,
                            "amount": units, "status": "final"})
            if member.isolated:
                moved.append({"reference": self._reference(), "fromAccount": account, "fromInstrument": 0,
                              "toAccount": account, "toInstrument": member.isolated.id, "asset": asset.id,
                              "amount": units})
        if arrived:
            yield Event(time, CASH_SOURCE, "cash.", "Deposit", arrived)
        if moved:
            yield Event(time, CASH_SOURCE, "cash.", "Transfer", moved)

    def _traded(self, time, deals):
        """One trade message per underlying, in the order in which the underlyings first occur."""
        ledgers = {}
        for deal in deals:
            self.trade_count += 1
            asset, instrument = deal.instrument.underlying, deal.instrument
            ledgers.setdefault(asset, []).append({
                "trade": self.trade_count, "instrument": instrument.id, "price": instrument.ticks(deal.price),
                "quantity": deal.lots, "buyer": deal.buyer.id, "buyerMode": mode(deal.buyer, instrument),
                "buyerOrder": 0, "buyerFee": instrument.settlement.units(deal.fee), "seller": deal.seller.id,
                "sellerMode": mode(deal.seller, instrument), "sellerOrder": 0, "sellerFee": 0, "kind": "normal",
                "plan": 0, "refersTo": 0, "tradeTime": time})
        for asset, entries in ledgers.items():
            yield Event(time, LEDGER_SOURCES + asset.id, f"tr.{asset.symbol}.", "Trade", entries)

    def _reference(self):
        self.references += 1
        return self.references


def mode(account, instrument):
    return "isolated" if account.isolates and not instrument.is_option else "cross"


def rounded_up(amount):
    """The next amount of three significant digits: people send round sums, and no deposit hangs on a last bit."""
    if amount <= 0:
        return 0
    digits = floor(log10(amount)) - 2
    return round(ceil(amount / 10.0**digits - 1e-6) * 10.0**digits, max(0, -digits))
