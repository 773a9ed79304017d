"""How long a key takes on the form page: from the key event until everything that follows from it is painted.

Form a (300 questions with rules, 201 calculations) is open in a window in memory. Keys go to questions all over the
form, so that rows appear and vanish; after each one the event loop runs until nothing is left to do or to paint.
"""

from __future__ import annotations

import os
import statistics
import time

__all__ = ["run"]

_QUESTIONS = range(0, 300, 3)
_TYPED = {0: "13", 1: "2.5", 2: "xyz", 3: "2"}


def run() -> dict[str, float]:
    """Return the 95th percentile in milliseconds."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from fieldapp.ui.theme import apply_theme

    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app)
    taken = _keys()
    return {"keystroke_p95_ms": round(statistics.quantiles(taken, n=20)[-1] * 1000, 2)}


def _keys() -> list[float]:
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    from fieldapp.common.clock import FixedClock
    from fieldapp.ui.pages.form import FormPage
    from fieldapp.ui.viewmodels.form import FormViewModel
    from tests.bench._forms_made import form_a
    from tests.ui.form.world import MORNING, open_markdown

    page = FormPage(FormViewModel(open_markdown(form_a())), FixedClock(MORNING))
    page.resize(1170, 708)
    page.show()
    while page.column.is_warming:  # a second after opening; nobody has typed by then
        QApplication.processEvents()
    taken: list[float] = []
    for number in _QUESTIONS:
        if not page.column.show_ref(f"/data/q{number}"):
            continue
        _settle()
        for key in _TYPED[number % 4]:
            target = QApplication.focusWidget()
            assert target is not None
            start = time.perf_counter()
            QTest.keyClicks(target, key)
            _settle()
            taken.append(time.perf_counter() - start)
    page.close()
    return taken


def _settle() -> None:
    """Run the event loop until what follows from the last event is done and painted."""
    from PySide6.QtCore import QCoreApplication

    for _ in range(3):
        QCoreApplication.processEvents()
