"""The command itself: arguments, exit codes, and a small tape of the test's own from end to end."""

import pathlib
import subprocess
import sys

import pytest
import zmq

REPLAY = pathlib.Path(__file__).resolve().parents[2] / "scripts" / "replay"
PATIENCE_MILLISECONDS = 10_000
TAPE = """\
ts_ms,trade_id,instrument_name,option_type,strike,expiry_ms,direction,amount_coin,price_coin,mark_price_coin,iv_pct,\
index_price_usd,delivery_price_usd
1000000,1,BTC-X-100-C,call,100,9000000,buy,0.5,0.0200,0.02001,40.0,101.0,105.0
1000500,2,BTC-X-110-P,put,110,9000000,sell,1.0,0.0900,0.09001,45.0,101.5,105.0
2000000,7,BTC-X-110-P,put,110,9000000,buy,0.2,0.0800,0.08001,0,102.0,105.0
"""


def replay(*arguments, **settings):
    return subprocess.run([sys.executable, REPLAY, *map(str, arguments)], capture_output=True, text=True, timeout=60,
                          **settings)


def test_the_scenarios_are_named():
    listed = replay("--list")

    assert listed.returncode == 0
    assert [line.split()[0] for line in listed.stdout.splitlines()] == [
        "chain-2026-02", "crash-2025-10-10", "settlement-2026-08"]


@pytest.mark.parametrize("arguments", [
    [], ["no-such-scenario"], ["settlement-2026-08", "--speed", "fast"], ["settlement-2026-08", "--speed", "0x"],
    ["settlement-2026-08", "--from", "yesterday"], ["settlement-2026-08", "--limit-accounts", "9"]])
def test_a_wrong_argument_is_named(arguments):
    refused = replay(*arguments)

    assert refused.returncode == 2 and "error:" in refused.stderr


def test_a_missing_data_folder_is_named(tmp_path):
    refused = replay("settlement-2026-08", "--data", tmp_path / "nowhere")

    assert refused.returncode == 3
    assert f"no data folder at {tmp_path / 'nowhere'}" in refused.stderr


def test_a_missing_file_is_named(tmp_path):
    refused = replay("settlement-2026-08", "--data", tmp_path)

    assert refused.returncode == 3
    assert "option_trades_deribit_2026-08-16_17.csv is missing" in refused.stderr


def test_nobody_listening_is_said(tmp_path):
    (tmp_path / "option_trades_deribit_2026-08-16_17.csv").write_text(TAPE)
    refused = replay("settlement-2026-08", "--data", tmp_path, "--wait-subscriber", 0.1,
                     "--bind", f"ipc://{tmp_path}/events", "--recovery", f"ipc://{tmp_path}/recovery")

    assert refused.returncode == 4 and "nobody subscribed" in refused.stderr


@pytest.fixture
def tape(tmp_path):
    """A running replay of TAPE, and a subscriber to all of it."""
    (tmp_path / "option_trades_deribit_2026-08-16_17.csv").write_text(TAPE)
    command = [sys.executable, REPLAY, "settlement-2026-08", "--data", tmp_path, "--linger", "30", "--epoch", "6",
               "--bind", f"ipc://{tmp_path}/events", "--recovery", f"ipc://{tmp_path}/recovery"]
    with zmq.Context() as context, context.socket(zmq.SUB) as subscriber:
        process = subprocess.Popen(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        subscriber.connect(f"ipc://{tmp_path}/events")
        subscriber.subscribe("")
        yield process, subscriber
        process.kill()
        process.communicate()


def test_a_tape_arrives_whole_and_sigterm_ends_it_cleanly(tape, schema):
    process, subscriber = tape
    kinds, following = [], {}
    while not kinds or kinds[-1] != "SourceHeartbeat":
        assert subscriber.poll(PATIENCE_MILLISECONDS), kinds
        topic, body = subscriber.recv_multipart()
        name, message = schema.decode(body)
        kinds.append(name)
        assert topic.endswith(b".") and message["epoch"] == 6
        assert message["firstSequence"] == following.get(message["source"], 1)
        following[message["source"]] = message["firstSequence"] + len(message["entries"])
    process.terminate()
    process.wait(10)

    assert kinds[:3] == ["AssetListed", "InstrumentListed", "AccountOpened"]
    assert kinds.count("Trade") == 3
    assert kinds[-3:] == ["Settlement", "InstrumentDelisted", "SourceHeartbeat"]
    assert process.returncode == 0
