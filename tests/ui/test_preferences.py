"""What the window remembers."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.ui.preferences import Preferences, load_preferences, save_preferences


def test_what_was_saved_is_there_again(tmp_path: Path) -> None:
    wanted = Preferences(scale_percent=150, language="en", idle_minutes=5)
    save_preferences(tmp_path, wanted)
    assert load_preferences(tmp_path) == wanted


def test_nothing_saved_gives_the_defaults(tmp_path: Path) -> None:
    assert load_preferences(tmp_path) == Preferences()


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"scale_percent": "big", "idle_minutes": 100000}', "\x00"]
)
def test_a_damaged_file_does_no_harm(tmp_path: Path, content: str) -> None:
    (tmp_path / "window.json").write_text(content, "utf-8")
    assert load_preferences(tmp_path) == Preferences()


def test_a_folder_that_cannot_be_written_does_not_stop_anybody(tmp_path: Path) -> None:
    save_preferences(tmp_path / "no such folder", Preferences(scale_percent=200))
    assert load_preferences(tmp_path / "no such folder") == Preferences()


def test_some_may_be_changed() -> None:
    assert Preferences().but(idle_minutes=3) == Preferences(idle_minutes=3)
