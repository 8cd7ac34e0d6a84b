"""The accounts of a scenario, all derived from their numbers.

Accounts come in tens: six with pools of their own, three of one owner in one pool, and one that holds its perpetuals
isolated (in every other ten its isolated positions share a pool). Nothing is drawn at random: `pick` hashes names,
so that what an account does never depends on the order in which it is asked.
"""

import zlib
from dataclasses import dataclass, field

from .exchange import REFERENCE_SOURCE
from .stream import Event

AGREEMENT = 10  # of the pools that several members of one owner share
TEN = 10
MAKER_COVER = 4.0


def choice(*names):
    """A number that the names decide, the same on every machine."""
    return zlib.crc32("/".join(map(str, names)).encode())


def pick(options, *names):
    return options[choice(*names) % len(options)]


@dataclass(frozen=True)
class Account:
    id: int
    owner: int
    pool: int  # its own
    shared: int  # the pool that it, or its isolated positions, join; 0 = none
    isolates: bool  # holds its perpetuals in isolated mode
    is_maker: bool  # takes the other side, amply funded
    cover: float  # equity over estimated initial margin that it starts with
    collateral: str  # symbol of the asset that it deposits
    habit: str  # what it does when margin gets short: tops up, answers, reduces or rides


@dataclass(eq=False)
class Member:
    """An account, or one isolated position of it (then `isolated` is its instrument)."""

    account: Account
    isolated: object = None
    lots: dict = field(default_factory=dict)  # by instrument, positive = long
    balances: dict = field(default_factory=dict)  # by asset symbol: balance less entry cost, in coins or dollars

    @property
    def key(self):
        return self.account.id, self.isolated.id if self.isolated else 0

    @property
    def pool(self):
        """A name of its pool: a number that the exchange announced, or the member's own key."""
        if self.account.isolates:
            return self.account.shared if self.isolated and self.account.shared else self.key
        return self.account.shared or self.account.pool

    def receive(self, symbol, amount):
        self.balances[symbol] = self.balances.get(symbol, 0.0) + amount

    def trade(self, instrument, lots):
        held = self.lots.pop(instrument, 0) + lots
        if held:
            self.lots[instrument] = held


def population(count, covers, collaterals, habits):
    """`count` accounts in every shape of pool; the first of each ten is a maker."""
    people = []
    for number in range(count):
        ten, place = divmod(number, TEN)
        owner = 7001 + ten if 6 <= place <= 8 else 5001 + number
        shares = 6 <= place <= 8 or (place == 9 and ten % 2)
        maker = place == 0
        people.append(Account(
            id=1001 + number, owner=owner, pool=1001 + number,
            shared=(9001 if place < 9 else 9501) + ten if shares else 0,
            isolates=place == 9, is_maker=maker,
            cover=MAKER_COVER if maker else pick(covers, "cover", owner),
            collateral="USD" if maker else pick(collaterals, "collateral", owner),
            habit="rides" if maker else pick(habits, "habit", owner)))
    return people


def opened(time, people):
    """Events that open the accounts and form the pools that several of them share."""
    entries = [{"account": account.id, "owner": account.owner, "pool": account.pool} for account in people]
    yield Event(time, REFERENCE_SOURCE, "ref.", "AccountOpened", entries)
    agreement = {"agreement": AGREEMENT, "kind": "oneOwner", "version": 1, "betaMax": 0, "affiliates": "no",
                 "contributionShare": 0, "pledgeMultiple": 0, "termsDigest": "", "model": "",
                 "ringFenceUtilisation": 0, "ringFenceTail": 0, "coverTwoAbove": 0, "ramp": 0, "exitNotice": 0,
                 "contributionHold": 0}
    yield Event(time, REFERENCE_SOURCE, "ref.", "PoolAgreement", [agreement])
    joining = [Member(account) for account in people if account.shared and not account.isolates]
    if joining:
        yield joined(time, joining)


def joined(time, members):
    entries = [
        {"account": member.account.id, "instrument": member.key[1], "pool": member.account.shared,
         "agreement": AGREEMENT, "action": "join", "contribution": 0, "pledge": 0}
        for member in members
    ]
    return Event(time, REFERENCE_SOURCE, "ref.", "PoolMembership", entries)
