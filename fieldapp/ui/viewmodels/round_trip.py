"""Rows out to Excel and back: what goes out, what came back, what is accepted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import CancelToken, TaskRunner
from fieldapp.register.id_formats import DEFAULT_FORMAT, IdFormat
from fieldapp.ui.text import choose, say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.round_trip import Accepted, ColumnChoice, Difference, Returned, TripList
    from fieldapp.ui.contract import WorkspacePort
    from fieldapp.ui.viewmodels.table_selection import Scope, TableSelection

__all__ = ["LISTS", "RoundTripViewModel", "list_label"]

LISTS: tuple[TripList, ...] = ("households", "persons")
#: What is ticked at first: enough to know the row by, and what changes most often.
_USUAL: dict[TripList, tuple[str, ...]] = {
    "households": ("house_no", "group_name", "head_name", "phone", "household_type", "monitor_kind"),
    "persons": (
        *("name", "sex", "id_number", "relationship", "phone", "education"),
        *("working", "work_county", "work_months", "monthly_wage"),
    ),
}


def list_label(list_name: TripList) -> str:
    """Return what a list is called."""
    return {"households": say("农户", "Households"), "persons": say("家庭成员", "Members")}[list_name]


class RoundTripViewModel(ViewModel):
    """One order and one returned workbook at a time."""

    order_changed = Signal()
    returned_changed = Signal()
    busy_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    told = Signal(str, object)  # sentence, (label, act) or None
    _progress_arrived = Signal(object)

    def __init__(
        self,
        workspace: WorkspacePort,
        selection: TableSelection,
        runner: TaskRunner,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._trips = workspace.round_trip
        self._runner = runner
        self._cancel = CancelToken()
        self._path: Path | None = None
        self._password: str | None = None
        self._last: Accepted | None = None
        self.selection = selection
        self.list: TripList = "households"
        self.picked: dict[TripList, set[str]] = {name: set(_USUAL[name]) for name in LISTS}
        self.id_format: IdFormat = DEFAULT_FORMAT
        self.scope_counts: dict[Scope, int] = {}
        self.returned: Returned | None = None
        self.only: str = ""
        self.busy = False
        self._progress_arrived.connect(self.progressed)

    def load(self) -> None:
        """Count the households of each scope."""
        self._runner.run(self.selection.counts, self._counted, self.report)

    # What goes out

    def columns(self) -> Sequence[ColumnChoice]:
        """Return the columns of the list in the register's order."""
        return self._trips.columns(self.list)

    def set_list(self, list_name: TripList) -> None:
        """Say what a row is."""
        self.list = list_name
        self.order_changed.emit()

    def pick(self, name: str, *, wanted: bool) -> None:
        """Tick a column or take it out."""
        (self.picked[self.list].add if wanted else self.picked[self.list].discard)(name)
        self.order_changed.emit()

    def pick_only(self, names: Collection[str]) -> None:
        """Tick exactly these columns."""
        self.picked[self.list] = set(names)
        self.order_changed.emit()

    def usual(self) -> Collection[str]:
        """Return the columns ticked at first."""
        return _USUAL[self.list]

    def file_name(self) -> str:
        """Return a name that says what is inside and of which day."""
        day = self._workspace.today().isoformat()
        return say(
            "{list}_改后导回_{day}.xlsx", "{list}_to-edit_{day}.xlsx", list=list_label(self.list), day=day
        )

    def export(self, path: Path, purpose: str) -> None:
        """Write the workbook in the background."""
        from fieldapp.services.round_trip import ExportOrder

        columns = tuple(one.name for one in self.columns() if one.name in self.picked[self.list])
        list_name, form, cancel = self.list, self.id_format, CancelToken()
        self._cancel = cancel

        def work() -> int:
            homes = self.selection.household_ids()
            order = ExportOrder(list_name, homes, columns, purpose.strip(), form)
            return self._trips.export(order, path, self._progress_arrived.emit, cancel)

        def done(rows: int) -> None:
            self.told.emit(
                say(
                    "已存到「{name}」，{n} 行。这份文件不再加密，用完请删除；导出已记入打印与导出记录。",
                    "Saved “{name}”, {n} rows. It is not encrypted: delete it when done. The export is on record.",
                    name=path.name,
                    n=rows,
                ),
                None,
            )

        self._run(work, done)

    def stop(self) -> None:
        """Stop what is being written."""
        self._cancel.cancel()

    # What came back

    def look(self, path: Path, password: str | None = None) -> None:
        """Compare a returned workbook with the register; nothing is written."""
        self._path, self._password = path, password or None
        self._run(lambda: self._trips.read(path, password or None), self._looked)

    def show_only(self, name: str) -> None:
        """Show the differences of one column; empty: all."""
        self.only = name
        self.returned_changed.emit()

    @property
    def lines(self) -> Sequence[Difference]:
        """The differences shown, in the order of the sheet."""
        found = self.returned.differences if self.returned else ()
        return [one for one in found if self.only in ("", one.name)]

    def able(self) -> int:
        """Return how many of the differences shown can be accepted."""
        return sum(self._can_be_taken(one) for one in self.lines)

    def column_counts(self) -> list[tuple[str, str, int]]:
        """Return the columns that differ: name, label, how often."""
        found = self.returned.differences if self.returned else ()
        labels = {one.name: choose(one.prop.zh, one.prop.en) for one in found}
        return [(name, labels[name], n) for name, n in Counter(one.name for one in found).items()]

    def cell_rows(self) -> list[tuple[Cell, ...]]:
        """Return a row of cells for each difference shown."""
        return [self._cells(one) for one in self.lines]

    def detail(self, position: int) -> str:
        """Return where a cell stands and what is to be known about it, in a sentence or two."""
        if not 0 <= position < len(self.lines):
            return ""
        one = self.lines[position]
        sheet = self.returned.sheet if self.returned else ""
        where = say(
            "{sheet}第 {row} 行「{column}」",
            "{sheet}Row {row}, “{column}”",
            sheet=say("工作表「{name}」", "Sheet “{name}”, ", name=sheet) if sheet else "",
            row=one.row,
            column=choose(one.prop.zh, one.prop.en),
        )
        if one.problem is not None:
            told = say("{where}：{why}。", "{where}: {why}. ", where=where, why=choose(*one.problem))
            return told + choose(*one.remedy)
        if one.conflict:
            return say(
                "{where}：导出以后登记册里已经改过，三个值都列在上面；接受就用表里的。",
                "{where}: the register has changed since; accepting takes the sheet's value.",
                where=where,
            )
        if self._asks(one):
            return say(
                "{where}：可以接受，由信息员确认后才改登记册。",
                "{where}: can be accepted; the clerk confirms it first.",
                where=where,
            )
        return say("{where}：可以接受。", "{where}: can be accepted.", where=where)

    def summary(self) -> str:
        """Return what came back, in a sentence or two."""
        back = self.returned
        if back is None:
            return ""
        bad = sum(one.problem is not None for one in back.differences)
        moved = sum(one.conflict for one in back.differences)
        told = say(
            "「{name}」读了 {rows} 行，改了 {n} 处。",
            "“{name}”: {rows} rows read, {n} cells changed.",
            name=back.name,
            rows=back.rows,
            n=len(back.differences),
        )
        if bad:
            told += say("其中 {n} 处不能采用。", " {n} cannot be taken.", n=bad)
        if moved:
            told += say("{n} 处导出以后登记册里又改过。", " {n} have changed here since.", n=moved)
        return told

    def left_out(self) -> list[str]:
        """Return a sentence for each reason why rows are not taken."""
        back = self.returned
        if back is None:
            return []
        sentences = []
        for why, sentence in _left_words().items():
            rows = [one.row for one in back.left_out if one.why == why]
            if rows:
                sentences.append(say("第 {rows} 行：", "Rows {rows}: ", rows=_listed(rows)) + sentence)
        return sentences

    @property
    def all_left_out(self) -> bool:
        """Whether nothing that came back could be compared."""
        back = self.returned
        return back is not None and bool(back.left_out) and back.rows <= self._gone()

    def _gone(self) -> int:
        return sum(one.why == "gone" for one in self.returned.left_out) if self.returned else 0

    def accept(self, positions: Collection[int], reason: str = "") -> None:
        """Write the chosen cells as one change; those with a problem are passed over."""
        back = self.returned
        if back is None:
            return
        chosen = (self.lines[at] for at in positions)
        wanted = [one.key for one in chosen if self._can_be_taken(one)]
        if not wanted:
            self.told.emit(
                say("选中的格子都不能采用，原因写在最右一列。", "None of these can be taken."), None
            )
            return
        self._run(lambda: self._trips.accept(back, wanted, reason), self._accepted)

    def accept_rows(self, positions: Collection[int], reason: str = "") -> None:
        """Write every cell of the sheet's rows in which these cells stand, also of columns that are not shown."""
        rows = {self.lines[at].row for at in positions}
        self.show_only("")
        self.accept([at for at, one in enumerate(self.lines) if one.row in rows], reason)

    def accept_all(self, reason: str = "") -> None:
        """Write everything shown that can be taken."""
        self.accept(range(len(self.lines)), reason)

    def undo(self) -> None:
        """Take the last accepted batch back, where nobody has changed it since."""
        last = self._last
        if last is None:
            return
        self._last = None
        self._run(
            lambda: self._trips.undo(last),
            lambda n: self._told_and_again(
                say("已撤销，{n} 处恢复原值。", "Undone: {n} values are back.", n=n)
            ),
        )

    @property
    def can_undo(self) -> bool:
        return self._last is not None

    def _accepted(self, done: Accepted) -> None:
        self._last = done
        told = []
        if done.facts:
            told.append(say("已改登记册 {n} 处。", "{n} values changed.", n=done.facts))
        if done.proposed:
            told.append(
                say(
                    "{n} 处已报信息员确认，确认后才改登记册。",
                    " {n} wait for the clerk, who confirms them first.",
                    n=done.proposed,
                )
            )
        if done.held:
            told.append(say("{n} 处待定。", " {n} are held.", n=done.held))
        self._told_and_again("".join(told) or say("没有改动。", "Nothing changed."), undo=True)

    def _told_and_again(self, sentence: str, *, undo: bool = False) -> None:
        act: tuple[str, Callable[[], None]] | None = (say("撤销", "Undo"), self.undo) if undo else None
        self.told.emit(sentence, act)
        if self._path is not None:
            self.look(self._path, self._password)

    def _can_be_taken(self, one: Difference) -> bool:
        return one.problem is None and self.returned is not None and one.key not in self.returned.waiting

    def _asks(self, one: Difference) -> bool:
        return self.returned is not None and one.key in self.returned.asking

    def _cells(self, one: Difference) -> tuple[Cell, ...]:
        at, now, new = one.texts(self._workspace.schema)
        if one.problem is not None:
            state = Cell(choose(*one.problem), "bad", choose(*one.problem))
        elif not self._can_be_taken(one):
            state = Cell(say("已报信息员确认", "waits for the clerk"), "accent")
        elif one.conflict:
            state = Cell(say("导出后改过", "changed since"), "attention")
        elif self._asks(one):
            state = Cell(say("可接受，报信息员", "goes to the clerk"), "accent")
        else:
            state = Cell(say("可接受", "can be taken"), "good")
        typed = new or one.raw
        return (
            Cell(str(one.row)),
            Cell(one.who, tooltip=one.who),
            Cell(choose(one.prop.zh, one.prop.en)),
            Cell(at or "—", tooltip=at),
            Cell(now or "—", "attention" if one.conflict else "neutral", now),
            Cell(typed or say("（清空）", "(emptied)"), tooltip=typed),
            state,
        )

    def _looked(self, returned: Returned) -> None:
        self.returned = returned
        if self.only not in {one.name for one in returned.differences}:
            self.only = ""
        self.returned_changed.emit()

    def _counted(self, counts: dict[Scope, int]) -> None:
        self.scope_counts = counts
        self.order_changed.emit()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def ended(found: object) -> None:
            self._set_busy(False)
            done(found)

        def broke(error: Exception) -> None:
            self._set_busy(False)
            self.report(error)

        self._set_busy(True)
        self._runner.run(work, ended, broke)

    def _set_busy(self, busy: bool) -> None:
        self.busy = busy
        self.busy_changed.emit(busy)


def _left_words() -> dict[str, str]:
    return {
        "added": say(
            "是新增的，没有导入；新的农户和成员请在程序里登记。",
            "new; register households and members in the program.",
        ),
        "changed": say(
            "隐藏的编号列被改动或下拉填充过，认不出是哪条记录；请重新导出这几行再改。",
            "the hidden columns were changed; export these rows again.",
        ),
        "twice": say(
            "同一条记录出现了两次，不知道以哪行为准；请删掉一行再选这个文件。",
            "the same record twice; delete one and choose the file again.",
        ),
        "gone": say(
            "记录这台电脑上没有：已注销、已并户，或不归你管；请向信息员核对。",
            "not on this laptop: gone, merged, or not in your care.",
        ),
    }


def _listed(rows: Sequence[int]) -> str:
    shown = "、".join(str(row) for row in rows[:12])
    return shown if len(rows) <= 12 else say("{rows} 等 {n}", "{rows} … {n}", rows=shown, n=len(rows))
