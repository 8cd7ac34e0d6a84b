"""scripts/plot-backtest: well-formed pictures with everything that the report has, and named faults."""
import json
import pathlib
import subprocess
import sys
from xml.etree import ElementTree

import pytest

SCRIPT = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "plot-backtest"
SVG = "{http://www.w3.org/2000/svg}"
MODELS = ["plimsoll grid IM", "Deribit-style grid IM", "OKX-style range", "plain VaR 99 %, 1 year",
          "plain ES 99 %, 2 years", "filtered ES 99 %, EWMA 0.97", "expected-shortfall MM (ES 97.5 %)",
          "expected-shortfall IM (ES 99 %)", "larger of ES 99 % and half the grid"]
WINDOWS = ["2021-05", "2022-05/06", "2022-11", "2024-08", "2025-10", "2026-02"]


def report():
    def row(place, model):
        return {"model": model, "average": 0.1 + place / 100, "exceededShare": 0.001 * place, "worstBookShare": 0.002 * place,
                "interval": [0.0005 * place, 0.002 * place], "rises": [0.1, 0.2, 0.1 * place]}
    tables = [{"kind": "linear", "holdingDays": 1, "period": "after the split", "isEqualised": equal,
               "span": {"first": "2024-01-01", "last": "2026-05-27", "days": 878},
               "rows": [row(place, model) for place, model in enumerate(MODELS)]} for equal in (False, True)]
    return {"coverage": tables, "frontier": [{"after": row(place, "after")} for place in range(9)],
            "crashes": [{"model": model, "window": window, "exceedances": 3} for model in MODELS for window in WINDOWS]}


def plot(text, folder):
    return subprocess.run([sys.executable, SCRIPT, "-", folder], input=text, capture_output=True, text=True)


def test_every_model_and_setting_is_drawn(tmp_path):
    result = plot(json.dumps(report()), tmp_path)

    assert result.returncode == 0, result.stderr
    names = [pathlib.Path(line).name for line in result.stdout.splitlines()]
    assert names == ["coverage-and-cost.svg", "frontier.svg", "crashes.svg"]
    pictures = {name: ElementTree.parse(tmp_path / name).getroot() for name in names}
    assert len(pictures["coverage-and-cost.svg"].findall(f"{SVG}circle")) == len(MODELS)
    # Settings, models, and two dots of the legend.
    assert len(pictures["frontier.svg"].findall(f"{SVG}circle")) == 9 + len(MODELS) + 2
    # The ground, a bar for each model and window, and the legend.
    assert len(pictures["crashes.svg"].findall(f"{SVG}rect")) == 1 + len(MODELS) * len(WINDOWS) + len(WINDOWS)
    words = [text.text for text in pictures["crashes.svg"].findall(f"{SVG}text")]
    assert words.count("18") == len(MODELS)
    for picture in pictures.values():
        for dot in picture.findall(f"{SVG}circle"):
            assert 0 <= float(dot.get("cx")) <= 760 and 0 <= float(dot.get("cy")) <= 440


def test_the_same_report_gives_the_same_bytes(tmp_path):
    for folder in ("a", "b"):
        plot(json.dumps(report()), tmp_path / folder)

    for name in ("coverage-and-cost.svg", "frontier.svg", "crashes.svg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


@pytest.mark.parametrize("text", ["", "{}", "not JSON", json.dumps({**report(), "coverage": []})])
def test_what_is_no_report_ends_with_two(tmp_path, text):
    result = plot(text, tmp_path)

    assert result.returncode == 2 and result.stderr.startswith("-: ")
    assert not list(tmp_path.iterdir())
