"""One window a data folder."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from fieldapp.ui.single_instance import SingleInstance


def test_a_second_start_raises_the_first_window(qtbot: QtBot, tmp_path: Path) -> None:
    first = SingleInstance(tmp_path)
    assert first.claim()
    first.listen()
    second = SingleInstance(tmp_path)
    with qtbot.waitSignal(first.raise_requested, timeout=5000):
        assert not second.claim()
    first.release()
    assert second.claim()
    second.release()


def test_two_folders_are_two_programs(qtbot: QtBot, tmp_path: Path) -> None:
    one, other = SingleInstance(tmp_path / "甲"), SingleInstance(tmp_path / "乙")
    assert one.claim()
    assert other.claim()
    one.release()
    other.release()
