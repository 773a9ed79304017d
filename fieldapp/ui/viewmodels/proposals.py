"""To confirm 待确认: what helpers propose, for the clerk to decide in batches; for a helper, what waits and came back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.view_model import ViewModel
from fieldapp.ui.viewmodels.wording import group_label

if TYPE_CHECKING:
    from fieldapp.services.proposals import Decided, ProposalLine
    from fieldapp.ui.contract import ProposalsPort

__all__ = ["KINDS", "ProposalsViewModel", "gate_sentence", "kind_word", "pending_sentences"]

KINDS = ("members", "income", "guarantees", "house", "approval", "other")


def kind_word(kind: str) -> str:
    """Return what a proposal is about."""
    words = {
        "members": say("家庭成员", "Members"),
        "income": say("收入", "Income"),
        "guarantees": say("保障和饮水", "Guarantees and water"),
        "house": say("住房", "House"),
        "approval": say("整表审核", "Approval"),
    }
    return words.get(kind, say("其他", "Other"))


def gate_sentence(proposals: ProposalsPort) -> str:
    """Return what Today says of proposals; empty when there is nothing to say."""
    if proposals.decides():
        waiting = proposals.count()
        return (
            say("帮扶责任人报来 {n} 项变更，等你确认。", "{n} changes wait for you.", n=waiting)
            if waiting
            else ""
        )
    back = len(proposals.returned())
    if back:
        return say("退回的修改 {n} 条，看看信息员的意见。", "{n} of your changes came back.", n=back)
    waiting = len(proposals.mine())
    return (
        say("你报的 {n} 项变更在等信息员确认。", "{n} of your changes wait for the clerk.", n=waiting)
        if waiting
        else ""
    )


def pending_sentences(lines: Sequence[ProposalLine]) -> list[str]:
    """Return a sentence for each change of a household that waits, came back, or was confirmed otherwise than proposed."""
    return [_sentence(line) for line in lines]


def _sentence(line: ProposalLine) -> str:
    what = f"{line.subject} {line.item}".strip()
    change = f"{what}：{line.old_text or '—'} → {line.new_text or '—'}" if line.new_text else what
    match line.state:
        case "returned":
            how = say("已退回：{note}", "sent back: {note}", note=line.note)
        case "corrected":
            how = say(
                "信息员更正为“{text}”：{note}",
                "the clerk made it “{text}”: {note}",
                text=line.decided_text,
                note=line.note,
            )
        case _:
            how = say(
                "待确认，{who} {day} 报", "waits, {who} {day}", who=line.author_name, day=line.proposed_on
            )
    return f"{change}（{how}）"


class ProposalsViewModel(ViewModel):
    """``changed`` when the lines are new; ``decided`` tells what was done, and how to take it back."""

    changed = Signal()
    decided = Signal(str, object)  # sentence, Decided or None

    def __init__(self, proposals: ProposalsPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._proposals = proposals
        self._runner = runner
        self._all: Sequence[ProposalLine] = ()
        self.lines: Sequence[ProposalLine] = ()
        self.loaded = False
        self.decides = False
        self._author = ""
        self._kind = ""

    def load(self) -> None:
        """Look the lines up again."""

        def look() -> tuple[bool, list[ProposalLine]]:
            decides = self._proposals.decides()
            return decides, self._proposals.waiting() if decides else self._proposals.mine()

        self._runner.run(look, self._arrived, self.report)

    def authors(self) -> list[tuple[str, str]]:
        """Return who has something waiting: id and name."""
        return sorted({(line.author_id, line.author_name) for line in self._all}, key=lambda one: one[1])

    def show_only(self, *, author: str = "", kind: str = "") -> None:
        """Show one helper's proposals, or one kind's; empty asks for nothing."""
        self._author, self._kind = author, kind
        self._filter()

    @property
    def filtered(self) -> bool:
        return bool(self._author or self._kind) and bool(self._all)

    def summary(self) -> str:
        """Return how many lines of how many households are shown."""
        homes = len({line.household_id for line in self.lines})
        return say("{n} 项，{homes} 户", "{n} changes in {homes} households", n=len(self.lines), homes=homes)

    def rows(self) -> list[tuple[Cell, ...]]:
        """Return the cells; a household's name stands at its first line only."""
        rows: list[tuple[Cell, ...]] = []
        before = ""
        for line in self.lines:
            first = line.household_id != before
            before = line.household_id
            place = f"{line.head_name} {group_label(line.group_name)}".strip() if first else ""
            rows.append(
                (
                    Cell(place),
                    Cell(line.subject or say("本户", "Household")),
                    Cell(line.item, tooltip=kind_word(line.kind)),
                    Cell(line.old_text or "—"),
                    Cell(line.new_text or "—"),
                    _standing(line),
                    Cell(f"{line.author_name} {line.proposed_on}".strip()),
                )
            )
        return rows

    def choices(self, position: int) -> tuple[str, ...]:
        """Return what the value of a line may be chosen from."""
        return self._proposals.choices(self.lines[position].id)

    def confirm(self, positions: Sequence[int], *, overtaken_too: bool = False) -> None:
        """Make the lines facts."""
        ids = self._ids(positions)
        self._decide(lambda: self._proposals.confirm(ids, overtaken_too=overtaken_too))

    def give_back(self, positions: Sequence[int], note: str) -> None:
        """Send the lines back with a comment."""
        ids = self._ids(positions)
        self._decide(lambda: self._proposals.give_back(ids, note))

    def correct(self, position: int, text: str, reason: str) -> None:
        """Make a line a fact with another value."""
        id = self.lines[position].id
        self._decide(lambda: self._proposals.correct(id, text, reason))

    def put_away(self, positions: Sequence[int]) -> None:
        """A helper has read what came back, or takes back what waits."""
        ids = self._ids(positions)
        done = say("已收起 {n} 项。", "{n} put away.", n=len(ids))
        self._runner.run(lambda: self._proposals.put_away(ids), lambda _: self._told(done, None), self.report)

    def undo(self, decided: Decided) -> None:
        """Take a decision back."""
        done = say("已撤回，又在等确认。", "Taken back; it waits again.")
        self._runner.run(lambda: self._proposals.undo(decided), lambda _: self._told(done, None), self.report)

    def _ids(self, positions: Sequence[int]) -> list[str]:
        return [self.lines[position].id for position in positions]

    def _decide(self, act: Callable[[], Decided]) -> None:
        self._runner.run(act, self._done, self.report)

    def _done(self, decided: Decided) -> None:
        sentence = say("已处理 {n} 项。", "{n} decided.", n=decided.done)
        if decided.left:
            sentence += say(
                "有 {n} 项没有动：登记册后来变了，或这条记录已不在，请看“提示”一栏后再定。",
                " {n} were left: the register has changed since; see the note.",
                n=len(decided.left),
            )
        self._told(sentence, decided if decided.done else None)

    def _told(self, sentence: str, decided: Decided | None) -> None:
        self.decided.emit(sentence, decided)
        self.load()

    def _arrived(self, found: tuple[bool, list[ProposalLine]]) -> None:
        self.decides, self._all = found
        self.loaded = True
        self._filter()

    def _filter(self) -> None:
        self.lines = [
            line
            for line in self._all
            if (not self._author or line.author_id == self._author)
            and (not self._kind or line.kind == self._kind)
        ]
        self.changed.emit()


def _standing(line: ProposalLine) -> Cell:
    if line.state == "returned":
        return Cell(say("退回：{note}", "Back: {note}", note=line.note), "attention", line.note)
    match line.standing:
        case "stale":
            now = say("登记册已是“{now}”", "Now “{now}”", now=line.now_text or "—")
            return Cell(now, "attention", now)
        case "same":
            return Cell(say("登记册已经这样", "So already"), "good")
        case "ended":
            return Cell(say("记录已不在，请退回", "Gone; send back"), "attention")
        case "unknown":
            return Cell(say("本机程序较旧，更新后再定", "Update the program first"), "attention")
    if line.creates:
        return Cell(say("待确认，整条一起", "Waiting, as a whole"))
    return Cell(say("待确认", "Waiting"))
