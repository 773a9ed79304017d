"""Opens the desktop. Nothing heavy is imported before the unlock window is on the screen.

Order: preferences and input method (before Qt starts), QApplication and theme, the single-instance lock, the crash
handler, the unlock window. Only after its first paint come the laptop's people, the listener for second starts and
Qt's own Chinese texts, and, while the person types the password, the modules that an open vault needs.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtWidgets import QApplication

from fieldapp.common.clock import SystemClock
from fieldapp.ui.app_window import AppWindow
from fieldapp.ui.crash import CrashHandler
from fieldapp.ui.input_method import choose_input_method
from fieldapp.ui.preferences import Preferences, load_preferences
from fieldapp.ui.single_instance import SingleInstance
from fieldapp.ui.text import error_sentence, language, set_language
from fieldapp.ui.theme import apply_theme

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.tasks import CancelToken, ProgressSink
    from fieldapp.ui.contract import LaptopPort
    from fieldapp.ui.preparation import Preparation
    from fieldapp.ui.task_runner import QtTaskRunner

__all__ = ["WARM_DESKTOP", "WARM_MODULES", "DesktopApp", "main", "open_program"]

LaptopFactory = Callable[[Path], "LaptopPort"]
#: Long work before anybody can sign in (the demo makes its county); returns the sentence that is shown afterwards.
Preparing = Callable[["ProgressSink", "CancelToken"], str]
#: What opening a vault needs, loaded on a thread while the person types, so that the password is not followed by a wait.
WARM_MODULES = ("fieldapp.services.workspace",)
#: Modules of the desktop come one a tick on the window's own thread: Qt's Python types are made at their first use, and
#: two threads making them at once lose attributes (seen: a paint event without ``QPainter.fillPath``).
WARM_DESKTOP = (
    "PySide6.QtSvg",
    "fieldapp.ui.page_set",
    "fieldapp.ui.pages.page",
    "fieldapp.ui.pages.today",
    "fieldapp.ui.pages.households",
    "fieldapp.ui.pages.household",
    "fieldapp.ui.main_window",
)
_LEAVE_TIMEOUT_MS = 10_000


class DesktopApp:
    """The running desktop: application, window and what surrounds them."""

    def __init__(self, app: QApplication, data_dir: Path, clock: Clock, preferences: Preferences) -> None:
        self._app = app
        self._warming: QtTaskRunner | None = None
        self._preparation: Preparation | None = None
        self.crash = CrashHandler(data_dir / "logs" / "desktop.log", clock, app)
        self.window = AppWindow(data_dir, clock, preferences)
        self.crash.add_saver(self.window.save_draft)
        self.crash.happened.connect(self.window.show_problem)

    def begin(self, laptop: LaptopPort) -> None:
        """What follows the first paint."""
        self._load_qt_texts()
        self.window.connect_laptop(laptop)
        self._warm_up()

    def prepare(self, preparing: Preparing, laptop: LaptopPort) -> None:
        """Do long work behind the window, with its progress, then begin."""
        from fieldapp.ui.preparation import Preparation

        self._preparation = Preparation(self.window, self._app)
        self._preparation.run(preparing, lambda: self.begin(laptop))

    def end(self) -> None:
        """Wait for what still runs and give the hooks back."""
        if self._preparation is not None:
            self._preparation.stop(_LEAVE_TIMEOUT_MS)
        if self._warming is not None:
            self._warming.wait(_LEAVE_TIMEOUT_MS)
        self.crash.uninstall()

    def _load_qt_texts(self) -> None:
        from PySide6.QtCore import QLibraryInfo, QTranslator

        translator = QTranslator(self._app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language() == "zh" and translator.load("qtbase_zh_CN", folder):
            self._app.installTranslator(translator)

    def _warm_up(self) -> None:
        from fieldapp.ui.task_runner import QtTaskRunner

        self._warming = QtTaskRunner(1, self._app)
        self._warming.run(_import_heavy, lambda _: self._warm_desktop(list(WARM_DESKTOP)), _broken)

    def _warm_desktop(self, modules: list[str]) -> None:
        from PySide6.QtCore import QTimer

        if modules:
            importlib.import_module(modules.pop(0))
            QTimer.singleShot(0, lambda: self._warm_desktop(modules))


def main(
    argv: Sequence[str],
    data_dir: Path,
    *,
    laptop: LaptopFactory | None = None,
    clock: Clock | None = None,
    preparing: Preparing | None = None,
) -> int:
    """Open the window on ``data_dir`` and stay until it is closed. Returns the exit code.

    With ``preparing`` the window shows at once, and that work runs behind it with its progress before anybody signs in.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    preferences = load_preferences(data_dir)
    set_language(preferences.language)
    _prepare_input_method()
    app = QApplication([*argv[:1], "-style", "fusion"])  # by name: setStyle would build all of QStyle first
    app.setApplicationName("fieldapp")
    single = SingleInstance(data_dir, app)
    if not single.claim():
        from fieldapp.ui.errors import ALREADY_OPEN

        if sys.stderr is not None:
            sys.stderr.write(error_sentence(ALREADY_OPEN()) + "\n")
        return 0
    apply_theme(app, preferences.scale_percent)
    desktop = DesktopApp(app, data_dir, clock or SystemClock(), preferences)
    desktop.crash.install()

    def after_first_paint() -> None:
        opened = (laptop or _laptop)(data_dir)
        if preparing is None:
            desktop.begin(opened)
        else:
            desktop.prepare(preparing, opened)
        single.listen()
        single.raise_requested.connect(desktop.window.come_forward)

    desktop.window.first_painted.connect(after_first_paint)
    desktop.window.show_first()
    code = app.exec()
    desktop.end()
    single.release()
    return code


def open_program(data_dir: Path | None = None) -> int:
    """Open the program as a person does; without a folder, on the one of this system's user."""
    if data_dir is None:
        import platformdirs

        data_dir = Path(platformdirs.user_data_dir("fieldapp", appauthor=False))
    return main(sys.argv[:1], data_dir)


def _laptop(data_dir: Path) -> LaptopPort:
    from fieldapp.services.laptop import Laptop

    return Laptop(data_dir)


def _import_heavy() -> None:
    for module in WARM_MODULES:
        importlib.import_module(module)


def _broken(error: Exception) -> None:
    raise error


def _prepare_input_method() -> None:
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    chosen = choose_input_method(os.environ, plugins, sys.platform)
    if chosen is not None:
        os.environ["QT_IM_MODULE"] = chosen
