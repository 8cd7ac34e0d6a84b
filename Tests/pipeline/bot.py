"""The reference bot beside a running engine."""
import pathlib
import signal
import subprocess
import sys

from engine import ROOT


class BotProcess:
    """Follows an engine's signals from the first one, into a file."""

    def __init__(self, engine):
        self.output = pathlib.Path(engine.folder) / "bot.log"
        self.process = subprocess.Popen(
            [sys.executable, str(ROOT / "scripts/liquidation_bot"), "--signals", engine.at("signals_json"),
             "--queries", engine.at("query")],
            stdout=open(self.output, "w"), stderr=subprocess.STDOUT)

    def stop(self):
        """Its lines, the summary last."""
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(30) == 0
        return self.output.read_text().splitlines()


def told(lines, word):
    """The lines about one kind of event."""
    return [line for line in lines if f"  {word}  " in line]
