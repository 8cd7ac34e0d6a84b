"""Mutual pools through `plimsoll margin`, against an enumeration of every joint scenario of perpetuals in plain Python."""
import copy
import itertools
import json
import random
import subprocess

import pytest
from engine import BINARY, ROOT

KAPPA = 0.8
RANGE = {"BTC": 0.16, "ETH": 0.20, "SOL": 0.30}
WINDOW = {"BTC": 1, "ETH": 1, "SOL": 2}
BASIS = {"BTC": 0.005, "ETH": 0.005, "SOL": 0.01}
PRICE = {"BTC": 60000, "ETH": 2500, "SOL": 150}
TAILS = [-0.66, -0.33, 0.5, 1, 2, 3, 4, 5]
FACTOR = {"initial": 1.0, "maintenance": 0.8}


def run(*arguments, text=""):
    return subprocess.run([BINARY, *arguments], input=text, capture_output=True, text=True, cwd=ROOT)


def answer(case):
    result = run("margin", "--case", "-", text=json.dumps(case))
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def pool(members, **agreement):
    """Members are (dollars, {underlying: size}, contribution, pledge)."""
    return {
        "market": {name: {"spot": price, "perpetual": {"price": price}} for name, price in PRICE.items()},
        "pool": {"agreement": {"kind": "mutual", **agreement}, "members": [
            {"id": f"m{number}", "contribution": contribution, "pledge": pledge,
             "account": {"cash": cash, "perpetuals": [
                 {"underlying": name, "size": size, "entryPrice": PRICE[name]} for name, size in book.items()]}}
            for number, (cash, book, contribution, pledge) in enumerate(members)]}}


def move(name, node):
    """The damped move of a node: an ordinary one by its number, a tail by its name."""
    if isinstance(node, int):
        return node * RANGE[name] / 4
    tail = TAILS[int(node[1:])]
    return min(1, 0.77 * RANGE[name] / abs(tail)) * tail


NODES = list(range(-4, 5)) + [f"t{place}" for place in range(len(TAILS))]


def windows(names):
    """Every combination of nodes near a common one, each once."""
    found = set()
    for c in NODES:
        lists = []
        for name in names:
            if isinstance(c, int):
                lists.append([j for j in range(-4, 5) if abs(j - c) <= WINDOW[name]])
            else:
                lists.append([c, -4 if TAILS[int(c[1:])] < 0 else 4])
        found.update(itertools.product(*lists))
    return sorted(found, key=str)


def losses(book, names, nodes):
    return -sum(book.get(name, 0) * PRICE[name] * move(name, node) for name, node in zip(names, nodes))


def scenarios(members):
    """`L_i(s)` of every member in every joint scenario that is not another's equal."""
    names = sorted({name for _, book, _, _ in members for name in book})
    firsts = {tuple(losses(book, names, nodes) for _, book, _, _ in members)
              for nodes in itertools.product(NODES, repeat=len(names))}
    if len(names) == 1:
        return sorted(firsts)
    seconds = {tuple(losses(book, names, nodes) for _, book, _, _ in members) for nodes in windows(names)}
    return [tuple((1 - KAPPA) * a + KAPPA * b for a, b in zip(first, second))
            for first in undominated(firsts) for second in undominated(seconds)]


def undominated(vectors):
    """Those than which no other is at least as bad for everyone."""
    return [v for v in vectors if not any(w != v and all(b >= a for a, b in zip(v, w)) for w in vectors)]


def addons(book):
    return sum(abs(size) * PRICE[name] * (BASIS[name] + 0.001) for name, size in book.items())


def excess(members, money, level, all_losses):
    """`min_s Σ min(money_i − a_i − f·L_i(s), K_i)`."""
    pledges = [contribution + min(pledge, contribution) for _, _, contribution, pledge in members]
    own = [addons(book) for _, book, _, _ in members]
    return min(sum(min(m - a - FACTOR[level] * loss, k) for m, a, loss, k in zip(money, own, vector, pledges))
               for vector in all_losses)


def credit(members, got, beta_max, all_losses):
    """The largest passing β, by bisection, with the components of the answer."""
    alone = [member["standAlone"]["initial"] for member in got["members"]]
    part = [max(0, member["component"]["initial"]) for member in got["members"]]

    def passes(beta):
        money = [s - beta * (s - c) for s, c in zip(alone, part)]
        return excess(members, money, "initial", all_losses) >= -1e-6

    if passes(beta_max):
        return beta_max
    low, high = 0, beta_max
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if passes(middle) else (low, middle)
    return low


def generated(seed):
    source = random.Random(seed)
    names = source.sample(sorted(PRICE), source.choice([1, 2, 2, 3]))
    members = []
    for _ in range(source.randint(2, 4)):
        book = {name: round(source.uniform(-60000, 60000) / PRICE[name], 3)
                for name in names if source.random() < 0.8 or len(names) == 1}
        contribution = source.choice([0, 500, 2000, 5000])
        members.append((source.uniform(500, 25000), book, contribution, source.choice([0, 300, 1e4])))
    return members


@pytest.mark.parametrize("seed", range(24))
def test_a_mutual_pool_is_what_the_enumeration_of_every_scenario_says(seed):
    members = generated(seed)
    beta_max = 0.8 if seed % 2 else 0.5
    got = answer(pool(members, affiliates=bool(seed % 2)))
    all_losses = scenarios(members)

    money = [cash for cash, _, _, _ in members]
    for level in FACTOR:
        assert got["poolExcess"][level] == pytest.approx(excess(members, money, level, all_losses), rel=1e-9, abs=1e-6)
    assert got["beta"] == pytest.approx(credit(members, got, beta_max, all_losses), abs=3e-9)
    assert got["isExact"]
    worst = max(sum(vector) for vector in all_losses)
    for level, name in [("initial", "initialMargin"), ("maintenance", "maintenanceMargin")]:
        netted = FACTOR[level] * worst + sum(addons(book) for _, book, _, _ in members)
        assert sum(m["component"][level] for m in got["members"]) == pytest.approx(netted, rel=1e-9, abs=1e-6)
        assert sum(m["share"][level] for m in got["members"]) == pytest.approx(got[name]["requirement"], rel=1e-12)
        assert sum(c[level] for c in got["components"]) == pytest.approx(got[name]["requirement"], rel=1e-12)
    for number, (member, (cash, book, contribution, pledge)) in enumerate(zip(got["members"], members)):
        own = max((vector[number] for vector in all_losses), default=0)
        gross = sum(abs(size) * PRICE[name] for name, size in book.items())
        alone = max(own, 0.02 * gross) + addons(book)
        assert member["standAlone"]["initial"] == pytest.approx(alone, rel=1e-9)
        assert member["pledge"]["initial"] == pytest.approx(contribution + min(pledge, contribution))
        for level in FACTOR:
            s, c, m = (member[key][level] for key in ("standAlone", "component", "share"))
            assert c <= s + 1e-6 and (1 - got["beta"]) * s - 1e-6 <= m <= s
            assert member["excess"][level] == pytest.approx(cash - m, abs=1e-6)
        s, c, m = (member[key]["initial"] for key in ("standAlone", "component", "share"))
        assert m == pytest.approx(s - got["beta"] * (s - max(0, c)), abs=1e-6)
        assert member["share"]["maintenance"] <= m


def test_without_a_bound_to_pledges_the_pool_excess_is_that_of_plain_netting():
    members = [(12000, {"BTC": 1}, 1e12, 1e12), (12000, {"ETH": 10}, 1e12, 1e12), (9000, {"ETH": -16}, 1e12, 1e12)]
    mutual = answer(pool(members, affiliates=True))
    netted = copy.deepcopy(pool(members))
    netted["pool"]["agreement"] = {"kind": "oneOwner"}
    scan = next(c["initial"] for c in answer(netted)["components"] if c["name"] == "scan")

    own = sum(addons(book) for _, book, _, _ in members)
    assert mutual["poolExcess"]["initial"] == pytest.approx(33000 - scan - own, rel=1e-9)
    assert scan == pytest.approx(9000)
    assert [m["component"]["initial"] for m in mutual["members"]] == pytest.approx([9960, 1150, -1360], rel=1e-9)
    assert mutual["beta"] == 0.8


def test_the_order_of_members_does_not_matter():
    members = generated(5)
    case = pool(members)
    turned = copy.deepcopy(case)
    turned["pool"]["members"].reverse()
    got, other = answer(case), answer(turned)

    assert other["members"] == got["members"][::-1]
    for key in ("beta", "poolExcess", "initialMargin", "maintenanceMargin", "cover"):
        assert other[key] == got[key]


def test_cash_adds_exactly_itself_to_its_member():
    members = generated(6)
    richer = [(members[0][0] + 1000, *members[0][1:])] + members[1:]
    got, more = answer(pool(members)), answer(pool(richer))

    assert [m["share"] for m in more["members"]] == [m["share"] for m in got["members"]]
    assert more["members"][0]["excess"]["initial"] == pytest.approx(got["members"][0]["excess"]["initial"] + 1000)


def test_members_are_told_how_they_stand():
    got = answer(pool([(12000, {"BTC": 1}, 3000, 3000), (9000, {"BTC": -0.6}, 2000, 2000)]))

    assert got["poolExcess"]["initial"] == pytest.approx(6040)
    assert got["cover"] == pytest.approx({"stress": 2988, "funds": 2000})
    long, short = got["members"]
    assert (long["withdrawable"], short["withdrawable"]) == pytest.approx((2040, 6012))
    assert (long["contributionNeeded"], short["contributionNeeded"]) == pytest.approx((4980, 2988))
    assert (long["excessWithout"], short["excessWithout"]) == pytest.approx((3024, 2040))
    assert long["canLeave"] and short["canLeave"] and long["ringFence"] is None
    assert {c["name"]: c["initial"] for c in got["components"]}["credit"] == pytest.approx(-2988)


@pytest.mark.parametrize("change, words", [
    ({"betaMax": 1.5}, ["pool.agreement", "betaMax of 1.5"]), ({"betaMax": "x"}, ["pool.agreement.betaMax"]),
    ({"kind": "club"}, ["pool.agreement.kind", "club"]), ({"colour": 1}, ["pool.agreement.colour"]),
    ({"pledgeMultiple": -1}, ["pool.agreement", "pledgeMultiple"]),
])
def test_an_agreement_that_cannot_hold_is_named(change, words):
    case = pool([(12000, {"BTC": 1}, 0, 0)])
    case["pool"]["agreement"].update(change)
    result = run("margin", "--case", "-", text=json.dumps(case))

    assert result.returncode == 2 and result.stdout == ""
    assert all(word in result.stderr for word in words), result.stderr


def test_a_negative_pledge_is_named():
    result = run("margin", "--case", "-", text=json.dumps(pool([(12000, {"BTC": 1}, 0, -1)])))

    assert result.returncode == 2 and "pool.members[0].pledge" in result.stderr
