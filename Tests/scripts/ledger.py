"""The exchange as its events alone describe it: an independent fold that refuses what the engine would refuse."""

from collections import defaultdict


class Ledger:
    """Applies a scenario's events one by one; a rule that is broken is an assertion with the event in its message."""

    def __init__(self):
        self.assets, self.instruments, self.accounts, self.agreements = {}, {}, {}, set()
        self.members, self.positions, self.balances = set(), defaultdict(int), defaultdict(int)
        self.prices, self.funded = set(), set()

    def apply(self, event):
        for entry in event.entries:
            getattr(self, event.message)(event, entry)

    def AssetListed(self, event, entry):
        self.assets[entry["asset"]] = entry

    def InstrumentListed(self, event, entry):
        assert entry["instrument"] not in self.instruments, entry
        assert {entry["underlying"], entry["settlementAsset"]} <= self.assets.keys(), entry
        money = self.assets[entry["settlementAsset"]]["moneyExponent"]
        is_exact = entry["priceExponent"] + entry["quantityExponent"] >= money
        assert is_exact or entry["kind"] == "inversePerpetual", entry
        self.instruments[entry["instrument"]] = entry

    def InstrumentDelisted(self, event, entry):
        held = [key for key, lots in self.positions.items() if key[2] == entry["instrument"] and lots]
        assert not held, held
        del self.instruments[entry["instrument"]]

    def AccountOpened(self, event, entry):
        assert entry["account"] not in self.accounts and entry["pool"], entry
        self.accounts[entry["account"]] = entry["owner"]
        self.members.add((entry["account"], 0))

    def PoolAgreement(self, event, entry):
        self.agreements.add(entry["agreement"])

    def PoolMembership(self, event, entry):
        assert entry["account"] in self.accounts and entry["agreement"] in self.agreements, entry
        assert entry["instrument"] == 0 or entry["instrument"] in self.instruments, entry
        self.members.add((entry["account"], entry["instrument"]))

    def IndexPrice(self, event, entry):
        self.price(event, entry, self.assets[entry["underlying"]]["hasIndex"] == "yes" and entry["price"] > 0)

    def MarkPrice(self, event, entry):
        self.price(event, entry, entry["price"] > 0 and entry["instrument"] in self.instruments)
        self.prices.add(entry["instrument"])

    def ForwardPoint(self, event, entry):
        self.price(event, entry, entry["forward"] > 0)
        self.prices.add((entry["underlying"], entry["expiry"]))

    def VolatilityIndex(self, event, entry):
        self.price(event, entry, 10**7 <= entry["volatility"] <= 10**10 and 1 <= entry["tenorDays"] <= 3650)

    def VolatilityPoint(self, event, entry):
        self.price(event, entry, 0 < entry["volatility"] <= 50 * 10**9)
        is_last = entry is event.entries[-1]
        assert (entry["last"] == "yes") == is_last, entry

    def price(self, event, entry, is_valid):
        assert is_valid and entry["publishTime"] <= event.time, (event.message, entry)

    def Deposit(self, event, entry):
        assert entry["account"] in self.accounts and entry["amount"] > 0, entry
        assert entry["status"] == "final" and entry["asset"] in self.assets, entry
        self.balances[entry["account"], entry["instrument"], entry["asset"]] += entry["amount"]
        self.funded.add(entry["account"])

    def Transfer(self, event, entry):
        source = entry["fromAccount"], entry["fromInstrument"], entry["asset"]
        assert 0 < entry["amount"] <= self.balances[source], entry
        assert entry["toInstrument"] in self.instruments, entry
        self.balances[source] -= entry["amount"]
        self.balances[entry["toAccount"], entry["toInstrument"], entry["asset"]] += entry["amount"]

    def Trade(self, event, entry):
        instrument = self.instruments[entry["instrument"]]
        assert entry["quantity"] > 0 and entry["buyer"] != entry["seller"], entry
        assert {entry["buyer"], entry["seller"]} <= self.accounts.keys(), entry
        assert {entry["buyer"], entry["seller"]} <= self.funded, entry
        # An option is valued at its forward and volatility, everything else at its mark.
        key = (instrument["underlying"], instrument["expiry"]) if instrument["expiry"] else entry["instrument"]
        assert key in self.prices, f"traded before it had a price: {entry}"
        assert entry["price"] > 0 and entry["tradeTime"] == event.time, entry
        assert instrument["expiry"] == 0 or event.time < instrument["expiry"], entry
        for side, sign in (("buyer", 1), ("seller", -1)):
            isolated = entry["instrument"] if entry[f"{side}Mode"] == "isolated" else 0
            self.positions[entry[side], isolated, entry["instrument"]] += sign * entry["quantity"]

    def Settlement(self, event, entry):
        assert entry["price"] > 0 and event.time >= entry["settlementTime"], entry
        for key in [key for key in self.positions if key[2] == entry["instrument"]]:
            del self.positions[key]

    def net(self):
        """Lots per instrument over all members."""
        totals = defaultdict(int)
        for (_, _, instrument), lots in self.positions.items():
            totals[instrument] += lots
        return totals

    def longs(self):
        """Open interest in lots, by instrument."""
        totals = defaultdict(int)
        for (_, _, instrument), lots in self.positions.items():
            totals[instrument] += max(0, lots)
        return totals
