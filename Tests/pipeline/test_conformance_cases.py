"""`plimsoll conformance` over files of our own layout: every committed case, and what is wrong with a file, by name."""
import copy
import json
import os
import pathlib
import subprocess

import pytest
from engine import BINARY, ROOT

CASES = ROOT / "Tests/conformance"
VECTORS = pathlib.Path(os.environ.get("PLIMSOLL_VECTORS", ROOT.parent / "shared/vectors"))


def conformance(*arguments):
    return subprocess.run([BINARY, "conformance", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)


def test_every_committed_case_comes_out():
    result = conformance("all", CASES, "--json")

    assert result.returncode == 0, result.stdout + result.stderr
    reports = {report["model"]: report for report in json.loads(result.stdout)}
    # As many as the files have: none is lost on the way.
    texts = [json.loads(file.read_text()) for file in CASES.glob("*.json")]
    for method, report in reports.items():
        assert report["passed"] == sum(len(text["cases"]) for text in texts if text["method"] == method), method
    assert {method: (report["passed"], report["figures"]) for method, report in reports.items()} == {
        "black": (73, 94), "deribit-portfolio": (6, 237), "derive-portfolio": (92, 506), "derive-standard": (42, 78),
        "dydx-perpetual": (47, 61), "expected-shortfall": (4, 8), "mango-health": (18, 108), "okx-range": (4, 15),
        "span": (14, 54)}
    assert reports["dydx-perpetual"]["worstError"] == 0
    assert all(report["unreadable"] == report["failed"] == 0 for report in reports.values())


@pytest.mark.parametrize("file", sorted(CASES.glob("*.json")), ids=lambda file: file.stem)
def test_every_committed_case_fails_when_its_figures_are_moved_by_a_hundredth(tmp_path, file):
    text = json.loads(file.read_text())

    def moved(value):
        if isinstance(value, bool) or isinstance(value, str):
            return value
        if isinstance(value, (int, float)):
            return value * 2 + 1 if isinstance(value, int) else value * 1.01 + 1
        if isinstance(value, list):
            return [moved(element) for element in value]
        return {key: moved(inner) for key, inner in value.items()}
    for case in text["cases"]:
        case["expect"] = ({key: not inner for key, inner in case["expect"].items()} if case.get("rule") == "riskOrder"
                          else moved(case["expect"]))
        case["tolerance"] = {**text.get("tolerance", {}), **case.get("tolerance", {})}
    wrong = tmp_path / "wrong.json"
    wrong.write_text(json.dumps(text))

    result = conformance(text["method"], wrong, "--json")

    assert result.returncode == 1, result.stderr
    report = json.loads(result.stdout)
    assert report["passed"] == 0, [case["name"] for case in report["cases"] if case["passes"]]


CASE = {"method": "okx-range", "source": "none", "cases": [
    {"name": "one", "rule": "minimumCharge", "given": {"tiers": [[10000, 1], [2]], "rawCharge": 30000},
     "expect": {"minimumCharge": 50000}}]}


@pytest.fixture
def file(tmp_path):
    """Writes the case with changes and says where it is."""
    def write(change=None, text=None):
        value = copy.deepcopy(CASE)
        if change:
            change(value, value["cases"][0])
        path = tmp_path / "cases.json"
        path.write_text(text or json.dumps(value))
        return path
    return write


def test_a_line_a_case_and_a_total(file):
    result = conformance("okx-range", file())

    assert result.returncode == 0, result.stderr
    assert result.stdout.splitlines() == [
        "pass  one  1 figures, worst error 0.0e+00, relative 0.0e+00",
        "okx-range: 1 cases, 1 pass, 0 fail, 1 figures, worst error 0.0e+00, relative 0.0e+00 "
        "(tolerance 1e-09 relative, floor 1e-09)"]


def test_a_figure_that_is_wrong_is_shown_with_what_came_out(file):
    path = file(lambda value, case: case.update(expect={"minimumCharge": 50001, "requirement": 50000}))
    result = conformance("okx-range", path)

    assert result.returncode == 1
    assert "FAIL  one  1 of 2 figures, worst error 1.0e+00" in result.stdout
    assert "minimumCharge expected 50001 computed 50000.0" in result.stdout
    assert conformance("okx-range", path, "--tolerance", "1e-4").returncode == 0


def test_a_case_that_the_method_refuses_fails_with_its_reason(file):
    def change(value, case):
        orders = [{"instrument": {"perpetual": "BTC"}, "size": 1, "price": 1}]
        case.update(rule="margin", expect={"equity": 0}, given={
            "market": {"BTC": {"spot": 1, "perpetual": {"price": 1}}}, "account": {"orders": orders}})
        value["method"] = "span"
    result = conformance("span", file(change))

    assert result.returncode == 1 and "FAIL  one  the method has no rule for open orders" in result.stdout


def test_the_default_model_has_cases_too(file):
    def change(value, case):
        value["method"] = "plimsoll"
        case.clear()
        case.update(name="cash", given={"market": {}, "account": {"cash": 5}},
                    expect={"equity": 5, "initialMargin": {"requirement": 0, "balance": 5}, "bindingScenario": None})
    assert conformance("plimsoll", file(change)).returncode == 0


@pytest.mark.parametrize("change, words", [
    (lambda value, case: value.update(method="dydx-perpetual"), "the cases are about dydx-perpetual, not okx-range"),
    (lambda value, case: value.pop("source"), "source: byte 0: missing"),
    (lambda value, case: value.update(remark=1), "remark: byte"),
    (lambda value, case: value.update(cases=[]), "no cases"),
    (lambda value, case: value.update(tolerance={"relative": -1}), "tolerance.relative"),
    (lambda value, case: case.pop("name"), 'case "1": cases[0].name'),
    (lambda value, case: case.update(rule="magic"), "there is no rule magic; there is margin, minimumCharge, slices"),
    (lambda value, case: case.update(expect={}), "no figures"),
    (lambda value, case: case.update(expect={"luck": 1}), "cases[0].expect.luck: byte"),
    (lambda value, case: case.update(expect={"luck": 1}), "no such figure; there is minimumCharge, requirement"),
    (lambda value, case: case.update(expect={"minimumCharge": "nan"}), '"nan" is not a finite decimal number'),
    (lambda value, case: case["given"].update(luck=1), "cases[0].given.luck: byte"),
    (lambda value, case: case["given"].pop("rawCharge"), "cases[0].given.rawCharge"),
    (lambda value, case: case["given"].update(rawCharge="inf"), "cases[0].given.rawCharge"),
    (lambda value, case: case["given"].update(tiers=[[5, 1], [4, 1]]), "bounds of tiers rise"),
    (lambda value, case: case.update(rule="margin", given={"market": {}, "account": {"cash": "NaN"}}),
     "cases[0].given.account.cash"),
])
def test_what_cannot_be_read_is_named_with_its_key(file, change, words):
    path = file(change)
    result = conformance("okx-range", path)

    assert result.returncode == 2 and f"{path}: " in result.stderr and words in result.stderr, result.stderr


def test_not_a_number_is_no_json(file):
    result = conformance("okx-range", file(text=json.dumps(CASE).replace("30000", "NaN")))
    assert result.returncode == 2 and "cases.json: cases[0].given.rawCharge" in result.stderr, result.stderr


@pytest.mark.parametrize("arguments, words", [
    (["all", "absent.json"], "absent.json: cannot be read"), (["luck", "x.json"], "luck: no such method; there is"),
    (["all", "config"], "config: no .json file"), (["span", "config/README.md"], "config/README.md"),
    (["black", "absent.csv"], "absent.csv: cannot be read"),
    (["mango-health", "x.json", "--risk", "config/risk/span.yaml"], "mango-health has no parameters"),
])
def test_what_is_asked_for_must_be_there(arguments, words):
    result = conformance(*arguments)
    assert result.returncode == 2 and words in result.stderr, result.stderr


def test_other_parameters_are_of_one_method(file):
    assert conformance("okx-range", file(), "--risk", "config/risk/okx-range.yaml").returncode == 0
    assert conformance("all", file(), "--risk", "config/risk/okx-range.yaml").returncode != 0


@pytest.mark.parametrize("rule, given, words", [
    ("initialMargin", {"initialMarginPpm": 1, "notional": 1.5}, "1.5 is not a whole number"),
    ("initialMargin", {"initialMarginPpm": 2_000_000, "notional": 1}, "2000000 is not within 0...1000000"),
    ("initialMargin", {"initialMarginPpm": 1, "notional": 1, "openInterestUpperCap": 5}, "openInterest: byte"),
    ("position", {"quantums": 1, "price": 10**40}, "is not a whole number of 128 bits"),
])
def test_whole_numbers_are_read_exactly(file, rule, given, words):
    given = {**({"initialMarginPpm": 1, "priceExponent": 0, "atomicResolution": 0} if rule == "position" else {}), **given}

    def change(value, case):
        value["method"] = "dydx-perpetual"
        case.update(rule=rule, given=given, expect={"initialMargin": 1})
    result = conformance("dydx-perpetual", file(change))
    assert result.returncode == 2 and words in result.stderr, result.stderr


@pytest.mark.parametrize("key, change, words", [
    ("tokens", {"name": "B", "price": 0}, "given.tokens[1].price: byte"),
    ("tokens", {"name": "A"}, "there are two tokens A"), ("tokens", {"name": "B", "luck": 1}, "tokens[1].luck: byte"),
    ("spotOrders", {"base": "C"}, "there is no token C"), ("spotOrders", {"quote": None}, "spotOrders[0].quote"),
    ("spotOrders", {"reservedBase": -1}, "-1.0 is not within 0.0...1e+18"),
    ("perpetuals", {"settledIn": "C"}, "there is no token C"), ("perpetuals", {"askLots": -1}, "perpetuals[0].askLots"),
])
def test_an_account_of_mango_is_read_as_a_whole_or_not_at_all(file, key, change, words):
    token = {"name": "A", "price": 1, "assetWeight": 1, "liabilityWeight": 1}
    given = {"tokens": [token], "spotOrders": [], "perpetuals": []}
    order = {"name": "A/A", "base": "A", "quote": "A", "reservedBase": 0, "reservedQuote": 0}
    perpetual = {**token, "settledIn": "A", "lots": 1, "gainWeight": 1}
    del perpetual["name"]
    given[key].append({**{"tokens": token, "spotOrders": order, "perpetuals": perpetual}[key], **change})

    def change(value, case):
        value["method"] = "mango-health"
        case.update(rule="health", given=given, expect={"initialHealth": 0})
    result = conformance("mango-health", file(change))
    assert result.returncode == 2 and words in result.stderr, result.stderr


@pytest.mark.skipif(not (VECTORS / "pyvollib_bs_101.csv").exists(), reason="no test vectors: set PLIMSOLL_VECTORS")
def test_a_published_table_of_option_values_comes_out():
    result = conformance("black", VECTORS / "pyvollib_bs_101.csv")

    assert result.returncode == 0, result.stdout
    assert "black: 101 cases, 101 pass, 0 fail, 1313 figures, worst error 4.9e-07" in result.stdout
    assert conformance("black", VECTORS / "pyvollib_bs_101.csv", "--json").returncode == 0


@pytest.mark.parametrize("text, words", [
    ("", "has no columns S, K, R, t, v"), ("S,K,R,t,v,luck\n1,1,0,1,1,1\n", "unknown column luck"),
    ("S,K,R,t,v,bs_call\n", "no rows"), ("S,K,R,t,v,bs_call\n1,1,0,1,1\n", "line 2: 5 columns, not 6"),
    ("S,K,R,t,v,bs_call\n1,1,0,1,1,nan\n", 'line 2: bs_call: "nan" is not a finite number'),
    ("S,K,R,t,v,bs_call\n1,0,0,1,1,1\n", "line 2: S, K and t are above 0"),
])
def test_a_table_that_cannot_be_read_is_named_with_its_line(tmp_path, text, words):
    table = tmp_path / "table.csv"
    table.write_text(text)
    result = conformance("black", table)
    assert result.returncode == 2 and f"{table}: " in result.stderr and words in result.stderr, result.stderr
