"""Parameters of published methods on a running engine, and histories of closes."""
import json
import shutil
import subprocess

from engine import BINARY, ROOT
from test_parameters import operate


def values(engine, model):
    """Version in force, and the texts of a method by path."""
    answer = engine.ask({"message": "ParametersQuery", "version": 0})[0]
    return answer["version"], {
        ".".join(part for part in (value["table"], value["key"]) if part): value["text"]
        for value in answer["values"] if value["model"] == model}


def test_files_of_methods_are_in_force_and_change_by_two_people(engine):
    engine.start()
    version, texts = values(engine, "okx-range")
    assert version == 1
    assert texts["initialFactor"] == "1.3" and texts["classes.major.minimumCharge[6][0]"] == "12"
    assert values(engine, "dydx-perpetual")[1]["tiers.smallCap.openInterestLowerCap"] == "20000000000000"
    assert values(engine, "derive-portfolio")[1]["scenarios[23].weight"] == "0.05454545454545454"

    changes = ["okx-range/initialFactor=1.5", "okx-range/volatilityPoints=0.4,0.3,0.2"]
    assert operate(engine, "propose", *changes, source=901).returncode == 0
    assert operate(engine, "preview", "--version", "2", "--json").returncode == 0
    for source in (902, 903):
        assert operate(engine, "approve", "--version", "2", source=source).returncode == 0
    version, texts = values(engine, "okx-range")
    assert (version, texts["initialFactor"], texts["volatilityPoints[1]"]) == (2, "1.5", "0.3")

    assert operate(engine, "raise", "okx-range/initialFactor=2", source=904).returncode == 1
    assert operate(engine, "propose", "okx-range/initialFactor=nan", source=904).returncode == 1
    assert operate(engine, "propose", "abacus/beads=10", source=904).returncode == 2
    engine.kill()
    engine.start()
    assert values(engine, "okx-range") == (version, texts)

    assert operate(engine, "rollback", source=902).returncode == 0
    version, texts = values(engine, "okx-range")
    assert (version, texts["initialFactor"]) == (1, "1.3")
    engine.stop()
    assert "equal" in engine.agree_with_oracle()


def closes(*arguments):
    return subprocess.run([BINARY, "closes", *arguments], capture_output=True, text=True, timeout=60)


def test_a_history_of_closes_is_index_prices_at_the_ends_of_days(tmp_path):
    history = tmp_path / "closes.csv"
    history.write_text("date_utc,BTC,ETH\n2024-02-28,61000.125,\n2024-02-29,62000,3300.5\n2024-03-01,63000,3400\n")

    printed = closes(str(history), "--asset", "BTC=10:-2", "--asset", "ETH=11:-1", "--source", "950")

    assert printed.returncode == 0, printed.stderr
    batch = json.loads(printed.stdout)
    assert batch["source"] == 950 and batch["sendingTime"] == "2024-03-01T23:59:59Z"
    assert [(entry["underlying"], entry["price"], entry["publishTime"]) for entry in batch["entries"]] == [
        (10, "61000.13", "2024-02-28T23:59:59Z"), (10, "62000", "2024-02-29T23:59:59Z"),
        (11, "3300.5", "2024-02-29T23:59:59Z"), (10, "63000", "2024-03-01T23:59:59Z"),
        (11, "3400", "2024-03-01T23:59:59Z")]


def test_volatility_indices_follow_the_prices_under_the_same_source(tmp_path):
    history = tmp_path / "closes.csv"
    history.write_text("date_utc,BTC,dvol\n2024-02-28,61000,84.68\n2024-02-29,62000,\n2024-03-01,63000,1e3\n")

    printed = closes(str(history), "--asset", "BTC=10:-2", "--volatility", "dvol=10:30", "--source", "950")
    alone = closes(str(history), "--volatility", "dvol=10:30", "--source", "950")

    assert printed.returncode == alone.returncode == 0, printed.stderr + alone.stderr
    prices, indices = [json.loads(line) for line in printed.stdout.splitlines()]
    assert (prices["message"], prices["firstSequence"]) == ("IndexPrice", 1)
    assert (indices["message"], indices["firstSequence"]) == ("VolatilityIndex", 4)
    assert indices["sendingTime"] == "2024-03-01T23:59:59Z"
    assert indices["entries"] == json.loads(alone.stdout)["entries"] == [
        {"underlying": 10, "tenorDays": 30, "volatility": "0.8468", "publishTime": "2024-02-28T23:59:59Z"},
        {"underlying": 10, "tenorDays": 30, "volatility": "10", "publishTime": "2024-03-01T23:59:59Z"}]


def test_what_is_wrong_with_a_column_of_volatilities_is_named(tmp_path):
    def wrong(level, column="dvol=10:30"):
        history = tmp_path / "wrong.csv"
        history.write_text(f"date_utc,dvol\n2024-02-28,{level}\n")
        printed = closes(str(history), "--volatility", column, "--source", "950")
        assert printed.returncode == 2 and not printed.stdout
        return printed.stderr

    for level in ("0.8468", "1001", "1e300"):
        assert "is no volatility in points, 1 to 1000" in wrong(level)
    for column in ("dvol=10", "dvol=10:0", "dvol=10:3651", "dvol=10:-2", "dvol", "=10:30"):
        assert "expected COLUMN=ASSET:DAYS" in wrong("84", column)
    assert "there is no column DVOL" in wrong("84", "DVOL=10:30")
    assert "is not a price" in wrong("nan")


def test_what_is_wrong_with_a_history_is_named(tmp_path):
    def wrong(text, *assets):
        history = tmp_path / "wrong.csv"
        history.write_text(text)
        printed = closes(str(history), *[part for asset in assets for part in ("--asset", asset)], "--source", "950")
        assert printed.returncode == 2 and not printed.stdout
        return printed.stderr

    rows = "date_utc,BTC\n2024-02-28,61000\n"
    assert "there is no column SOL" in wrong(rows, "SOL=10:-2")
    assert "expected COLUMN=ASSET:EXPONENT" in wrong(rows, "BTC=ten")
    assert "is no price" in wrong(rows, "BTC=10:9")
    assert "is not a date" in wrong("date_utc,BTC\n2023-02-29,61000\n", "BTC=10:-2")
    for price in ("nan", "inf", "-1", "0", "x"):
        assert "is not a price" in wrong(f"date_utc,BTC\n2024-02-28,{price}\n", "BTC=10:-2")
    assert "after" in wrong("date_utc,BTC\n2024-02-28,1\n2024-02-28,2\n", "BTC=10:-2")


def test_what_is_wrong_in_a_method_s_file_is_named_before_anything_starts(tmp_path):
    folder = tmp_path / "config"
    shutil.copytree(ROOT / "config", folder)
    settings = folder / "plimsoll.yaml"
    settings.write_text(settings.read_text().replace("config/risk/plimsoll.yaml", str(folder / "risk/plimsoll.yaml")))
    file = folder / "risk/okx-range.yaml"
    whole = file.read_text()

    def check(old, new):
        assert old in whole
        file.write_text(whole.replace(old, new))
        result = subprocess.run([BINARY, "check-config", "--config", str(settings)], capture_output=True, text=True)
        return result.returncode, result.stdout

    assert check("initialFactor: 1.3", "initialFactor: 1.4")[0] == 0
    for new, reason in [
            ("initialFactor: nan", 'initialFactor: "nan" is not a decimal number'),
            ("initialFactor: .inf", 'initialFactor: ".inf" is not a decimal number'),
            ("initialFactor: -1e300", "initialFactor: -1e+300 is outside of 1.0...10.0"),
            ("noSuchName: 1", "noSuchName: the method has no such parameter"),
            ("initialFactor: [", "parser")]:
        code, found = check("initialFactor: 1.3", new)
        assert code == 2 and reason in found and "okx-range.yaml" in found, found
    assert "the model is not okx-range" in check("model: okx-range", "model: abacus")[1]
