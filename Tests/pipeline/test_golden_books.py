"""The golden books of docs/margin-model.md, asked of `plimsoll margin` as they are printed there."""
import json
import re

import pytest
from engine import ROOT
from test_margin_command import answer

PAGE = (ROOT / "docs" / "margin-model.md").read_text().split(". Golden books\n")[1].split("\n## ")[0]
BOOKS = [(book.split("\n")[0], book) for book in PAGE.split("### ")[1:]]


def printed(book):
    """The case, and what its table says of each part: initial, maintenance."""
    case = json.loads(re.search(r"```json\n(.*?)```", book, re.DOTALL)[1])
    rows = re.findall(r"^\| (\w+) \| ([\d.]+) \| ([\d.]+) \|$", book, re.MULTILINE)
    return case, {name: (float(initial), float(maintenance)) for name, initial, maintenance in rows}


def test_the_page_has_its_books():
    assert len(BOOKS) == 4


@pytest.mark.parametrize("book", [book for _, book in BOOKS], ids=[name for name, _ in BOOKS])
def test_a_golden_book_is_margined_as_it_is_worked_out_on_the_page(book):
    case, expected = printed(book)

    got = answer(case)

    found = {part["name"]: (part["initial"], part["maintenance"]) for part in got["components"]}
    found["equity"] = (got["equity"], got["equity"])
    found["requirement"] = tuple(got[level]["requirement"] for level in ("initialMargin", "maintenanceMargin"))
    assert set(found) == set(expected)
    for name, amounts in expected.items():
        assert found[name] == pytest.approx(amounts, abs=0.005), name
