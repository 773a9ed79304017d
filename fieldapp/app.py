"""Opens the desktop. Nothing heavy is imported before the unlock window is on the screen.

Order: preferences and input method (before Qt starts), QApplication and theme, the single-instance lock, the crash
handler, the unlock window. Only after its first paint come the laptop's people, the listener for second starts and
Qt's own Chinese texts, and, while the person types the password, the modules that opening a vault needs.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import PySide6
from PySide6.QtCore import QLibraryInfo, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from fieldapp.common.clock import Clock, SystemClock
from fieldapp.ui.app_window import AppWindow
from fieldapp.ui.crash import CrashHandler
from fieldapp.ui.errors import ALREADY_OPEN
from fieldapp.ui.input_method import choose_input_method
from fieldapp.ui.preferences import Preferences, load_preferences
from fieldapp.ui.single_instance import SingleInstance
from fieldapp.ui.text import error_sentence, language, set_language
from fieldapp.ui.theme import apply_theme

if TYPE_CHECKING:
    from fieldapp.ui.contract import LaptopPort

__all__ = ["DesktopApp", "main"]

LaptopFactory = Callable[[Path], "LaptopPort"]


class DesktopApp:
    """The running desktop: application, window and what surrounds them."""

    def __init__(self, app: QApplication, data_dir: Path, clock: Clock, preferences: Preferences) -> None:
        self._app = app
        self._translator = QTranslator(app)
        self.crash = CrashHandler(data_dir / "logs" / "desktop.log", clock, app)
        self.window = AppWindow(data_dir, clock, preferences)
        self.crash.add_saver(self.window.save_draft)
        self.crash.happened.connect(self.window.show_problem)
        app.installEventFilter(self.window.idle)

    def begin(self, laptop: LaptopPort) -> None:
        """What follows the first paint."""
        self._load_qt_texts()
        self.window.connect_laptop(laptop)

    def _load_qt_texts(self) -> None:
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if language() == "zh" and self._translator.load("qtbase_zh_CN", folder):
            self._app.installTranslator(self._translator)


def main(
    argv: Sequence[str],
    data_dir: Path,
    *,
    laptop: LaptopFactory | None = None,
    clock: Clock | None = None,
) -> int:
    """Open the window on ``data_dir`` and stay until it is closed. Returns the exit code."""
    data_dir.mkdir(parents=True, exist_ok=True)
    preferences = load_preferences(data_dir)
    set_language(preferences.language)
    _prepare_input_method()
    app = QApplication(list(argv))
    app.setApplicationName("fieldapp")
    single = SingleInstance(data_dir, app)
    if not single.claim():
        sys.stderr.write(error_sentence(ALREADY_OPEN()) + "\n")
        return 0
    apply_theme(app, preferences.scale_percent)
    desktop = DesktopApp(app, data_dir, clock or SystemClock(), preferences)
    desktop.crash.install()
    desktop.window.show_first()

    def after_first_paint() -> None:
        single.listen()
        single.raise_requested.connect(desktop.window.come_forward)
        desktop.begin((laptop or _laptop)(data_dir))

    QTimer.singleShot(0, after_first_paint)
    code = app.exec()
    desktop.crash.uninstall()
    single.release()
    return code


def _laptop(data_dir: Path) -> LaptopPort:
    from fieldapp.services.laptop import Laptop

    return Laptop(data_dir)


def _prepare_input_method() -> None:
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    chosen = choose_input_method(os.environ, plugins, sys.platform)
    if chosen is not None:
        os.environ["QT_IM_MODULE"] = chosen
