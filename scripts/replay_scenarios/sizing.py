"""An estimate of initial margin, to fund accounts sensibly. The engine computes the real one.

The scan of the default model on every other node with three volatility shapes, underlyings added without credit, and
its main add-ons. Good to a few per cent, which is all that choosing a deposit needs.
"""

from dataclasses import dataclass, field
from math import erf, log, sqrt

YEAR = 365 * 86_400 * 1e9  # in nanoseconds
RANGE = {"BTC": 0.16, "ETH": 0.20, "SOL": 0.30, "XRP": 0.35}
BASIS_FLOOR = {"BTC": 0.005, "ETH": 0.005, "SOL": 0.01, "XRP": 0.01}
TAILS = (-0.66, -0.33, 0.5, 1, 2, 3, 4, 5)
DAMPING = 0.77
SHAPES = ("same", "up", "down")
LIQUIDATION_FEE, NAKED_SHORT, MINIMUM_DELTA, STABLECOIN = 0.001, 0.005, 0.01, 0.05


def columns(underlying):
    """(spot move, damping, volatility shape) of every column."""
    reach = RANGE[underlying]
    ordinary = [(node * reach / 4, 1.0, shape) for node in (-4, -2, 0, 2, 4) for shape in SHAPES]
    return ordinary + [(move, min(1.0, DAMPING * reach / abs(move)), "up") for move in TAILS]


COLUMNS = {underlying: columns(underlying) for underlying in RANGE}


def normal(x):
    return 0.5 + 0.5 * erf(x / sqrt(2))


def black(option_type, forward, strike, deviation):
    """Undiscounted Black-76 value, and its forward delta."""
    sign = 1 if option_type == "call" else -1
    if deviation <= 1e-9:
        return max(0.0, sign * (forward - strike)), float(sign * (forward - strike) > 0) * sign
    d1 = log(forward / strike) / deviation + deviation / 2
    first, second = normal(sign * d1), normal(sign * (d1 - deviation))
    return sign * (forward * first - strike * second), sign * first


def shocked(sigma, shape, days):
    if shape == "same":
        return sigma
    power = 0.30 if days <= 30 else 0.13
    scale = (30 / max(days, 1.0)) ** power
    if shape == "down":
        return sigma * max(0.0, 1 - 0.30 * scale)
    raised = sigma * (1 + 0.60 * scale)
    return max(raised, 0.50) if days <= 30 else raised


def row(market, instrument):
    """Value and delta of one unit in dollars, and its gain in every column."""
    underlying = instrument.underlying.symbol
    spot = market.index[underlying]
    if not instrument.is_option:
        mark = market.mark[instrument]
        if instrument.is_inverse_perpetual:
            return -spot / mark, 0.0, [0.0] * len(COLUMNS[underlying])
        return mark, mark, [mark * move * damping for move, damping, _ in COLUMNS[underlying]]
    forward = market.forward[underlying, instrument.expiry]
    sigma = market.sigma(underlying, instrument.expiry, instrument.strike)
    years = max(0.0, (instrument.expiry - market.now) / YEAR)
    root = sqrt(years)
    value, delta = black(instrument.option_type, forward, instrument.strike, sigma * root)
    deviations = {shape: shocked(sigma, shape, years * 365) * root for shape in SHAPES}
    gains = []
    for move, damping, shape in COLUMNS[underlying]:
        moved, _ = black(instrument.option_type, forward * (1 + move), instrument.strike, deviations[shape])
        gains.append(damping * spot * (moved / (forward * (1 + move)) - value / forward))
    return spot * value / forward, spot * delta, gains


@dataclass
class Holdings:
    """What a pool holds, in units of the underlyings and of its assets."""

    positions: dict = field(default_factory=dict)  # instrument: units, positive = long
    balances: dict = field(default_factory=dict)  # asset symbol: balance less entry cost

    def value(self, market, rows):
        """Equity in dollars."""
        cash = sum(amount * market.index.get(symbol, 1.0) for symbol, amount in self.balances.items())
        return cash + sum(units * rows[instrument][0] for instrument, units in self.positions.items())

    def initial_margin(self, market, rows):
        """Estimated requirement in dollars; `rows` holds the row of every instrument of the positions."""
        return sum(self._underlying(market, rows, underlying) for underlying in RANGE) + self._stablecoin(rows)

    def _underlying(self, market, rows, underlying):
        positions = [
            (instrument, units) for instrument, units in self.positions.items()
            if instrument.underlying.symbol == underlying
        ]
        spot = market.index.get(underlying, 0.0)
        coin = self.balances.get(underlying, 0.0) * spot
        gains = [coin * move * damping for move, damping, _ in COLUMNS[underlying]]
        gross = net = fee = 0.0
        deltas, shorts = {}, {}
        for instrument, units in positions:
            value, delta, row_gains = rows[instrument]
            gains = [gain + units * one for gain, one in zip(gains, row_gains)]
            gross += abs(units * delta)
            net += units * delta
            if instrument.is_option:
                key = instrument.expiry, instrument.option_type
                shorts[key] = shorts.get(key, 0.0) - units * spot
                fee += LIQUIDATION_FEE * abs(units) * spot
            else:
                fee += LIQUIDATION_FEE * abs(units * value)
            deltas[instrument.expiry] = deltas.get(instrument.expiry, 0.0) + (delta or -value) * units
        floor = MINIMUM_DELTA * (max(0.0, gross - abs(coin)) + abs(net + coin))
        basis = sum(abs(delta) * max(BASIS_FLOOR[underlying], self._basis(market, expiry, underlying))
                    for expiry, delta in deltas.items())
        naked = NAKED_SHORT * sum(max(0.0, short) for short in shorts.values())
        return max(-min(gains), floor) + basis + naked + fee

    def _basis(self, market, expiry, underlying):
        return 10 * BASIS_FLOOR[underlying] * max(0.0, (expiry - market.now) / YEAR) if expiry else 0.0

    def _stablecoin(self, rows):
        settled = sum(units * rows[instrument][0] for instrument, units in self.positions.items()
                      if instrument.settlement.symbol == "USDC")
        return STABLECOIN * max(0.0, self.balances.get("USDC", 0.0) + settled)
