"""Plays whole scenarios into a running engine with the bot beside it, then checks every signal against the oracle.

    scripts/check-replays                          all three scenarios; takes most of an hour
    scripts/check-replays crash-2025-10-10

Prints what each did and found; exit code 1 if anything differs.
"""
import argparse
import pathlib
import sys
import tempfile
import time

from bot import BotProcess, told
from engine import DATA, Engine

SCENARIOS = ["settlement-2026-08", "chain-2026-02", "crash-2025-10-10"]
PATIENCE = 3600.0
LINES_SHOWN = 3


def check(scenario, arguments):
    """Whether the engine, the bot, the oracle and three ways of folding agree on a scenario."""
    with tempfile.TemporaryDirectory() as folder:
        engine = Engine(folder)
        began = time.monotonic()
        engine.start()
        bot = BotProcess(engine)
        engine.play(scenario, *arguments, patience=PATIENCE)
        played = time.monotonic() - began
        lines = bot.stop()
        say(scenario, f"engine ended with {engine.stop()} after {played:.0f} s")
        for word in ("CALL", "PLAN", "WHY "):
            found = told(lines, word)
            say(scenario, f"bot: {len(found)} lines of {word.strip()}")
            for line in found[:LINES_SHOWN]:
                say(scenario, "  " + line)
        say(scenario, f"bot: {lines[-1]}")
        began = time.monotonic()
        verdict = engine.agree_with_oracle()
        say(scenario, f"oracle: {verdict} ({time.monotonic() - began:.0f} s)")
        folds = [engine.verify(*how) for how in ([], ["--shards", "4"], ["--kernel", "x86-64-v3"])]
        digests = {(fold["digest"], fold["ledger"]) for fold in folds}
        say(scenario, f"verify: {folds[0]}")
        say(scenario, f"verify with 1 and 4 shards, v4 and v3 kernels: {len(digests)} digest")
        return verdict.startswith("equal: ") and len(digests) == 1


def say(scenario, text):
    print(f"{scenario}: {text}", flush=True)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenarios", nargs="*", help=", ".join(SCENARIOS))
    parser.add_argument(
        "--replay", action="append", default=[], metavar="ARGUMENT", help="for scripts/replay, as --replay=--conflate")
    chosen = parser.parse_args()
    if not pathlib.Path(DATA).is_dir():
        print(f"no market data at {DATA}: set PLIMSOLL_DATA", file=sys.stderr)
        return 2
    unknown = [scenario for scenario in chosen.scenarios if scenario not in SCENARIOS]
    if unknown:
        print(f"no scenario {unknown[0]}; there are {', '.join(SCENARIOS)}", file=sys.stderr)
        return 2
    verdicts = [check(scenario, chosen.replay) for scenario in chosen.scenarios or SCENARIOS]
    return 0 if all(verdicts) else 1


if __name__ == "__main__":
    sys.exit(main())
