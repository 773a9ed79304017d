"""Keys at random in the main window over a real register: no key, in no order, may end in an exception.

``python -m tests.ui.monkey [--seeds N] [--seed S] [--keys K]`` runs longer than the suite and prints
``{"seed","seeds","keys","pages","broken"}``; ``broken`` names the seed with the last keys before the exception.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import secrets
import sys
import tempfile
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from unittest.mock import patch

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fieldapp.common.tasks import InlineRunner
from fieldapp.services.workspace import Workspace
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.preferences import Preferences

__all__ = ["Outcome", "let_loose", "main"]

_K = Qt.Key
_NONE, _CTRL, _ALT, _SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
)
_PLAIN = (
    *(
        _K.Key_Tab,
        _K.Key_Return,
        _K.Key_Up,
        _K.Key_Down,
        _K.Key_Left,
        _K.Key_Right,
        _K.Key_Space,
        _K.Key_Escape,
    ),
    *(_K.Key_Backspace, _K.Key_Delete, _K.Key_Home, _K.Key_End, _K.Key_PageDown, _K.Key_PageUp),
    *(_K.Key_A, _K.Key_Z, _K.Key_1, _K.Key_3),
)
_FUNCTION = tuple(getattr(_K, f"Key_F{number}") for number in range(1, 13))
#: Ctrl+L locks, which ends the window; every other letter and figure is tried.
_LETTERS = tuple(getattr(_K, f"Key_{sign}") for sign in "ABCDEFGHIJKMNOPRSTUVXYZ1234567890")
_PAGES = (
    *("today", "households", "plan", "findings", "duplicates", "proposals", "tables", "typing"),
    *("differences", "print", "sync", "settings", "cadres", "batch"),
)
_LAST = 25
_LATE_MS = 130  # a shortcut presses its button only after a tenth of a second


@dataclass
class Outcome:
    """What happened: keys pressed, pages seen, and the first exception with the keys before it."""

    keys: int = 0
    pages: set[str] = field(default_factory=set)
    last: deque[str] = field(default_factory=lambda: deque(maxlen=_LAST))
    broken: str = ""


def let_loose(workspace: Workspace, seed: int, keys: int, folder: Path) -> Outcome:
    """Press so many keys in a new window; stop at the first exception. Files are written into ``folder`` only."""
    dice, outcome = random.Random(seed), Outcome()
    with _files_in(folder, dice), _watched(outcome):
        window = MainWindow(workspace, InlineRunner(), Preferences())
        window.resize(1180, 720)
        window.show()
        window.start()
        window.activateWindow()
        while outcome.keys < keys and not outcome.broken and window.isVisible():
            outcome.keys += 1
            _press(window, dice, outcome)
            outcome.pages.add(window.page_key)
            if outcome.keys % 40 == 0:
                QTest.qWait(_LATE_MS)
        QTest.qWait(_LATE_MS)
        window.close()
        window.deleteLater()
    return outcome


def _press(window: MainWindow, dice: random.Random, outcome: Outcome) -> None:
    if dice.random() < 0.03:
        page = dice.choice(_PAGES)
        outcome.last.append(page)
        window.show_page(page)
        return
    key, held = dice.choices(
        (
            (dice.choice(_PLAIN), _NONE),
            (dice.choice(_FUNCTION), _NONE),
            (dice.choice((*_LETTERS, _K.Key_Return, _K.Key_Backspace)), _CTRL),
            (dice.choice((_K.Key_G, _K.Key_Left, _K.Key_Right)), _ALT),
            (dice.choice((*_FUNCTION, *_LETTERS)), _CTRL | _SHIFT),
        ),
        (60, 15, 20, 2, 3),
    )[0]
    outcome.last.append(f"{key.name}{'' if held == _NONE else f' {held}'}")
    target: QWidget = QApplication.activePopupWidget() or QApplication.focusWidget() or window
    QTest.keyClick(target, key, held)


@contextmanager
def _watched(outcome: Outcome) -> Iterator[None]:
    """Keep the first exception that a slot or an event ends in."""
    before = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not outcome.broken:
            told = "".join(traceback.format_exception(kind, error, trace)[-3:])
            outcome.broken = f"{', '.join(outcome.last)}\n{told}"

    sys.excepthook = hook
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def _files_in(folder: Path, dice: random.Random) -> Iterator[None]:
    """Answer every question for a file or folder with one in ``folder``, or as if it had been cancelled."""

    def save(*_: object, **__: object) -> tuple[str, str]:
        return (str(folder / f"{dice.randrange(9)}.xlsx") if dice.random() < 0.7 else "", "")

    with (
        patch.object(QFileDialog, "getSaveFileName", save),
        patch.object(QFileDialog, "getOpenFileName", lambda *_, **__: ("", "")),
        patch.object(QFileDialog, "getOpenFileNames", lambda *_, **__: ([], "")),
        patch.object(QFileDialog, "getExistingDirectory", lambda *_, **__: str(folder)),
        patch("PySide6.QtGui.QDesktopServices.openUrl", lambda *_: True),
    ):
        yield


def main(arguments: Sequence[str]) -> int:
    """Run seeds one after another; return 1 when one broke."""
    parser = argparse.ArgumentParser(prog="python -m tests.ui.monkey")
    parser.add_argument("--seeds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--keys", type=int, default=2_000)
    told = parser.parse_args(arguments)
    from fieldapp.ui.theme import apply_theme
    from tests.services.world import copy_world, shared_template

    first = secrets.randbelow(10**6) if told.seed is None else told.seed
    app = QApplication.instance() or QApplication(["monkey", "-style", "fusion"])
    assert isinstance(app, QApplication)
    apply_theme(app)
    keys, pages, broken = 0, set[str](), {}
    with tempfile.TemporaryDirectory() as base:
        template, port = shared_template(Path(base))
        for seed in range(first, first + told.seeds):
            world = copy_world(template, Path(base) / f"{seed}", port)
            folder = Path(base) / f"{seed}-files"
            folder.mkdir()
            workspace = world.unlocked("helper" if seed % 3 == 0 else "clerk")
            outcome = let_loose(workspace, seed, told.keys, folder)
            world.close()
            keys, pages = keys + outcome.keys, pages | outcome.pages
            if outcome.broken:
                broken[seed] = outcome.broken
    figures = {"seed": first, "seeds": told.seeds, "keys": keys, "pages": len(pages), "broken": broken}
    print(json.dumps(figures, ensure_ascii=False))
    return int(bool(broken))


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    sys.exit(main(sys.argv[1:]))
