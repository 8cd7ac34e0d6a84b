"""What an exchange lists, and the exponents that it announces for it."""

from dataclasses import dataclass
from decimal import Decimal

from .stream import Event

REFERENCE_SOURCE, CASH_SOURCE, PRICE_SOURCES, LEDGER_SOURCES = 1, 2, 100, 200


def scaled(value, exponent):
    """A decimal number as a whole number of 10^exponent, half to even."""
    return int(Decimal(str(value)).scaleb(-exponent).to_integral_value())


@dataclass(frozen=True, eq=False)
class Asset:
    """A currency or coin. Coins are counted to nine decimals, so that an option's tick times its lot is whole."""

    id: int
    symbol: str
    role: str
    money_exponent: int
    price_exponent: int = -6

    def units(self, amount):
        """An amount in the smallest units of balances."""
        return scaled(amount, self.money_exponent)

    def ticks(self, price):
        """A price in ticks of the index."""
        return scaled(price, self.price_exponent)


ASSETS = {
    asset.symbol: asset
    for asset in (
        Asset(1, "USD", "numeraire", -6),
        Asset(2, "USDC", "stablecoin", -6),
        Asset(3, "BTC", "underlying", -9),
        Asset(4, "ETH", "underlying", -9),
        Asset(5, "SOL", "underlying", -9),
        Asset(6, "XRP", "underlying", -9),
    )
}


@dataclass(frozen=True, eq=False)
class Instrument:
    """A perpetual or an inverse option."""

    id: int
    symbol: str
    kind: str
    underlying: Asset
    settlement: Asset
    price_exponent: int
    quantity_exponent: int
    option_type: str = "none"
    strike: float = 0.0  # dollars
    expiry: int = 0  # nanoseconds since the epoch

    @property
    def is_option(self):
        return self.option_type != "none"

    @property
    def is_inverse_perpetual(self):
        return self.kind == "inversePerpetual"

    @property
    def lot(self):
        return 10.0**self.quantity_exponent

    def ticks(self, price):
        return scaled(price, self.price_exponent)

    def lots(self, quantity):
        return scaled(quantity, self.quantity_exponent)


# Exponents of price and quantity of a linear perpetual, by underlying.
LINEAR_EXPONENTS = {"BTC": (-2, -3), "ETH": (-2, -2), "SOL": (-3, -1), "XRP": (-5, 0)}


def linear_perpetual(id, underlying, settlement):
    price, quantity = LINEAR_EXPONENTS[underlying]
    name = f"{underlying}-{settlement}-PERP"
    return Instrument(id, name, "linearPerpetual", ASSETS[underlying], ASSETS[settlement], price, quantity)


def inverse_perpetual(id, underlying):
    """Sized in contracts of ten dollars."""
    asset = ASSETS[underlying]
    return Instrument(id, f"{underlying}-PERPETUAL", "inversePerpetual", asset, asset, -2, 1)


def inverse_option(id, symbol, underlying, option_type, strike, expiry):
    asset = ASSETS[underlying]
    return Instrument(id, symbol, "inverseOption", asset, asset, -8, -1, option_type, float(strike), expiry)


def list_assets(time, symbols):
    flags = {True: "yes", False: "no"}
    entries = [
        {
            "asset": asset.id,
            "symbol": asset.symbol,
            "moneyExponent": asset.money_exponent,
            "priceExponent": asset.price_exponent,
            "isNumeraire": flags[asset.role == "numeraire"],
            "isStablecoin": flags[asset.role == "stablecoin"],
            "hasIndex": flags[asset.role == "underlying"],
        }
        for asset in map(ASSETS.get, symbols)
    ]
    return Event(time, REFERENCE_SOURCE, "ref.", "AssetListed", entries)


def list_instruments(time, instruments):
    entries = [
        {
            "instrument": instrument.id,
            "symbol": instrument.symbol,
            "kind": instrument.kind,
            "optionType": instrument.option_type,
            "underlying": instrument.underlying.id,
            "settlementAsset": instrument.settlement.id,
            "priceExponent": instrument.price_exponent,
            "quantityExponent": instrument.quantity_exponent,
            "strike": instrument.underlying.ticks(instrument.strike),
            "expiry": instrument.expiry,
        }
        for instrument in instruments
    ]
    return Event(time, REFERENCE_SOURCE, "ref.", "InstrumentListed", entries)

