"""The work list on 12,000 households in a real vault: from the unlocked vault to painted rows, and from key to rows.

The vault is filled as a sync fills it and locked. A cold process unlocks it (as the program does: modules loaded while
the password is typed) and then measures the window. A key counts from its event until the rows that answer it are
painted, whatever lies between. Everything is drawn into memory.
"""

from __future__ import annotations

import importlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLineEdit

    from fieldapp.common.clock import FixedClock
    from fieldapp.common.ids import IdSource
    from fieldapp.sync import DeviceIdentity
    from fieldapp.ui.main_window import MainWindow
    from fieldapp.vault import Vault

__all__ = ["fill_vault", "run", "unlock_vault"]

_HOUSEHOLDS = 12_000
_PAGE_ROWS = 5_000
_PASSWORD = "襄城-走访2026"
_ROOT = Path(__file__).resolve().parents[2]
_PATIENCE_S = 10.0
#: What people type: names, initials, full pinyin, last four of an ID number, a phone, a household number, a mistake.
_SEARCHES = (
    "王",
    "王伟",
    "zhangs",
    "wjg",
    "lixia",
    "yangxiuying",
    "0412",
    "138",
    "13812345",
    "4100001234",
    "欧阳不在",
    "chen",
    "刘芳",
    "单",
    "zengm",
    "9900",
)


def run(households: int = _HOUSEHOLDS) -> dict[str, float]:
    """Return seconds to the first painted rows and the 95th percentile of a keystroke in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        fill_vault(Path(folder), households)
        environment = {**os.environ, "PYTHONPATH": str(_ROOT), "QT_QPA_PLATFORM": "offscreen"}
        program = f"from tests.bench.worklist import measure; measure({folder!r})"
        finished = subprocess.run(
            [sys.executable, "-c", program],
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=True,
        )
        result: dict[str, float] = json.loads(finished.stdout.splitlines()[-1])
        return result


def measure(folder: str) -> None:
    """Print the figures; runs in a process of its own."""
    from PySide6.QtWidgets import QApplication

    from fieldapp.app import WARM_DESKTOP, WARM_MODULES
    from fieldapp.services.workspace import Workspace
    from fieldapp.ui.main_window import MainWindow
    from fieldapp.ui.preferences import Preferences
    from fieldapp.ui.task_runner import QtTaskRunner
    from fieldapp.ui.theme import apply_theme

    for module in (*WARM_MODULES, *WARM_DESKTOP):
        importlib.import_module(module)
    app = QApplication(["bench", "-style", "fusion"])
    apply_theme(app)
    vault, identity, clock, ids = unlock_vault(Path(folder))
    began = time.perf_counter()
    workspace = Workspace(vault, identity, clock=clock, ids=ids, keep_card=lambda _: None)
    main = MainWindow(workspace, QtTaskRunner(3), Preferences())
    main.resize(1366, 768)
    main.show()
    main.show_page("households")
    watch = _Watch(main)
    watch.until_painted("")
    first_paint_s = time.perf_counter() - began
    keys_ms = [seconds * 1000 for seconds in _type(main, watch)]
    figures = {
        "first_paint_s": round(first_paint_s, 3),
        "keystroke_p95_ms": round(statistics.quantiles(keys_ms, n=20)[-1], 1),
        "keystroke_median_ms": round(statistics.median(keys_ms), 1),
        "keys": len(keys_ms),
    }
    print(json.dumps(figures), flush=True)
    os._exit(0)


class _Watch:
    """Runs the event loop until rows that answer a text have been painted."""

    def __init__(self, main: MainWindow) -> None:
        from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer
        from PySide6.QtWidgets import QApplication

        self._app = QApplication.instance()
        self._wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        self._heartbeat = QTimer(main, interval=1000)
        self._heartbeat.start()
        self._model = main.pages.work_list_model
        self.answered = ""
        self.painted = 0
        self._model.rows_changed.connect(self._answer)
        table = main.pages.households.table
        watch = self

        class Paints(QObject):
            def eventFilter(self, watched: QObject, event: QEvent) -> bool:
                del watched
                if event.type() == QEvent.Type.Paint:
                    watch.painted += 1
                return False

        self._paints = Paints()
        table.viewport().installEventFilter(self._paints)
        self._answers = 0

    def _answer(self) -> None:
        self.answered = self._model.wanted.text
        self._answers += 1
        self.painted = 0  # only a paint after the answer counts

    def until_painted(self, text: str) -> None:
        """Return when the rows for ``text``, or the sentence that there are none, are on the screen."""
        assert self._app is not None
        deadline = time.perf_counter() + _PATIENCE_S
        while not (self._answers and self.answered == text and (self.painted or self._nothing())):
            # Wait as an event loop does: polling would keep Python's lock from the thread that answers.
            self._app.processEvents(self._wait)
            if time.perf_counter() > deadline:
                raise TimeoutError(f"no rows for {text!r}")
        self._app.processEvents()
        self._answers = 0

    def _nothing(self) -> bool:
        return self._model.table.rowCount() == 0


def _type(main: MainWindow, watch: _Watch) -> Iterator[float]:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    search = main.top.search
    search.setFocus()
    for text in _SEARCHES:
        for number, sign in enumerate(text, start=1):
            yield _timed(partial(_press, search, sign), watch, text[:number])
        for number in range(len(text) - 1, -1, -1):
            yield _timed(partial(QTest.keyClick, search, Qt.Key.Key_Backspace), watch, text[:number])


def _press(search: QLineEdit, sign: str) -> None:
    """A key of the keyboard, or a character that an input method commits."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    if sign.isascii():
        QTest.keyClicks(search, sign)
        return
    commit = QInputMethodEvent()
    commit.setCommitString(sign)
    QApplication.sendEvent(search, commit)


def _timed(key: Callable[[], object], watch: _Watch, text: str) -> float:
    began = time.perf_counter()
    key()
    watch.until_painted(text)
    return time.perf_counter() - began


def fill_vault(folder: Path, households: int) -> None:
    """Make a vault with a register in it, as an enrolment and a sync do."""
    from fieldapp.common.clock import FixedClock
    from fieldapp.common.ids import IdSource
    from fieldapp.store import Store
    from fieldapp.vault import create_vault
    from tests.store.feed_samples import COUNTY, pages, register_rows

    clock = FixedClock(_moment())
    vault = create_vault(
        folder / "vault",
        password=_PASSWORD,
        recovery_public_key=None,
        vault_id="bench",
        clock=clock,
        state_dir=folder / "state",
    )
    store = Store.open(vault, county_code=COUNTY, device="bench", clock=clock, ids=IdSource(clock))
    for number, page in enumerate(pages(register_rows(households), _PAGE_ROWS)):
        store.apply_feed(page, str(number))
    vault.close()


def unlock_vault(folder: Path) -> tuple[Vault, DeviceIdentity, FixedClock, IdSource]:
    """Open the vault that was filled."""
    from fieldapp.common.clock import FixedClock
    from fieldapp.common.ids import IdSource
    from fieldapp.sync import DeviceIdentity
    from fieldapp.vault import open_vault
    from fieldapp.wire.enrolment import CountyKeys
    from fieldapp.wire.keys import SealingKey, SigningKey
    from tests.store.feed_samples import COUNTY

    clock = FixedClock(_moment())
    vault = open_vault(folder / "vault", password=_PASSWORD, clock=clock, state_dir=folder / "state")
    public = bytes(32)
    identity = DeviceIdentity(
        county=COUNTY,
        county_name="襄城县",
        device="bench",
        person="staff-1",
        person_name="王芳",
        epoch=1,
        address="http://127.0.0.1:9",
        ca="",
        keys=CountyKeys(public, public, public, public, public),
        signing=SigningKey.generate(),
        sealing=SealingKey.generate(),
    )
    return vault, identity, clock, IdSource(clock)


def _moment() -> datetime:
    return datetime(2026, 11, 22, 2, 0, tzinfo=UTC)
