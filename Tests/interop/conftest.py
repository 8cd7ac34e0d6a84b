"""Runs `plimsoll wire encode|decode`: JSON lines to SBE frames in hexadecimal, and back.

The command is .build/debug/plimsoll unless the environment variable PLIMSOLL names another.
"""

import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = ROOT / "Sources" / "MarginWire" / "Schema" / "plimsoll.xml"
sys.path.insert(0, str(ROOT / "scripts"))


class Bridge:
    """One session each way; listings must come before what they give exponents to."""

    def __init__(self, command):
        self.command = command

    def frames(self, *messages):
        """The frames that Plimsoll writes for JSON messages."""
        lines = self._run("encode", [json.dumps(message) for message in messages])
        return [bytes.fromhex(line) for line in lines]

    def messages(self, *frames):
        """The JSON messages that Plimsoll reads from frames."""
        return [json.loads(line) for line in self._run("decode", [frame.hex() for frame in frames])]

    def _run(self, direction, lines):
        finished = subprocess.run(
            [self.command, "wire", direction], input="\n".join(lines) + "\n",
            capture_output=True, text=True, timeout=60)
        assert finished.returncode == 0, finished.stderr
        return finished.stdout.split("\n")[:-1]


@pytest.fixture(scope="session")
def bridge():
    command = os.environ.get("PLIMSOLL", str(ROOT / ".build" / "debug" / "plimsoll"))
    assert os.path.exists(command), f"{command} is not built"
    return Bridge(command)


@pytest.fixture(scope="session")
def schema_path():
    return SCHEMA
