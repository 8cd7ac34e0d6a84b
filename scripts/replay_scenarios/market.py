"""Market state as the scenario publishes it: every method remembers a price and returns its event."""

from .exchange import ASSETS, PRICE_SOURCES, scaled
from .stream import Event


class Market:
    """The latest prices, in dollars and fractions; an option's price is in coin."""

    def __init__(self):
        self.now = 0
        self.index = {}  # by symbol of the underlying
        self.forward = {}  # by (symbol, expiry)
        self.volatility = {}  # by (symbol, expiry, strike)
        self.mark = {}  # by instrument

    def sigma(self, underlying, expiry, strike):
        """The volatility published at a strike, else at the nearest strike of its expiry."""
        known = self.volatility.get((underlying, expiry, strike))
        if known is None:
            distances = ((abs(other - strike), sigma) for (asset, date, other), sigma in self.volatility.items()
                         if (asset, date) == (underlying, expiry))
            _, known = min(distances)
        return known

    def publish_index(self, time, underlying, price):
        self.index[underlying] = float(price)
        asset = ASSETS[underlying]
        entry = {"underlying": asset.id, "price": asset.ticks(price), "confidence": scaled(1, -9), "publishTime": time}
        return self._event(time, underlying, "IndexPrice", [entry])

    def publish_marks(self, time, underlying, prices):
        """Marks of instruments of one underlying: (instrument, price) pairs; a worthless option has no mark."""
        self.mark.update((instrument, float(price)) for instrument, price in prices)
        entries = [
            {"instrument": instrument.id, "price": instrument.ticks(price), "publishTime": time}
            for instrument, price in prices
        ]
        return self._event(time, underlying, "MarkPrice", [entry for entry in entries if entry["price"] > 0])

    def publish_forwards(self, time, underlying, forwards):
        """Forwards of one underlying: (expiry, price) pairs."""
        self.forward.update(((underlying, expiry), float(price)) for expiry, price in forwards)
        asset = ASSETS[underlying]
        entries = [
            {"underlying": asset.id, "expiry": expiry, "forward": asset.ticks(price), "settledForward": 0,
             "publishTime": time}
            for expiry, price in forwards
        ]
        return self._event(time, underlying, "ForwardPoint", entries)

    def publish_volatilities(self, time, underlying, points):
        """A whole update of one underlying's surface: (expiry, strike, volatility) triples."""
        self.volatility.update(((underlying, expiry, float(strike)), float(sigma)) for expiry, strike, sigma in points)
        asset = ASSETS[underlying]
        entries = [
            {"underlying": asset.id, "expiry": expiry, "strike": asset.ticks(strike), "volatility": scaled(sigma, -9),
             "last": "no", "publishTime": time}
            for expiry, strike, sigma in points
        ]
        entries[-1]["last"] = "yes"
        return self._event(time, underlying, "VolatilityPoint", entries)

    def publish_volatility_index(self, time, underlying, tenor_days, levels):
        """Levels of an index of one underlying's volatility: (publish time, volatility) pairs, in order of time."""
        entries = [
            {"underlying": ASSETS[underlying].id, "tenorDays": tenor_days, "volatility": scaled(sigma, -9),
             "publishTime": published}
            for published, sigma in levels
        ]
        return self._event(time, underlying, "VolatilityIndex", entries)

    def _event(self, time, underlying, message, entries):
        self.now = time
        return Event(time, PRICE_SOURCES + ASSETS[underlying].id, f"px.{underlying}.", message, entries)
