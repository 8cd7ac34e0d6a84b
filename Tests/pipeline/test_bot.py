"""The reference bot beside a running engine: every call and plan is printed once, with its cures or trades."""
from collections import Counter

from bot import BotProcess, told


def test_the_bot_prints_every_call_and_plan_once(engine, data):
    engine.start()
    bot = BotProcess(engine)
    engine.play("settlement-2026-08")
    replayed = engine.ask({"message": "ReplayQuery", "pool": 0, "from": 1, "to": 0})
    lines = bot.stop()

    signals = Counter(answer["message"] for answer in replayed)
    calls, plans, reasons = (told(lines, word) for word in ("CALL", "PLAN", "WHY "))
    assert signals["MarginCall"] > 0 and signals["LiquidationPlan"] > 0
    assert (len(calls), len(plans)) == (signals["MarginCall"], signals["LiquidationPlan"])
    assert len(set(plans)) == len(plans) == len(reasons)
    assert all("cures: " in line for line in calls)
    assert all("would: " in line for line in plans)
    assert "duplicates" not in lines[-1] and "lost" not in lines[-1]
