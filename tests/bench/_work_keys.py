"""How many keys a visit takes, in the real window over a real vault: counted at the application, not planned."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldapp.ui.main_window import MainWindow
    from fieldapp.ui.pages.form import FormPage

__all__ = ["measure", "run"]

_ROOT = Path(__file__).resolve().parents[2]
#: Keys that a Chinese character costs with a pinyin input method, on average and rounded up.
_KEYS_A_CHARACTER = 3
_PATIENCE_S = 10.0


def run() -> dict[str, float]:
    """Return ``visit_keystrokes`` and ``paper_keystrokes``."""
    finished = subprocess.run(
        [sys.executable, "-c", "from tests.bench._work_keys import measure; measure()"],
        env={**os.environ, "PYTHONPATH": str(_ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=600,
        check=True,
    )
    result: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
    return result


def measure() -> None:
    """Print the figures; runs in a process of its own."""
    from PySide6.QtWidgets import QApplication

    from fieldapp.common.tasks import InlineRunner
    from fieldapp.ui.main_window import MainWindow
    from fieldapp.ui.preferences import Preferences
    from fieldapp.ui.theme import apply_theme
    from tests.services.world import copy_world, shared_template

    app = QApplication(["bench", "-style", "fusion"])
    apply_theme(app)
    with tempfile.TemporaryDirectory() as folder:
        template, port = shared_template(Path(folder))
        world = copy_world(template, Path(folder) / "world", port)
        main = MainWindow(world.unlocked("clerk"), InlineRunner(), Preferences())
        main.resize(1366, 768)
        main.show()
        main.start()
        main.activateWindow()
        _until(main.isActiveWindow)
        clerk = _Clerk(main)
        figures = {"visit_keystrokes": _nothing_changed(clerk), "paper_keystrokes": _from_paper(clerk)}
        world.close()
    print(json.dumps(figures), flush=True)
    os._exit(0)


class _Clerk:
    """A clerk at the keyboard: every key is counted, a Chinese character as what a pinyin input method costs."""

    def __init__(self, main: MainWindow) -> None:
        from tests.ui.form.keys import Typist

        self.main = main
        self._typist = Typist(main)
        self._characters = 0

    @property
    def keys(self) -> int:
        return self._typist.keys + (_KEYS_A_CHARACTER - 1) * self._characters

    def press(self, *names: str) -> None:
        """Press keys one after the other."""
        self._typist.press(*names)

    def type(self, text: str) -> None:
        """Type a text where the keyboard is."""
        self._typist.type(text)
        self._characters += sum(not sign.isascii() for sign in text)

    def begin(self, way: str) -> FormPage:
        """From Today to the form of the household on top of the list: Ctrl+2, into the list, F2 or F4."""
        from fieldapp.ui.pages.form import FormPage

        self.main.show_page("today")
        self._typist.keys = self._characters = 0
        self.press("Ctrl+2")
        _until(lambda: self.main.page_key == "households")
        self.press("Down", way)
        _until(lambda: self.main.form is not None)
        assert self.main.form is not None
        (page,) = self.main.form.findChildren(FormPage)
        _until(lambda: page.column.current_ref() is not None)
        return page

    def finish(self) -> int:
        """Ctrl+Enter; return how many keys it took from the list to “saved”."""
        self.press("Ctrl+Enter")
        _until(lambda: self.main.form is None)
        assert "走访已保存在本机" in self.main.banner.message
        return self.keys

    def go_to(self, form: FormPage, ref: str) -> None:
        """Tab from question to question; every Tab counts."""
        for _ in range(60):
            if form.column.current_ref() == ref:
                return
            self.press("Tab")
        raise AssertionError(f"{ref} was not reached")


def _until(done: Callable[[], bool]) -> None:
    from PySide6.QtWidgets import QApplication

    deadline = time.monotonic() + _PATIENCE_S
    while not done():
        assert time.monotonic() < deadline
        QApplication.processEvents()


def _nothing_changed(clerk: _Clerk) -> int:
    clerk.begin("F2")
    return clerk.finish()


def _from_paper(clerk: _Clerk) -> int:
    """A visit of two days ago: somebody fell ill, the water is short, the family asks for an allowance."""
    form = clerk.begin("F4")
    answers = (
        ("/data/how/visit_date", "1120"),
        ("/data/state/changes", "13"),
        ("/data/state/change_note", "户主住院，停工两个月"),
        ("/data/state/water_ok", "2"),
        ("/data/state/water_problem", "2"),
        ("/data/state/water_note", "夏天常停水"),
        ("/data/help/requests", "想申请低保"),
        ("/data/help/request_open", "1"),
    )
    for ref, typed in answers:
        clerk.go_to(form, ref)
        clerk.type(typed)
    return clerk.finish()
