"""The search for everything: what is typed, a moment's patience, then results by kind, as lines of one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.dates import short_day
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.commands import Command, commands
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.search import Found, Hit, HitKind
    from fieldapp.ui.contract import WorkspacePort

__all__ = ["SearchLine", "SearchViewModel"]

#: So long nobody types before the search begins: a pinyin word is not searched letter by letter.
_PATIENCE_MS = 120
_MOST_COMMANDS = 5


@dataclass(frozen=True, slots=True)
class SearchLine:
    """A line of the results: a head (nothing to open), something found, a page or act, or all households with the text."""

    title: str
    detail: str = ""
    hit: Hit | None = None
    command: Command | None = None
    all_households: bool = False

    @property
    def opens(self) -> bool:
        """Whether there is something behind the line; a head has nothing."""
        return self.all_households or self.hit is not None or self.command is not None


class SearchViewModel(ViewModel):
    """``found`` says that the lines answer what was asked last."""

    found = Signal()

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._search = workspace.search
        self._today = workspace.today
        self._commands = commands(decides=workspace.proposals.decides())
        self._latest: Latest[tuple[str, Found, list[int]]] = Latest(runner, self._show, self.report)
        self._patience = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._patience.timeout.connect(self._begin)
        self.text = ""
        self.lines: Sequence[SearchLine] = ()
        self.waiting = False

    def ask(self, text: str) -> None:
        """Search for a text; only the last one is answered."""
        self.text = text.strip()
        self.waiting = bool(self.text)
        if self.waiting:
            self._patience.start()
        else:
            self.stop()

    def stop(self) -> None:
        """Search for nothing any more."""
        self._patience.stop()
        self.waiting = False

    def helped_by(self, staff_id: str) -> tuple[str, ...]:
        """Return the households of a cadre."""
        return self._search.helped_by(staff_id)

    def helped_by_unit(self, unit_name: str) -> tuple[str, ...]:
        """Return the households of a unit's cadres."""
        return self._search.helped_by_unit(unit_name)

    def _begin(self) -> None:
        text, search = self.text, self._search
        names = [name for command in self._commands for name in (command.title, *command.words)]
        self._latest.ask(lambda: (text, search.find(text), search.matching(text, names)))

    def _show(self, answer: tuple[str, Found, list[int]]) -> None:
        text, found, meant = answer
        if not self.waiting or text != self.text:
            return
        self.waiting = False
        owners = [command for command in self._commands for _ in (command.title, *command.words)]
        acts = list(dict.fromkeys(owners[at] for at in meant))[:_MOST_COMMANDS]
        self.lines = _lines(found, acts, self._today())
        self.found.emit()


def _lines(found: Found, acts: Sequence[Command], today: date) -> list[SearchLine]:
    lines: list[SearchLine] = []
    for kind, head in _heads():
        some = [hit for hit in found.hits if hit.kind == kind]
        if some:
            lines.append(SearchLine(head))
            lines += [SearchLine(hit.title, _detail(hit, today), hit) for hit in some]
        if kind == "member" and found.households > 1:
            lines.append(
                SearchLine(
                    say("在农户列表里看全部 {n} 户", "Show all {n} households", n=found.households),
                    all_households=True,
                )
            )
    if acts:
        lines.append(SearchLine(say("页面和操作", "Pages and acts")))
        lines += [SearchLine(act.title, act.shortcut, command=act) for act in acts]
    return lines


def _heads() -> tuple[tuple[HitKind, str], ...]:
    return (
        ("paper", say("扫的纸面", "Scanned sheet")),
        ("household", say("农户", "Households")),
        ("member", say("家庭成员", "Members")),
        ("issue", say("问题", "Problems")),
        ("task", say("待办", "Tasks")),
        ("visit", say("走访", "Visits")),
        ("cadre", say("干部", "Cadres")),
        ("unit", say("单位", "Units")),
        ("village", say("村和乡镇", "Places")),
        ("form", say("表单", "Forms")),
    )


def _detail(hit: Hit, today: date) -> str:
    if hit.kind == "form":
        return say("打印空白表", "print it blank")
    parts = [short_day(hit.day, today) if hit.day else "", hit.about]
    return " · ".join(part for part in parts if part)
