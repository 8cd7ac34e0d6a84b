"""`plimsoll conformance`: published figures in their published layouts, and what is wrong with a file, by name."""
import copy
import gzip
import json
import os
import pathlib
import subprocess

import pytest
from engine import BINARY, ROOT

UNIT = 10**18
VECTORS = pathlib.Path(os.environ.get("PLIMSOLL_VECTORS", ROOT.parent / "shared/vectors"))


def conformance(*arguments):
    return subprocess.run([BINARY, "conformance", *map(str, arguments)], capture_output=True, text=True, cwd=ROOT)


def scenarios():
    """The grid of the published portfolios."""
    rows = [(1.18, "Up", 1)]
    rows += [(spot, shock, 1) for spot in (1.135, 1.09, 1.045, 1, 0.955, 0.91, 0.865) for shock in ("Down", "None", "Up")]
    rows += [(0.82, "Up", 1)]
    rows += [(1 + move, "Up", 0.036 / abs(move)) for move in (-0.66, -0.33, 0.5, 1, 2, 3)]
    rows += [(1, "LINEAR", 1), (1, "ABS", 1)]
    return [{"SpotShock": spot, "VolShockDirection": shock, "DampeningFactor": weight} for spot, shock, weight in rows]


# Number 12 of PMRM_2/portfolio_cases (derivexyz/v2-core), a short call; figures as in the tests of the method.
PORTFOLIO = {
    "Scenario": {
        "Cash": 0, "Collaterals": [], "SpotPrice": 95663.50604855, "SpotConfidence": 1.0, "NumPerps": 0, "PerpPrice": 0,
        "PerpConfidence": 0, "UnrealisedPerpPNL": 0.0, "UnrealisedFunding": 0.0, "StablePrice": 1.00019088635,
        "StableConfidence": 1.0,
        "Options": [{"Expiry": 794852, "ExiryTs": 1740729600, "Strike": 100000.0, "IsCall": 1, "MarkDiscount": 0.99,
                     "MarkVol": 0.453803924321583, "Amount": -1.0, "k": 0.04, "linear_multiplier": 1.0}],
        "OptionFeeds": [{"FeedExpiry": 794852, "Forward": 95776.67392708939, "ForwardConfidence": 1.0,
                         "Rate": 0.15000000000000002, "RateConfidence": 1.0, "SVIparam": ["0.01", 1.0],
                         "OptionVolConfidences": 0.95}]},
    "Parameters": {
        "Scenarios": scenarios(),
        "SkewShock": {"LINEAR_SCALE_CAP": 0.15, "LINEAR_CBASE": -0.05, "ABS_SCALE_CAP": 0.15, "ABS_CBASE": -0.05,
                      "MIN_K_STAR": 0.01, "MIN_WIDTH_SCALE": 4.0, "VOL_PARAM_STATIC": 0.6, "VOL_PARAM_SCALE": -0.1},
        "VolShock": {"VOLRANGEUP": 0.5, "MIN_VOL_EVAL_SHOCKED": 0.45, "VOLRANGEDOWN": 0.275, "SHORTTERMPOWER": 0.3,
                     "LONGTERMPOWER": 0.13, "DTE_FLOOR": 1.0},
        "Margin": {"MM_LOSS_FACTOR": 0.8, "IM_LOSS_FACTOR": 1.0, "SHORT_RATE_MULTSCALE": 0.5, "LONG_RATE_MULTSCALE": 1,
                   "SHORT_RATE_ADDSCALE": 0.08, "LONG_RATE_ADDSCALE": 0.08, "BASE_STATIC_DISCOUNT": 0.95,
                   "BASE_STATIC_DISCOUNT_NEG": 1.04},
        "BasisContingency": {"SCENARIO_SPOT_UP": 1.045, "SCENARIO_SPOT_DOWN": 0.955, "BASIS_CONT_ADD_FACTOR": 0.5,
                             "BASIS_CONT_MULT_FACTOR": 2.0},
        "OtherContingency": {"PEG_LOSS_THRESHOLD": 0.98, "PEG_LOSS_FACTOR": 2.0, "CONF_THRESHOLD": 0.55,
                             "CONF_MARGIN": 1.0, "MM_PERP_PERCENT": 0.015, "IM_PERP_PERCENT": 0.005,
                             "IM_PERP_PERCENT_NORMAL": 0.02, "MM_OPTION_PERCENT": 0.003, "IM_OPTION_PERCENT": 0.002,
                             "IM_OPTION_PERCENT_NORMAL": 0.005}},
    "Result": {"worst_reg_loss": -12939.312020443322, "IM": -14604.04812014, "MM": -11824.85870396}}


def standard(initial, maintenance, **changes):
    """A test of StandardManager/test-cases.json without positions, but for what is changed."""
    scenario = {
        "OptionUnderlying": [], "OptionExpiries": [], "OptionStrikes": [], "OptionIsCall": [], "OptionAmounts": [],
        "OptionVols": [], "OptionVolConfidences": [], "Cash": 0, "Perps_ETH": 0, "Perps_BTC": 0, "wETH": 0, "wBTC": 0,
        "LastEntryETH": None, "LastEntryBTC": None, "ETHGlobalFundingIndex": 0, "BTCGlobalFundingIndex": 0,
        "AccountETHFundingIndex": None, "AccountBTCFundingIndex": None, "ETHSpotPrice": 1500 * UNIT,
        "BTCSpotPrice": 28000 * UNIT, "SpotPerpConfidences": [[UNIT, UNIT], [UNIT, UNIT]], "FeedExpiries": [],
        "Forwards": [], "ForwardConfidences": [], "Discounts": [], "USDCValue": UNIT,
        "PerpPrice": [1505 * UNIT, 27990 * UNIT], "SettlementPriceETH": None, "SettlementPriceBTC": None,
        "PercentFixedETH": None, "PercentFixedBTC": None, "TWAP_ETH": None, "TWAP_BTC": None, **changes}
    return {"Scenario": scenario, "Result": {"HandIM": 0.0, "realIM": initial, "realMM": maintenance}}


def option(strike, volatility, size, seconds, forward):
    return {"OptionUnderlying": ["ETH"], "OptionExpiries": [seconds], "OptionStrikes": [strike * UNIT],
            "OptionIsCall": [1], "OptionAmounts": [size * UNIT], "OptionVols": [volatility],
            "OptionVolConfidences": [UNIT], "FeedExpiries": [seconds], "Forwards": [forward],
            "ForwardConfidences": [UNIT]}


# Of the published tests: a short call, a perpetual with funding, coin of low confidence, and a call in its last hour,
# whose forward is the settlement price.
STANDARD = {
    "Test1": standard(-304371585189059952640, -191871585189059952640,
                      **option(1500, 1047884494084986240, -1, 500400, 1500833279310993817600)),
    "Test17": standard(-117825000000000000000, -95250000000000000000, Perps_ETH=UNIT, LastEntryETH=1535 * UNIT,
                       AccountETHFundingIndex=10 * UNIT),
    "Test20": standard(-360000000000000000000, 149999999999999967232, wETH=UNIT,
                       SpotPerpConfidences=[[15 * UNIT // 100, UNIT], [UNIT, UNIT]]),
    "Test24": standard(-225000000001042219008, -112500000001042202624, SettlementPriceETH=1450168707905438089216,
                       PercentFixedETH=0.75, **option(1500, 1048124566815733120, -1, 900, 1500001498288419766272)),
}


def changed(case, *path, to):
    case = copy.deepcopy(case)
    place = case
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    return case


def without(case, *path):
    case = copy.deepcopy(case)
    place = case
    for key in path[:-1]:
        place = place[key]
    del place[path[-1]]
    return case


@pytest.fixture
def file(tmp_path):
    """Writes a value to a file and says where it is."""
    def write(value, name="test_12_short_call.json"):
        path = tmp_path / name
        path.write_text(value if isinstance(value, str) else json.dumps(value))
        return path
    return write


def test_a_published_portfolio_passes_with_its_figures(file):
    result = conformance("derive-portfolio", file(PORTFOLIO))

    assert result.returncode == 0, result.stderr
    line, total = result.stdout.splitlines()
    assert line.startswith("pass  test_12_short_call  IM expected -14604.04812014 computed -14604.0481201")
    words, error = total.removesuffix(" (tolerance 1e-06 relative, floor 1e-06 dollars)").rsplit(" ", 1)
    assert words == "derive-portfolio: 1 cases, 1 pass, 0 fail, worst relative error"
    assert 0 <= float(error) <= 1e-6


def test_published_tests_pass_in_the_order_of_their_file(file):
    result = conformance("derive-standard", file(STANDARD), "--json", "--tolerance", "1e-9")

    assert result.returncode == 0, result.stdout
    report = json.loads(result.stdout)
    assert [case["name"] for case in report["cases"]] == list(STANDARD)
    assert (report["passed"], report["failed"], report["unreadable"]) == (4, 0, 0)
    assert report["cases"][1]["initialMargin"]["computed"] == pytest.approx(-117.825, rel=1e-12)
    assert report["tolerance"] == {"relative": 1e-9, "floor": 1e-6}


def test_a_folder_is_read_in_the_order_of_numbers(tmp_path, file):
    for name in ["test_2_b.json", "test_10_c.json", "test_1_a.json", "notes.txt"]:
        file(PORTFOLIO, name)
    report = json.loads(conformance("derive-portfolio", tmp_path, "--json").stdout)

    assert [case["name"] for case in report["cases"]] == ["test_1_a", "test_2_b", "test_10_c"]


@pytest.mark.parametrize("case", [
    changed(PORTFOLIO, "Scenario", "LastEntryPrice", to=3000.0),
    changed(PORTFOLIO, "Scenario", "Options", 0, "IsCall", to=True),
    changed(PORTFOLIO, "Scenario", "Cash", to="0"),
    changed(PORTFOLIO, "Parameters", "Scenarios", 30, "SpotShock", to=1.18),
], ids=["keys that only some files have", "flags", "numbers as text", "a rotation with a move of spot"])
def test_what_published_files_vary_in_is_read(file, case):
    assert conformance("derive-portfolio", file(case)).returncode == 0


@pytest.mark.parametrize("cash, repeated, gain", [(7 * UNIT, 7 * UNIT, 7), (7 * UNIT, None, 7), (10000, 10**22, 10000)])
def test_cash_is_in_units_of_1e_18_or_in_dollars_if_the_result_says_so(file, cash, repeated, gain):
    case = standard(gain * UNIT, gain * UNIT, Cash=cash)
    if repeated is not None:
        case["Result"]["Cash"] = repeated

    assert conformance("derive-standard", file({"Test28": case})).returncode == 0


def test_a_case_that_fails_is_told_from_one_that_passes(file):
    wrong = {**STANDARD, "Test2": changed(STANDARD["Test1"], "Result", "realMM", to=-192 * UNIT)}
    loose = conformance("derive-standard", file(wrong))
    strict = conformance("derive-standard", file(wrong), "--tolerance", "1e-4")

    assert loose.returncode == 0
    assert strict.returncode == 1
    assert [line for line in strict.stdout.splitlines() if line.startswith("FAIL")][0].startswith("FAIL  Test2  IM")
    assert "5 cases, 4 pass, 1 fail" in strict.stdout


def test_a_case_that_the_method_refuses_fails_with_its_reason(file):
    result = conformance("derive-portfolio", file(changed(PORTFOLIO, "Scenario", "OptionFeeds", to=[])))

    assert result.returncode == 1
    assert "FAIL  test_12_short_call  the expiry of underlying in 794852 s is missing" in result.stdout


@pytest.mark.parametrize("case, key", [
    (without(PORTFOLIO, "Scenario", "SpotPrice"), "Scenario.SpotPrice: byte 13: missing"),
    (without(PORTFOLIO, "Scenario", "Options", 0, "Strike"), "Scenario.Options[0].Strike"),
    (without(PORTFOLIO, "Parameters", "Scenarios"), "Parameters.Scenarios"),
    (without(PORTFOLIO, "Parameters", "Margin", "IM_LOSS_FACTOR"), "Parameters.Margin.IM_LOSS_FACTOR"),
    (without(PORTFOLIO, "Result", "MM"), "Result.MM"),
    (changed(PORTFOLIO, "Parameters", "Margin", "LUCK", to=1), "Parameters.Margin.LUCK"),
    (changed(PORTFOLIO, "Parameters", "Scenarios", 3, "VolShockDirection", to="Sideways"),
     "Parameters.Scenarios[3].VolShockDirection"),
    (changed(PORTFOLIO, "Scenario", "Cash", to="much"), "Scenario.Cash"),
    (changed(PORTFOLIO, "Scenario", "NumPerps", to=1), "ETH"),
    (changed(PORTFOLIO, "Remark", to="none"), "Remark"),
])
def test_a_portfolio_that_cannot_be_read_is_named_with_its_key(file, case, key):
    path = file(case)
    result = conformance("derive-portfolio", path)

    if key == "ETH":
        # Perpetuals without a price: the file can be read, the method refuses it.
        assert result.returncode == 1 and "perpetual price" in result.stdout
        return
    assert result.returncode == 2
    assert f'{path}: case "test_12_short_call": ' in result.stderr and key in result.stderr, result.stderr


@pytest.mark.parametrize("test, key", [
    (changed(STANDARD["Test1"], "Scenario", "OptionStrikes", to=[]), "Scenario.OptionStrikes"),
    (changed(STANDARD["Test1"], "Scenario", "OptionStrikes", to=["x"]), "Scenario.OptionStrikes[0]"),
    (changed(STANDARD["Test1"], "Scenario", "OptionUnderlying", to=["SOL"]), "Scenario.OptionUnderlying[0]"),
    (changed(STANDARD["Test1"], "Scenario", "FeedExpiries", to=[7]), "Scenario.FeedExpiries[0]"),
    (changed(STANDARD["Test17"], "Scenario", "LastEntryETH", to=None), "Scenario.LastEntryETH"),
    (changed(STANDARD["Test24"], "Scenario", "SettlementPriceETH", to=None), "Scenario.SettlementPriceETH"),
    (changed(STANDARD["Test1"], "Scenario", "SpotPerpConfidences", to=[[1, 1]]), "Scenario.SpotPerpConfidences"),
    (changed(STANDARD["Test1"], "Result", "Cash", to=5 * UNIT), "Scenario.Cash"),
    (without(STANDARD["Test1"], "Result", "realIM"), "Result.realIM"),
    (3, "expected an object"),
])
def test_a_test_that_cannot_be_read_is_named_and_the_others_are_compared(file, test, key):
    path = file({**STANDARD, "Test2": test})
    result = conformance("derive-standard", path)

    assert result.returncode == 2
    assert f'{path}: case "Test2": ' in result.stderr and key in result.stderr, result.stderr
    assert "4 cases, 4 pass, 0 fail, 1 unreadable" in result.stdout


@pytest.mark.parametrize("text, words", [("{", "byte 1"), ("[]", "expected an object"), ("{}", "no cases")])
def test_a_file_without_cases_has_not_passed(file, text, words):
    path = file(text)
    result = conformance("derive-standard", path)

    assert result.returncode == 2 and str(path) in result.stderr and words in result.stderr, result.stderr


@pytest.mark.parametrize("arguments, words", [
    (["nothing", "x.json"], "derive-portfolio, derive-standard"), (["derive-standard", "absent.json"], "absent.json"),
    (["derive-portfolio", "config"], "config: no .json file"),
    (["derive-portfolio", "x.json", "--risk", "config/risk/derive-standard.yaml"], "derive-standard.yaml"),
])
def test_what_is_asked_for_must_be_there(arguments, words):
    result = conformance(*arguments)

    assert result.returncode == 2 and words in result.stderr, result.stderr


@pytest.mark.skipif(not (VECTORS / "ore_histsim_pnl.csv.gz").exists(), reason="no test vectors: set PLIMSOLL_VECTORS")
def test_every_published_figure_of_historical_simulation_comes_out(tmp_path):
    profits = tmp_path / "profits.csv"
    profits.write_bytes(gzip.decompress((VECTORS / "ore_histsim_pnl.csv.gz").read_bytes()))

    result = conformance("expected-shortfall", profits, VECTORS / "ore_histsim_var_expected.csv")

    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("expected-shortfall: 48 figures, 48 pass, 0 fail, worst error ")
    strict = conformance("expected-shortfall", profits, VECTORS / "ore_histsim_var_expected.csv", "--tolerance", "0")
    assert strict.returncode == 1


def test_files_without_profits_or_figures_are_named(tmp_path):
    profits, figures = tmp_path / "profits.csv", tmp_path / "figures.csv"
    heading = "#Portfolio,RiskClass,RiskType,PLDate1,PLDate2,PLAmount\n"
    profits.write_text(heading + "All,All,All,2016-12-30,2017-01-17,-5\n")
    for text, reason in [
            ("", "no figures"), ("P,C,T,Quantile_0.01\nAll,All,Other,1\n", "no profits of this class and type"),
            ("P,C,T,Quantile_nan\nAll,All,All,1\n", "not a figure"),
            ("P,C,T,Quantile_0.01\nAll,All,All,inf\n", "not a figure")]:
        figures.write_text(text)
        result = conformance("expected-shortfall", profits, figures)
        assert result.returncode == 2 and reason in result.stderr
    profits.write_text(heading + "All,All,All,2016-12-30,2017-01-17,many\n")
    assert "expected six columns, the last a number" in conformance("expected-shortfall", profits, figures).stderr
    assert "name a file of profits" in conformance("expected-shortfall", profits).stderr
