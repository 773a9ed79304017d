"""Pictures of every page, drawn into memory: for the headless demo, the documents, and for people who judge the look."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from fieldapp.common.files import known_disk_errors
from fieldapp.common.tasks import InlineRunner
from fieldapp.services.laptop import PersonCard
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.theme import apply_theme
from fieldapp.ui.viewmodels.printing import Chosen
from fieldapp.ui.viewmodels.unlock import UnlockViewModel

if TYPE_CHECKING:
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["grab_household", "grab_page", "grab_pages"]

_SIZE = (1366, 768)
_SETTLE_ROUNDS = 6


def grab_pages(workspace: WorkspacePort, out_dir: Path, household_id: str | None = None) -> list[Path]:
    """Draw every page with the data of an open workspace and return the PNG files in page order.

    ``household_id`` names the household to show, by default the first of the work list that was visited. The form
    page is drawn with a draft that is discarded afterwards. Works without a display. Raises DISK-001, DISK-002.
    """
    app = _application()
    out_dir.mkdir(parents=True, exist_ok=True)
    chosen = household_id or _visited(workspace)
    album = _Album(app, out_dir)
    album.unlock(workspace)
    main = MainWindow(workspace, InlineRunner(), Preferences())
    main.resize(*_SIZE)
    main.show()
    main.start()
    album.take("today", main)
    main.show_page("households")
    album.take("households", main)
    album.search(main)
    if chosen is not None:
        album.household(main, chosen)
        album.form(main, chosen)
        album.print(main, chosen)
    for key in ("sync", "settings"):
        main.show_page(key)
        album.take(key, main)
    main.close()
    main.deleteLater()
    return album.taken


def grab_page(workspace: WorkspacePort, key: str, path: Path) -> None:
    """Draw one page of an open workspace. Raises DISK-001, DISK-002."""
    _grab_window(workspace, lambda main: main.show_page(key), path)


def grab_household(workspace: WorkspacePort, household_id: str, path: Path) -> None:
    """Draw a household's page. Raises DISK-001, DISK-002."""
    _grab_window(workspace, lambda main: main.open_household(household_id), path)


def _grab_window(workspace: WorkspacePort, go: Callable[[MainWindow], None], path: Path) -> None:
    app = _application()
    with known_disk_errors(path.parent):
        path.parent.mkdir(parents=True, exist_ok=True)
    main = MainWindow(workspace, InlineRunner(), Preferences())
    main.resize(*_SIZE)
    main.show()
    main.start()
    go(main)
    _draw(app, main, path)
    main.close()
    main.deleteLater()


def _draw(app: QApplication, window: QWidget, path: Path) -> None:
    for _ in range(_SETTLE_ROUNDS):
        app.processEvents()
    with known_disk_errors(path):
        if not window.grab().save(str(path), "PNG"):
            raise OSError("the picture was not written")


class _Album:
    def __init__(self, app: QApplication, out_dir: Path) -> None:
        self._app = app
        self._out_dir = out_dir
        self.taken: list[Path] = []

    def take(self, name: str, window: QWidget) -> None:
        path = self._out_dir / f"{len(self.taken) + 1:02d}-{name}.png"
        _draw(self._app, window, path)
        self.taken.append(path)

    def unlock(self, workspace: WorkspacePort) -> None:
        page = UnlockPage()
        page.resize(*_SIZE)
        page.show()
        page.connect_model(UnlockViewModel(_OnePerson(workspace), InlineRunner(), page))
        self.take("unlock", page)
        page.show_enrolment(cancellable=True)
        self.take("enrol", page)
        page.close()
        page.deleteLater()

    def search(self, main: MainWindow) -> None:
        row = main.pages.work_list_model.table.work_row(0)
        main.top.search.setText(row.head_name[:1] if row else "张")
        self.take("search", main)
        main.top.search.clear()

    def household(self, main: MainWindow, household_id: str) -> None:
        main.open_household(household_id)
        self.take("household", main)
        areas = main.pages.household.findChildren(QScrollArea)
        for name, share in (("household-visits", 0.5), ("household-facts", 1.0)):
            for area in areas:
                area.verticalScrollBar().setValue(int(area.verticalScrollBar().maximum() * share))
            self.take(name, main)

    def form(self, main: MainWindow, household_id: str) -> None:
        draft = main.workspace.visits.start(household_id, "onsite")
        main.open_form(draft)
        self.take("form", main)
        main.show_page("today")
        main.workspace.visits.discard(draft.id)

    def print(self, main: MainWindow, household_id: str) -> None:
        model = main.pages.print_model
        name = main.workspace.households.file(household_id).household.head_name
        for kind in ("carry", "file"):
            model.choose([Chosen(household_id, name)], kind)
            main.show_page("print")
            model.make()
            self.take(f"print-{kind}", main)


class _OnePerson:
    """The unlock page of this workspace's person, for its picture: it opens nothing."""

    def __init__(self, workspace: WorkspacePort) -> None:
        self._workspace = workspace

    def people(self) -> list[PersonCard]:
        person = self._workspace.person
        return [PersonCard(person.id, person.name, person.role)]

    def unlock(self, person_id: str, password: str, *, accept_changed: bool = False) -> WorkspacePort:
        del person_id, password, accept_changed
        return self._workspace

    def enrol(self, code: str, server_url: str, password: str) -> WorkspacePort:
        del code, server_url, password
        return self._workspace


def _visited(workspace: WorkspacePort) -> str | None:
    keys = workspace.worklist.ids(WorkFilter())
    rows = workspace.worklist.rows(keys[:200])
    visited = [row for row in rows if row.last_visit] or rows
    return visited[0].household_id if visited else None


def _application() -> QApplication:
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    apply_theme(app)
    return app
