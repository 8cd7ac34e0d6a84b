import pytest
from engine import DATA, Engine


@pytest.fixture
def engine(tmp_path):
    """An engine that ends with its test."""
    engine = Engine(tmp_path)
    yield engine
    if engine.process and engine.process.poll() is None:
        engine.kill()


@pytest.fixture
def data():
    """The folder of real market data; tests that need it are skipped where it is absent."""
    if not DATA.is_dir():
        pytest.skip(f"no market data at {DATA}: set PLIMSOLL_DATA")
    return DATA
