"""`plimsoll margin`: cases in, answers out; expected figures are worked out here from the model's text."""
import copy
import json
import math
import subprocess

import pytest
from engine import BINARY, ROOT

# Defaults of config/risk/plimsoll.yaml for BTC: range 16 %, basis floor 0.5 %, fee 0.1 %, minimum delta 1 % + 1 %.
MAINTENANCE, INITIAL = 0.8, 1.0


def margin(text, *arguments):
    """Runs the command with a text on standard input."""
    return subprocess.run([BINARY, "margin", "--case", "-", *arguments], input=text, capture_output=True, text=True,
                          cwd=ROOT)


def answers(cases, *arguments):
    result = margin(cases if isinstance(cases, str) else json.dumps(cases), *arguments)
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def answer(case):
    (one,) = answers(case)
    return one


def complaint(case, *arguments):
    """What is said of a case that cannot be read."""
    result = margin(case if isinstance(case, str) else json.dumps(case), *arguments)
    assert result.returncode == 2, result.stdout
    assert result.stdout == ""
    return result.stderr


def changed(case, *path, to):
    """A copy with one value replaced."""
    case = copy.deepcopy(case)
    place = case
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return case


# As published in the format's description, without another model's parameter.
PUBLISHED = {
    "name": "short call",
    "market": {"ETH": {
        "spot": 1500, "spotConfidence": 1, "slowPrice": None, "openInterest": {"ETH-PERP": 120000},
        "perpetual": {"price": 1505, "confidence": 1},
        "expiries": [{"secondsToExpiry": 500400, "forward": 1500.833279310994, "forwardConfidence": 1,
                      "settledForward": 0, "rate": 0.15, "rateConfidence": 1, "volatilityConfidence": 1}]}},
    "stablecoinPrice": 1.0,
    "parameters": {},
    "account": {
        "cash": 0,
        "collateral": [{"asset": "USDT", "underlying": None, "amount": 1000, "price": 0.9998, "confidence": 1,
                        "riskCancelling": False, "maintenanceHaircut": 0.02, "initialHaircut": 0.03}],
        "perpetuals": [{"underlying": "ETH", "settlement": "linear", "size": 1, "entryPrice": 1535,
                        "unsettledFunding": 0}],
        "futures": [{"underlying": "ETH", "settlement": "inverse", "secondsToExpiry": 500400, "size": 10,
                     "entryPrice": 1500, "mark": 1502}],
        "options": [{"underlying": "ETH", "settlement": "linear", "secondsToExpiry": 500400, "strike": 1500,
                     "type": "call", "impliedVolatility": 1.047884494085, "size": -1}],
        "orders": []}}

# One BTC perpetual short against one BTC of coin.
HEDGED = {
    "name": "hedged",
    "market": {"BTC": {"spot": 60000, "perpetual": {"price": 60000}}},
    "account": {"collateral": [{"asset": "BTC", "underlying": "BTC", "amount": 1}],
                "perpetuals": [{"underlying": "BTC", "size": -1, "entryPrice": 61000}]}}


def option(strike, kind, size, underlying="BTC", days=30):
    return {"underlying": underlying, "secondsToExpiry": days * 86400, "strike": strike, "type": kind,
            "impliedVolatility": 0.6, "size": size}


POOL = {
    "name": "one desk",
    "market": {
        "BTC": {"spot": 60000, "perpetual": {"price": 60030},
                "expiries": [{"secondsToExpiry": 30 * 86400, "forward": 60400, "rate": 0.04},
                             {"secondsToExpiry": 2 * 86400, "forward": 60050}]},
        "ETH": {"spot": 2500, "perpetual": {"price": 2501},
                "expiries": [{"secondsToExpiry": 30 * 86400, "forward": 2512}]}},
    "pool": {
        "agreement": {"kind": "oneOwner"},
        "members": [
            {"id": "calls", "account": {"cash": 20000, "options": [
                option(60000, "call", -2), option(66000, "call", 1), option(2500, "call", 5, "ETH")]},
             "contribution": 0, "pledge": 0},
            {"id": "puts", "account": {"cash": 15000, "options": [
                option(54000, "put", -1), option(60000, "put", 1, days=2), option(2300, "put", -10, "ETH")]}},
            {"id": "hedge", "account": {"cash": 5000, "perpetuals": [
                {"underlying": "BTC", "size": 0.7, "entryPrice": 60030},
                {"underlying": "ETH", "size": -4, "entryPrice": 2501}]}}]}}


def test_the_published_case_has_an_answer_in_the_published_form():
    got = answer(PUBLISHED)

    # One key beyond the published form: the future settles in coin, so the levels are said in coin too.
    assert set(got) - {"settlements"} == {
        "name", "model", "parametersVersion", "equity", "markToMarket", "initialMargin", "maintenanceMargin",
        "bindingScenario", "components", "members", "greeks"}
    assert [(amounts["asset"], amounts["price"]) for amounts in got["settlements"]] == [("ETH", 1500)]
    assert (got["name"], got["model"], got["members"]) == ("short call", "plimsoll", [])
    assert got["parametersVersion"].startswith("1-")
    # The option's published value is undiscounted; this model discounts at the rate. The rest is arithmetic.
    option_value = -79.371585 * math.exp(-0.15 * 500400 / (365 * 86400))
    contracts = (1505 - 1535) + 10 * (1 / 1500 - 1 / 1502) * 1500
    assert got["markToMarket"] == pytest.approx(option_value + contracts, abs=1e-5)
    assert got["equity"] == pytest.approx(got["markToMarket"] + 999.8, abs=1e-9)
    for level, name in [("initial", "initialMargin"), ("maintenance", "maintenanceMargin")]:
        parts = sum(component[level] for component in got["components"])
        assert got[name]["requirement"] == pytest.approx(parts, rel=1e-12)
        assert got[name]["balance"] == pytest.approx(got["equity"] - parts, rel=1e-12)
    parts = {component["name"]: component for component in got["components"]}
    assert parts["haircut"]["initial"] == pytest.approx(0.05 * 999.8, rel=1e-9)
    assert parts["haircut"]["maintenance"] == pytest.approx(0.02 * 999.8, rel=1e-9)
    assert set(got["bindingScenario"]) == {"underlying", "index", "spotMove", "volatility", "loss"}
    (greeks,) = got["greeks"]
    assert greeks["underlying"] == "ETH" and {"delta", "gamma", "vega", "theta"} <= set(greeks)


def test_a_perpetual_hedged_with_coin_pays_for_basis_and_fee_alone():
    got = answer(HEDGED)

    # Coin and perpetual move together in every scenario, and same-asset coin takes the perpetual's delta away.
    basis, fee = 60000 * 0.005, 60000 * 0.001
    assert got["equity"] == pytest.approx(60000 + 1000, abs=1e-9)
    assert got["markToMarket"] == pytest.approx(1000, abs=1e-9)
    assert got["bindingScenario"] is None
    assert {c["name"]: (c["initial"], c["maintenance"]) for c in got["components"]} == {
        "basis": pytest.approx((basis, basis), rel=1e-9), "liquidationFee": pytest.approx((fee, fee), rel=1e-9)}
    assert got["initialMargin"]["requirement"] == pytest.approx(basis + fee, rel=1e-9)
    assert got["initialMargin"]["balance"] == pytest.approx(61000 - basis - fee, rel=1e-9)
    assert got["greeks"][0]["delta"] == pytest.approx(0, abs=1e-12)


def test_a_perpetual_alone_loses_its_worst_node():
    case = changed(HEDGED, "account", "collateral", to=[])
    got = answer(case)

    # Tails: min(1, 0.77 · 0.16 / |m|) · |m| = 12.32 % at most, so the worst node is the edge of the range.
    scan, addons = 0.16 * 60000, 60000 * 0.006
    assert got["bindingScenario"]["underlying"] == "BTC"
    assert got["bindingScenario"]["spotMove"] == pytest.approx(0.16)
    assert got["bindingScenario"]["volatility"] == "same"
    assert got["bindingScenario"]["loss"] == pytest.approx(scan, rel=1e-9)
    assert got["initialMargin"]["requirement"] == pytest.approx(INITIAL * scan + addons, rel=1e-9)
    assert got["maintenanceMargin"]["requirement"] == pytest.approx(MAINTENANCE * scan + addons, rel=1e-9)


def test_the_shares_of_a_pool_of_one_owner_sum_to_its_requirement():
    got = answer(POOL)

    assert [member["id"] for member in got["members"]] == ["calls", "puts", "hedge"]
    for level, name in [("initial", "initialMargin"), ("maintenance", "maintenanceMargin")]:
        requirement = got[name]["requirement"]
        assert sum(m["share"][level] for m in got["members"]) == pytest.approx(requirement, rel=1e-12)
        assert sum(m["excess"][level] for m in got["members"]) == pytest.approx(got[name]["balance"], rel=1e-9)
        alone = sum(m["standAlone"][level] for m in got["members"])
        assert requirement < alone
    # A member stands alone as an account of the same positions does.
    case = {key: value for key, value in POOL.items() if key != "pool"}
    for member, shares in zip(POOL["pool"]["members"], got["members"]):
        single = answer({**case, "account": member["account"]})
        assert single["initialMargin"]["requirement"] == pytest.approx(shares["standAlone"]["initial"], rel=1e-10)
    assert [binding["underlying"] for binding in got["bindingScenario"]] == ["BTC", "ETH"]


def test_nobody_in_a_pool_of_one_owner_bears_more_than_alone():
    one_underlying = copy.deepcopy(POOL)
    del one_underlying["market"]["ETH"]
    for member in one_underlying["pool"]["members"]:
        for kind in ("options", "perpetuals"):
            positions = member["account"].get(kind, [])
            positions[:] = [position for position in positions if position["underlying"] == "BTC"]

    for case in (POOL, one_underlying):
        for member in answer(case)["members"]:
            for level in ("initial", "maintenance"):
                assert member["component"][level] <= member["share"][level] <= member["standAlone"][level] + 1e-9


def figures(got):
    """Every number of an answer that does not depend on an order."""
    return {
        "equity": got["equity"], "initial": got["initialMargin"], "maintenance": got["maintenanceMargin"],
        "binding": got["bindingScenario"], "components": got["components"], "greeks": got["greeks"],
        "members": sorted(got["members"], key=lambda member: member["id"])}


def close(left, right):
    if isinstance(left, dict):
        return set(left) == set(right) and all(close(left[key], right[key]) for key in left)
    if isinstance(left, list):
        return len(left) == len(right) and all(map(close, left, right))
    if isinstance(left, float):
        return left == pytest.approx(right, rel=1e-10, abs=1e-9)
    return left == right


def test_the_order_of_positions_members_and_underlyings_does_not_matter():
    case = copy.deepcopy(POOL)
    case["market"] = dict(reversed(case["market"].items()))
    case["market"]["BTC"]["expiries"].reverse()
    case["pool"]["members"].reverse()
    for member in case["pool"]["members"]:
        for positions in member["account"].values():
            if isinstance(positions, list):
                positions.reverse()

    assert close(figures(answer(case)), figures(answer(POOL)))


def test_a_position_may_be_split():
    case = changed(HEDGED, "account", "perpetuals", to=[
        {"underlying": "BTC", "size": -0.25, "entryPrice": 61000},
        {"underlying": "BTC", "size": -0.75, "entryPrice": 61000}])

    assert close(figures(answer(case)), figures(answer(HEDGED)))


def as_strings(value):
    if isinstance(value, dict):
        return {key: as_strings(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_strings(inner) for inner in value]
    return repr(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value


@pytest.mark.parametrize("case", [PUBLISHED, HEDGED, POOL], ids=lambda case: case["name"])
def test_numbers_may_be_decimal_strings(case):
    assert answer(as_strings(case)) == answer(case)


@pytest.mark.parametrize("settlement, coin", [("linear", "USD"), ("inverse", "BTC")])
def test_the_coin_that_a_contract_pays_anyway_may_be_named(settlement, coin):
    contract = {"underlying": "BTC", "settlement": settlement, "size": 1, "entryPrice": 59000}
    case = changed(HEDGED, "account", "perpetuals", to=[contract])
    named = changed(case, "account", "perpetuals", 0, "settlementAsset", to=coin)

    assert answer(named) == answer(case)
    other = {"linear": "BTC", "inverse": "USD"}[settlement]
    assert "settlementAsset" in complaint(changed(named, "account", "perpetuals", 0, "settlementAsset", to=other))


def test_linear_profit_in_a_stablecoin_is_charged_with_its_balance():
    case = {"market": HEDGED["market"], "account": {
        "collateral": [{"asset": "USDC", "amount": 500, "price": 0.98}],
        "perpetuals": [{"underlying": "BTC", "settlementAsset": "USDC", "size": 1, "entryPrice": 59000}]}}
    got = answer(case)

    worth = (500 + 1000) * 0.98
    assert got["equity"] == pytest.approx(worth, rel=1e-12)
    (charge,) = [component for component in got["components"] if component["name"] == "stablecoin"]
    assert charge["initial"] == pytest.approx(0.05 * worth, rel=1e-9)
    assert charge["maintenance"] == pytest.approx(0.02 * worth, rel=1e-9)


def test_answers_keep_every_digit():
    case = changed(HEDGED, "account", "cash", to=0.1)
    text = margin(json.dumps(case)).stdout

    assert json.loads(text)["equity"] == 0.1 + 60000 + 1000
    assert json.dumps(json.loads(text)["equity"]) in text


def test_a_list_and_lines_are_answered_in_order():
    cases = [HEDGED, POOL, PUBLISHED, {**HEDGED, "name": ""}]
    lines = "\n\n".join(map(json.dumps, cases)) + "\n"

    names = [got["name"] for got in answers(cases)]
    assert names == ["hedged", "one desk", "short call", ""]
    assert answers(lines, "--lines") == answers(cases) == [answer(case) for case in cases]
    assert answers([]) == answers("", "--lines") == []


def test_a_file_is_read_like_standard_input(tmp_path):
    path = tmp_path / "case.json"
    path.write_text(json.dumps(POOL))
    result = subprocess.run([BINARY, "margin", "--model", "plimsoll", "--json", "--case", str(path)],
                            capture_output=True, text=True, cwd=ROOT)

    assert result.returncode == 0, result.stderr
    assert json.loads(result.stdout) == answer(POOL)


@pytest.mark.parametrize("parameters, scan", [
    ({"underlyings": {"BTC": {"range": 0.2}}}, 0.2 * 60000),
    ({"maintenance": "0.5"}, 0.16 * 60000), ({"factors": {"maintenance": 0.5}}, 0.16 * 60000),
    ({"tails": [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5], "tailDamping": 1}, 0.16 * 60000),
])
def test_a_case_may_set_its_own_parameters(parameters, scan):
    short = changed(HEDGED, "account", "collateral", to=[])
    got = answer({**short, "parameters": parameters})

    assert got["bindingScenario"]["loss"] == pytest.approx(scan, rel=1e-9)
    factor = 0.5 if "0.5" in json.dumps(parameters) and "tails" not in parameters else MAINTENANCE
    assert got["maintenanceMargin"]["requirement"] == pytest.approx(factor * scan + 360, rel=1e-9)
    assert got["parametersVersion"] != answer(short)["parametersVersion"]


def test_the_version_of_the_parameters_tells_their_values_not_who_set_them(tmp_path):
    risk = (ROOT / "config/risk/plimsoll.yaml").read_text()
    changed_risk = tmp_path / "risk.yaml"
    changed_risk.write_text(risk.replace("kappa: 0.8 ", "kappa: 0.5 "))

    (by_file,) = answers(POOL, "--risk", str(changed_risk))
    assert by_file == answer({**POOL, "parameters": {"kappa": 0.5}})
    assert by_file["initialMargin"] != answer(POOL)["initialMargin"]
    assert answer({**POOL, "parameters": {"kappa": 0.8}}) == answer(POOL)


def test_an_underlying_may_bring_its_parameters():
    coin = {"market": {"DOGE": {"spot": 0.1, "perpetual": {"price": 0.1}}},
            "account": {"perpetuals": [{"underlying": "DOGE", "size": 1000, "entryPrice": 0.1}]}}
    assert "DOGE" in complaint(coin)

    got = answer({**coin, "parameters": {"underlyings": {
        "DOGE": {"range": 0.4, "window": "all", "basisFloor": 0.01, "basisPerYear": 0.1}}}})
    assert got["bindingScenario"]["loss"] == pytest.approx(0.4 * 100, rel=1e-9)


FIRST_OPTION = ("pool", "members", 0, "account", "options", 0)


@pytest.mark.parametrize("case, words", [
    ({**HEDGED, "colour": "red"}, ['"hedged"', "colour", "unknown key"]),
    (changed(POOL, *FIRST_OPTION, "strik", to=1), ['"one desk"', "pool.members[0].account.options[0].strik"]),
    (changed(POOL, "market", "BTC", "expiries", 1, "vol", to=1), ["market.BTC.expiries[1].vol"]),
    ({**HEDGED, "parameters": {"basisAdditiveFactor": 4}}, ["parameters.basisAdditiveFactor"]),
    ({**HEDGED, "parameters": {"kappa": 2}}, ["parameters.kappa", "outside"]),
    ({**HEDGED, "parameters": {"maintenance": 2}}, ["parameters", "release"]),
    ({**HEDGED, "account": None}, ["account", "missing"]),
    ({**HEDGED, "pool": POOL["pool"]}, ["pool", "not both"]),
    (changed(HEDGED, "account", "perpetuals", 0, "size", to="many"), ["account.perpetuals[0].size", "many"]),
    (changed(HEDGED, "account", "perpetuals", 0, "size", to="Infinity"), ["account.perpetuals[0].size"]),
    (changed(HEDGED, "account", "perpetuals", 0, "size", to="1e999"), ["account.perpetuals[0].size", "large"]),
    (changed(HEDGED, "account", "perpetuals", 0, "size", to="1e308"), ["hedged", "large"]),
    (changed(HEDGED, "account", "perpetuals", 0, "underlying", to="ETH"), ["perpetuals[0].underlying", "ETH"]),
    (changed(HEDGED, "account", "perpetuals", 0, "settlement", to="quanto"), ["settlement", "quanto"]),
    (changed(HEDGED, "market", "BTC", "spot", to=-1), ["hedged", "spot"]),
    (changed(HEDGED, "market", "BTC", "perpetual", to=None), ["perpetual"]),
    (changed(POOL, *FIRST_OPTION, "secondsToExpiry", to=7), ["options[0].secondsToExpiry", "no such expiry"]),
    (changed(POOL, *FIRST_OPTION, "type", to="Call"), ["options[0].type", "Call"]),
    (changed(POOL, "pool", "members", 1, "id", to="calls"), ["members[1].id", "calls"]),
    (changed(POOL, "pool", "members", to=[]), ["pool.members"]),
    ([HEDGED, {"market": {}, "acount": {}}], ["case 2", "acount"]),
])
def test_a_wrong_case_is_named_with_its_key(case, words):
    message = complaint(case)
    assert all(word in message for word in ["standard input: case", *words]), message


def test_orders_cost_what_the_worst_of_their_fills_would():
    orders = [{"instrument": {"perpetual": "BTC"}, "size": -2, "price": 61200},
              {"instrument": {"perpetual": "BTC"}, "size": 1, "price": 58800}]
    account = {"cash": 20000, "perpetuals": [{"underlying": "BTC", "size": 1, "entryPrice": 60000}]}
    bare = {"name": "orders", "market": {"BTC": {"spot": 60000, "perpetual": {"price": 60000}}}, "account": account}

    without = answer(bare)
    got = answer({**bare, "account": {**account, "orders": orders}})

    # At -16 % the long loses 9,600 and the bid's fill 58,800 - 50,400.
    parts = {part["name"]: part for part in got["components"]}
    assert parts["openOrders"]["initial"] == pytest.approx(8400, rel=1e-9)
    assert parts["openOrders"]["maintenance"] == 0
    assert got["maintenanceMargin"] == without["maintenanceMargin"]
    assert got["initialMargin"]["requirement"] == pytest.approx(without["initialMargin"]["requirement"] + 8400)


@pytest.mark.parametrize("market, charge", [
    ({"spotConfidence": 0.4}, 0.6 * 60000), ({"spotConfidence": 0.55}, 0),
    ({"perpetual": {"price": 60000, "confidence": 0.1}}, 0.9 * 60000)])
def test_a_price_in_doubt_is_charged_for_in_initial_margin(market, charge):
    bare = {"spot": 60000, "perpetual": {"price": 60000}}
    account = {"cash": 1, "perpetuals": [{"underlying": "BTC", "size": -1, "entryPrice": 60000}]}

    got = answer({"name": "doubt", "market": {"BTC": {**bare, **market}}, "account": account})

    parts = {part["name"]: part for part in got["components"]}
    found = parts.get("oracleUncertainty", {"initial": 0, "maintenance": 0})
    assert found == {**found, "initial": pytest.approx(charge), "maintenance": 0}


@pytest.mark.parametrize("size, slow, charge", [
    (1, 60000, 0.08063636363636363 * 66000), (-1, 60000, 0), (1, 65500, 0), (-1, 72600, 0.09 * 66000)])
def test_what_a_jump_gained_is_not_credited_in_initial_margin(size, slow, charge):
    slow = 60018 if slow == 60000 else slow
    account = {"cash": 1, "perpetuals": [{"underlying": "BTC", "size": size, "entryPrice": 60000}]}

    got = answer({"name": "jump", "account": account, "market": {
        "BTC": {"spot": 66000, "slowPrice": slow, "perpetual": {"price": 66000}}}})

    parts = {part["name"]: part for part in got["components"]}
    found = parts.get("twoPrice", {"initial": 0, "maintenance": 0})
    assert found == {**found, "initial": pytest.approx(charge), "maintenance": 0}


# D = 4,000,000, and an open interest of at least 50 million.
@pytest.mark.parametrize("size, interest, liquidity, concentration", [
    (50, 5000, 0, 0), (100, 5000, 0.01 * 6e6, 0), (150, 5000, 0.025 * 9e6, 0),
    (-150, 500, 0.025 * 9e6, 0.25 * 0.08 * 9e6), (2000, 5000, 0.2 * 120e6, 0.25 * 0.3 * 120e6)])
def test_the_size_of_an_owner_is_charged_in_initial_margin(size, interest, liquidity, concentration):
    market = {"spot": 60000, "depth": 8e6, "openInterest": {"BTC-PERP": interest}, "perpetual": {"price": 60000}}
    whole = {"perpetuals": [{"underlying": "BTC", "size": size, "entryPrice": 60000}]}
    half = {"perpetuals": [{"underlying": "BTC", "size": size / 2, "entryPrice": 60000}]}
    pool = {"agreement": {"kind": "oneOwner"}, "members": [{"id": "a", "account": half}, {"id": "b", "account": half}]}

    for got in (answer({"name": "one account", "market": {"BTC": market}, "account": whole}),
                answer({"name": "two accounts", "market": {"BTC": market}, "pool": pool})):
        parts = {part["name"]: (part["initial"], part["maintenance"]) for part in got["components"]}
        assert parts.get("liquidity", (0, 0)) == pytest.approx((liquidity, 0))
        assert parts.get("concentration", (0, 0)) == pytest.approx((concentration, 0))


def test_a_member_of_a_mutual_pool_is_charged_for_its_own_size():
    market = {"spot": 60000, "depth": 8e6, "perpetual": {"price": 60000}}
    accounts = [{"cash": 3e6, "perpetuals": [{"underlying": "BTC", "size": size, "entryPrice": 60000}]}
                for size in (100, -150)]
    pool = {"agreement": {"kind": "mutual"},
            "members": [{"id": str(n), "account": account} for n, account in enumerate(accounts)]}

    got = answer({"name": "both ways", "market": {"BTC": market}, "pool": pool})

    parts = {part["name"]: part["initial"] for part in got["components"]}
    assert parts["liquidity"] == pytest.approx(0.01 * 6e6 + 0.025 * 9e6)


@pytest.mark.parametrize("rate, charge", [(0.0001, 6), (-0.0001, 0), (0.02, 0.0075 * 60000), (-1, 0)])
def test_funding_of_the_next_eight_hours_is_charged_as_far_as_its_cap(rate, charge):
    perpetuals = [{"underlying": "BTC", "size": 2, "entryPrice": 60000},
                  {"underlying": "BTC", "settlement": "inverse", "size": -60000, "entryPrice": 60000}]

    got = answer({"name": "funding", "account": {"perpetuals": perpetuals}, "market": {
        "BTC": {"spot": 60000, "perpetual": {"price": 60000, "fundingRate": rate}}}})

    parts = {part["name"]: (part["initial"], part["maintenance"]) for part in got["components"]}
    assert parts.get("funding", (0, 0)) == pytest.approx((charge, 0))


@pytest.mark.parametrize("instrument, key", [
    ({"perpetual": "BTC", "future": "BTC"}, "orders[0].instrument.future"),
    ({"perpetual": "DOGE"}, "orders[0].instrument.perpetual"),
    ({"future": "BTC", "secondsToExpiry": 5}, "orders[0].instrument.future"),
    ({"option": "BTC", "secondsToExpiry": 5, "strike": 1, "type": "call"}, "orders[0].instrument.secondsToExpiry"),
])
def test_an_order_in_something_unknown_is_named(instrument, key):
    message = complaint(changed(
        HEDGED, "account", "orders", to=[{"instrument": instrument, "size": 1, "price": 1}]))
    assert key in message, message


@pytest.mark.parametrize("case, key", [
    (changed(POOL, *FIRST_OPTION, "settlementAsset", to="USDC"), "pool.members[0].account.options[0].settlementAsset"),
])
def test_what_the_model_does_not_use_yet_is_refused_not_ignored(case, key):
    message = complaint(case)
    assert key in message and "not supported yet" in message, message


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_is_not_finite_is_named_with_byte_and_key(number):
    text = '[{"name": "x"}, {"account": {"cash": %s}}]' % number
    message = complaint(text)

    assert f"case 2: account.cash: byte {text.index(number)}:" in message


def test_every_wrong_line_is_named_and_nothing_is_answered():
    lines = [json.dumps(HEDGED), "{", "", '{"name": "z", "account": {}, "market": 3}', json.dumps(POOL)]
    message = complaint("\n".join(lines), "--lines").splitlines()

    assert [line.split(" ")[1].rstrip(":") for line in message] == ["input:2", "input:4"]
    assert "byte 1" in message[0] and 'case "z": market' in message[1]


def test_another_model_is_refused_with_the_list_of_models():
    result = margin(json.dumps(HEDGED), "--model", "nothing")

    assert result.returncode == 2 and result.stdout == ""
    assert "nothing" in result.stderr and "plimsoll" in result.stderr and "span" in result.stderr


@pytest.mark.parametrize("arguments", [["--case", "absent.json"], ["--case", "-", "--risk", "absent.yaml"]])
def test_a_file_that_is_not_there_is_named(arguments):
    result = subprocess.run([BINARY, "margin", *arguments], input="{}", capture_output=True, text=True, cwd=ROOT)
    assert result.returncode == 2 and "absent" in result.stderr, result.stderr
