"""No key, in no order, may end in an exception; ``python -m tests.ui.monkey`` presses more of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.ui.pages.plan import PlanPage
from tests.services.conftest import made, offline
from tests.services.world import World
from tests.ui.monkey import let_loose

__all__ = ["made", "offline"]


@pytest.mark.parametrize(("who", "seed"), [("clerk", 1), ("helper", 2)])
def test_keys_at_random_end_in_no_exception(
    offline: World, tmp_path: Path, qtbot: QtBot, who: str, seed: int
) -> None:
    del qtbot
    outcome = let_loose(offline.unlocked(who), seed, 400, tmp_path)
    assert outcome.broken == ""
    assert outcome.keys == 400
    assert len(outcome.pages) > 8, "the keys went through the program"


def test_the_harness_notices_a_planted_bug(
    offline: World, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def raises(page: PlanPage, pressed: object) -> None:
        raise ZeroDivisionError(pressed)

    monkeypatch.setattr(PlanPage, "_show_view", raises)
    with qtbot.captureExceptions():
        outcome = let_loose(offline.unlocked("clerk"), 3, 3_000, tmp_path)
    assert "ZeroDivisionError" in outcome.broken
    assert outcome.keys < 3_000, "it stops where it broke"
