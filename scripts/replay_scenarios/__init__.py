"""The scenarios that `scripts/replay` knows: names, what they are, and how their events are built."""

from . import chain, crash, settlement

SCENARIOS = {
    "chain-2026-02": chain,
    "crash-2025-10-10": crash,
    "settlement-2026-08": settlement,
}
