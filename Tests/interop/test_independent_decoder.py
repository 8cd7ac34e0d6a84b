"""An SBE implementation that knows nothing of Plimsoll but its schema file (`sbe` on PyPI) reads and writes its frames.

Limits of that library that the schema respects: every field has a named type, and there is no data of variable
length. It writes a message's block length only if the schema states it, which this one does.
"""

import pytest
import sbe

from sample_messages import ASSETS, INDEX, INSTRUMENTS, SESSION, SIGNAL, TRADE, VOLATILITY_INDEX


@pytest.fixture(scope="session")
def independent(schema_path):
    with open(schema_path) as file:
        return sbe.Schema.parse(file)


def test_every_frame_of_a_session_is_read(bridge, independent):
    for message, frame in zip(SESSION, bridge.frames(*SESSION), strict=True):
        decoded = independent.decode(frame)
        assert decoded.message_name == message["message"]
        assert decoded.header["schemaId"] == 1965


def test_a_trades_fields_are_the_integers_of_the_wire(bridge, independent):
    trade = independent.decode(bridge.frames(ASSETS, INSTRUMENTS, TRADE)[2]).value
    assert trade["source"] == 3
    assert trade["sendingTime"] == 1760130785123456789
    assert [entry["trade"] for entry in trade["entries"]] == [1, 2, 3]
    first = trade["entries"][0]
    assert (first["price"], first["quantity"]) == (6000050, 250)
    assert (first["buyerFee"], first["sellerFee"]) == (1500000, -250000)
    assert (first["buyerMode"], first["sellerMode"], first["kind"]) == ("cross", "isolated", "liquidation")


def test_a_signals_groups_are_read(bridge, independent):
    signal = independent.decode(bridge.frames(ASSETS, INSTRUMENTS, SIGNAL)[2]).value
    assert signal["equity"] == -1000000001
    assert signal["log"] == 2**64 - 1
    assert signal["binding"] == [
        {"underlying": 1, "node": -150000000, "shape": "upSteep", "scenario": -1, "loss": 3000000000}]
    assert [step["kind"] for step in signal["steps"]] == ["depositCash", "trade"]


def test_texts_are_read(bridge, independent):
    assets = independent.decode(bridge.frames(ASSETS)[0]).value
    assert [entry["symbol"] for entry in assets["entries"]] == ["BTC", "USDC"]


def test_a_volatility_index_is_the_integers_of_the_wire(bridge, independent):
    index = independent.decode(bridge.frames(ASSETS, VOLATILITY_INDEX)[1]).value
    assert index["entries"] == [
        {"underlying": 1, "tenorDays": 30, "volatility": 846_800_000, "publishTime": 1760130785000000000}]


def test_plimsoll_reads_what_the_library_writes(bridge, independent):
    template = next(key for key, message in independent.messages.items() if message.name == "IndexPrice")
    frame = independent.encode(independent.messages[template], {
        "source": 3, "epoch": 1, "firstSequence": 17, "sendingTime": 1760130785123456789,
        "entries": [{"underlying": 1, "price": 600005, "confidence": 950000000, "publishTime": 1760130785000000000}]})
    assert bridge.messages(bridge.frames(ASSETS)[0], frame)[1] == INDEX
