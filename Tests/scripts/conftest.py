"""What the tests of the scripts share: where the scripts, the schema and the market data are."""

import pathlib
import sys

import pytest
from hypothesis import configuration, settings

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

# A failure prints what reproduces it; nothing is kept between runs, and no example is judged by its speed.
settings.register_profile("repository", database=None, deadline=None, print_blob=True)
settings.load_profile("repository")
configuration.set_hypothesis_home_dir(REPOSITORY / ".build" / "hypothesis")

sys.path.insert(0, str(REPOSITORY / "scripts"))

from plimsoll_wire import Schema  # noqa: E402
from replay_scenarios.data_folder import DataFolder, DataMissing  # noqa: E402


@pytest.fixture(scope="session")
def schema():
    return Schema(REPOSITORY / "Sources" / "MarginWire" / "Schema" / "plimsoll.xml")


@pytest.fixture(scope="session")
def data():
    try:
        return DataFolder()
    except DataMissing as fault:
        pytest.skip(str(fault))
