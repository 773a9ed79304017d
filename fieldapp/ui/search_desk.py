"""The search of a window: its box, the results below it, and what opening one of them asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.viewmodels.search import SearchLine, SearchViewModel
from fieldapp.ui.widgets.search_results import SearchResults

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldapp.services.search import Hit
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.widgets.search_box import SearchBox

__all__ = ["SearchDesk"]


class SearchDesk(QObject):
    """Shows results and says what is to be opened; it opens nothing itself."""

    household_asked = Signal(str)
    place_asked = Signal(str, object)  # household, (list, record, property)
    review_asked = Signal(str)
    filter_asked = Signal(object)  # WorkFilter
    form_asked = Signal(str)
    command_asked = Signal(str)
    list_asked = Signal(str)  # all households with this text
    closed = Signal()
    opening = Signal()
    said = Signal(str)  # of a scanned sheet: whether it is out of date

    def __init__(self, box: SearchBox, workspace: WorkspacePort, runner: TaskRunner, window: QWidget) -> None:
        super().__init__(window)
        self._box = box
        self.model = SearchViewModel(workspace, runner, self)
        self.results = SearchResults(window)
        self._enter = False
        box.typed.connect(self._typed)
        box.moved.connect(self.results.move_by)
        box.chosen.connect(self.results.open_marked)
        box.closed.connect(self._close)
        box.went_on.connect(self._go_on)
        box.left.connect(self.hide)
        self.model.found.connect(self._show)
        self.results.opened.connect(self._open)

    def hide(self) -> None:
        """Take the results away and ask nothing more; what was typed stays."""
        self.model.stop()
        self._enter = False
        self._box.results = False
        self.results.hide()

    def _typed(self, text: str) -> None:
        if not text.strip():
            self.hide()
        elif self._box.hasFocus():
            self.model.ask(text)

    def _close(self) -> None:
        self.hide()
        self.closed.emit()

    def _go_on(self) -> None:
        """Enter before the answer is here opens the first thing as soon as it is; otherwise the list takes over."""
        if self.model.waiting:
            self._enter = True
        else:
            self.list_asked.emit(self._box.text().strip())

    def _show(self) -> None:
        if not self._box.hasFocus():
            return
        self.results.show_lines(self.model.lines, self._box)
        self._box.results = True
        if self._enter:
            self._enter = False
            self.results.open_marked()

    def _open(self, line: SearchLine) -> None:
        text = self._box.text().strip()
        self.hide()
        self.opening.emit()
        if line.all_households:
            self.list_asked.emit(text)
        elif line.command is not None:
            self.command_asked.emit(line.command.key)
        elif line.hit is not None:
            self._open_hit(line.hit)

    def _open_helped(self, homes: tuple[str, ...]) -> None:
        if homes:
            self.filter_asked.emit(WorkFilter(within=homes))
        else:
            self.command_asked.emit("cadres")

    def _open_hit(self, hit: Hit) -> None:
        match hit.kind:
            case "issue":
                self.place_asked.emit(hit.household_id, ("issues", hit.id, "description"))
            case "task":
                self.place_asked.emit(hit.household_id, ("tasks", hit.id, "title"))
            case "member":
                self.place_asked.emit(hit.household_id, ("persons", hit.id, "name"))
            case "visit" if hit.opens:
                self.review_asked.emit(hit.id)
            case "cadre":
                self._open_helped(self.model.helped_by(hit.id))
            case "unit":
                self._open_helped(self.model.helped_by_unit(hit.title))
            case "village":
                self.filter_asked.emit(WorkFilter(area_code=hit.id))
            case "paper":
                self.household_asked.emit(hit.household_id)
                self.said.emit(f"{hit.title}：{hit.about}")
            case "form":
                self.form_asked.emit(hit.id)
            case _:
                self.household_asked.emit(hit.household_id)
