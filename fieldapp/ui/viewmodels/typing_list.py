"""The to-type list as it is worked through: one line is current; copying its value and marking it go to the next one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.typing_line import TypingLine, TypingState
from fieldapp.ui.palette import Tone
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

__all__ = ["TypingDesk", "TypingFiles", "TypingViewModel", "state_text"]


class TypingDesk(Protocol):
    """Where lines come from and marks go: the open vault, or a sealed file on the other machine."""

    def lines(self) -> list[TypingLine]: ...
    def mark(self, ids: Sequence[str], state: TypingState, note: str = "") -> None: ...


def state_text(state: TypingState) -> str:
    """Return a state in words."""
    return {
        "waiting": say("待录", "to type"),
        "typed": say("已录", "typed"),
        "rejected": say("系统退回", "sent back"),
    }[state]


class TypingFiles(Protocol):
    """What carries the list to another machine and back."""

    def save_file(self, path: Path, passphrase: str) -> int: ...
    def bring_back(self, path: Path, passphrase: str) -> int: ...


_TONES: dict[TypingState, Tone] = {"waiting": "attention", "typed": "good", "rejected": "bad"}


class TypingViewModel(ViewModel):
    """Both the page and the small window look at it."""

    lines_changed = Signal()
    current_changed = Signal()
    value_copied = Signal(str)
    told = Signal(str)

    def __init__(self, desk: TypingDesk, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._all: list[TypingLine] = []
        self._copied = ""
        self.show_typed = False
        self.loaded = False
        self.position = 0

    def load(self) -> None:
        """Look the list up anew; the current line stays the current one."""
        self._runner.run(self._desk.lines, self._show, self.report)

    @property
    def lines(self) -> list[TypingLine]:
        """The lines that are shown: what is open, or everything."""
        if self.show_typed:
            return self._all
        return [line for line in self._all if line.state != "typed"]

    @property
    def current(self) -> TypingLine | None:
        """The line to type now."""
        lines = self.lines
        return lines[self.position] if self.position < len(lines) else None

    @property
    def copied(self) -> bool:
        """Whether the current line's value was copied and waits to be marked."""
        return self.current is not None and self.current.id == self._copied

    def figures(self) -> str:
        """Return how much is open and done."""
        count = {state: sum(line.state == state for line in self._all) for state in _TONES}
        homes = len({line.household_id for line in self._all if line.state != "typed"})
        return say(
            "{homes} 户，待录 {waiting} 条，系统退回 {rejected} 条，已录 {typed} 条（等下次导出核对）",
            "{homes} households: {waiting} to type, {rejected} sent back, {typed} typed",
            homes=homes,
            **count,
        )

    def set_show_typed(self, on: bool) -> None:
        """Show what was typed as well."""
        kept = self.current
        self.show_typed = on
        self._go_to(kept.id if kept else "")
        self.lines_changed.emit()

    def go(self, position: int) -> None:
        """Make another line current."""
        last = max(0, len(self.lines) - 1)
        self.position = min(max(position, 0), last)
        self.current_changed.emit()

    def step(self) -> None:
        """The one key: copy the current value; once it was copied, mark it typed and copy the next one."""
        line = self.current
        if line is None:
            return
        if not self.copied:
            self._copy()
            return
        self._mark(line, "typed", "", then_copy=True)

    def back(self) -> None:
        """Go one line up without marking anything."""
        self._copied = ""
        self.go(self.position - 1)

    def mark(self, state: TypingState, note: str = "") -> None:
        """Mark the current line."""
        if self.current is not None:
            self._mark(self.current, state, note, then_copy=False)

    def save_file(self, desk: TypingFiles, path: Path, passphrase: str) -> None:
        """Seal the open lines into a file for the other machine."""
        self._runner.run(
            lambda: desk.save_file(path, passphrase),
            lambda n: self.told.emit(
                say("{n} 条已加密存到 {name}。", "{n} lines are sealed in {name}.", n=n, name=path.name)
            ),
            self.report,
        )

    def bring_back(self, desk: TypingFiles, path: Path, passphrase: str) -> None:
        """Take over what was marked on the other machine."""

        def done(count: int) -> None:
            self.told.emit(say("取回 {n} 条录入结果。", "{n} marks were brought back.", n=count))
            self.load()

        self._runner.run(lambda: desk.bring_back(path, passphrase), done, self.report)

    def households(self) -> tuple[tuple[str, str], ...]:
        """Return the households that have something open, with their heads, in typing order."""
        return tuple({one.household_id: one.head_name for one in self._all if one.state != "typed"}.items())

    def cell_rows(self) -> list[tuple[Cell, ...]]:
        """Return a row a line; place and household are said once, above their first line."""
        rows: list[tuple[Cell, ...]] = []
        home = ""
        for line in self.lines:
            first = line.household_id != home
            home = line.household_id
            where = f"{line.place}　{line.head_name}" if first else ""
            rows.append(
                (
                    Cell(where, tooltip=f"{line.place} {line.head_name} {line.house_no}"),
                    Cell(line.tab_name),
                    Cell(line.subject or "—"),
                    Cell(line.label),
                    Cell(line.before or "—"),
                    Cell(line.value or say("（清空）", "(empty)")),
                    Cell(_origin(line), tooltip=_origin(line)),
                    Cell(self._state_words(line), _TONES[line.state], line.note),
                )
            )
        return rows

    def _state_words(self, line: TypingLine) -> str:
        words = state_text(line.state)
        if line.note:
            return f"{words}：{line.note}"
        return f"{words} {line.by_name}" if line.by_name else words

    def _copy(self) -> None:
        line = self.current
        if line is not None:
            self._copied = line.id
            self.value_copied.emit(line.value)
            self.current_changed.emit()

    def _mark(self, line: TypingLine, state: TypingState, note: str, *, then_copy: bool) -> None:
        def done(lines: list[TypingLine]) -> None:
            at = self.position + (1 if self.show_typed or state != "typed" else 0)
            self._copied = ""
            self._all = lines
            self.go(at)
            self.lines_changed.emit()
            if then_copy:
                self._copy()

        def work() -> list[TypingLine]:
            self._desk.mark([line.id], state, note)
            return self._desk.lines()

        self._runner.run(work, done, self._broke)

    def _broke(self, error: Exception) -> None:
        self.load()
        self.report(error)

    def _show(self, lines: list[TypingLine]) -> None:
        kept = self.current
        self._all = lines
        self.loaded = True
        self._go_to(kept.id if kept else "")
        self.lines_changed.emit()

    def _go_to(self, id: str) -> None:
        found = next((at for at, line in enumerate(self.lines) if line.id == id), self.position)
        self.go(found)


def _origin(line: TypingLine) -> str:
    return " ".join(part for part in (line.since, line.source, line.author_name) if part)
