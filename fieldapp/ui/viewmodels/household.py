"""One household: its file, corrections with a reason, and the at-the-door view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import QObject, Signal

from fieldapp.common.tasks import TaskRunner
from fieldapp.register.roles import role_of
from fieldapp.register.schema import Code, RegisterSchema
from fieldapp.register.values import display
from fieldapp.ui.dates import long_day
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.cells import Cell
from fieldapp.ui.viewmodels.household_facts import SECTIONS, Fact, Section, fact_at, facts_of, guarantees
from fieldapp.ui.viewmodels.household_head import Badge, HouseholdHead, head_of
from fieldapp.ui.viewmodels.household_lines import (
    IncomeBar,
    VisitEntry,
    approvals_of,
    income_bars,
    issue_cells,
    measure_cells,
    member_cells,
)
from fieldapp.ui.viewmodels.household_timeline import timeline
from fieldapp.ui.viewmodels.proposals import pending_sentences
from fieldapp.ui.viewmodels.record_tables import RecordTable, record_tables
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.register.income_sums import IncomeSum
    from fieldapp.services.corrections import Corrected, CorrectionLine
    from fieldapp.services.households import FactLine, HouseholdFile
    from fieldapp.services.proposals import ProposalLine
    from fieldapp.ui.contract import FormsPort, WorkspacePort

__all__ = ["Badge", "HouseholdHead", "HouseholdViewModel"]


_Looked: TypeAlias = "tuple[HouseholdFile, list[ProposalLine], list[CorrectionLine], IncomeSum | None]"


class HouseholdViewModel(ViewModel):
    """What is known of one household, ready to be shown."""

    loaded = Signal()
    numbers_shown = Signal()
    history_arrived = Signal(object, object)  # Fact, list of texts, newest first
    corrected = Signal(object)  # Fact as it was
    undone = Signal(str)  # a sentence

    def __init__(self, workspace: WorkspacePort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runner = runner
        self._schema: RegisterSchema = workspace.schema
        self._household_id = ""
        self.file: HouseholdFile | None = None
        self.full_numbers = False
        self.at_the_door = False
        self.clerk = False
        self.looks_elsewhere = False
        self.pending: list[ProposalLine] = []
        self.corrections: list[CorrectionLine] = []
        self.income_sum: IncomeSum | None = None

    @property
    def forms(self) -> FormsPort:
        """Where the forms that fit are looked up."""
        return self._workspace.forms

    @property
    def household_id(self) -> str:
        return self._household_id

    def open(self, household_id: str) -> None:
        """Show a household; numbers are masked again."""
        if household_id != self._household_id:
            self.full_numbers = False
            self.file = None
        self._household_id = household_id
        # Who may correct what only clerks may.
        role = role_of(self._workspace.person.role)
        self.clerk, self.looks_elsewhere = role.corrects, role.wide and role.corrects
        self.reload()

    def reload(self) -> None:
        """Look the household up again."""
        wanted = self._household_id

        def look() -> _Looked:
            workspace = self._workspace
            return (
                workspace.households.file(wanted),
                workspace.proposals.of_household(wanted),
                workspace.corrections.of_household(wanted),
                workspace.corrections.income_offer(wanted),
            )

        def arrived(found: _Looked) -> None:
            if wanted == self._household_id:
                self.file, self.pending, self.corrections, self.income_sum = found
                self.loaded.emit()

        self._runner.run(look, arrived, self.report)

    def show_numbers(self, full: bool) -> None:
        """Show ID numbers and phones in full, or masked."""
        self.full_numbers = full
        self.numbers_shown.emit()

    def set_at_the_door(self, on: bool) -> None:
        """Hide risk, problems and leads while the family looks on."""
        self.at_the_door = on
        if self.file is not None:
            self.loaded.emit()

    def waits(self, fact: Fact) -> bool:
        """Tell whether a change to the fact waits for the village clerk."""
        key = (fact.list_name, fact.entity_id, fact.name)
        return any(
            (line.list, line.entity_id, line.name) == key and line.state == "waiting" for line in self.pending
        )

    # What the page shows; call only after ``loaded``.

    def pending_lines(self) -> list[str]:
        """Return what waits for the village clerk or came back; nothing while the family looks on."""
        return [] if self.at_the_door else pending_sentences(self.pending)

    def head(self) -> HouseholdHead:
        """Return name, numbers, place, badges."""
        return head_of(
            self._known, self._schema, self._workspace.today(), full=self.full_numbers, door=self.at_the_door
        )

    def sections(self) -> list[tuple[Section, list[Fact]]]:
        """Return the cards of facts."""
        return [(section, self._facts(section.names)) for section in SECTIONS]

    def guarantees(self) -> list[Fact]:
        """Return 两不愁三保障 and water."""
        return guarantees(self._known, self._schema, clerk=self.clerk)

    def members(self) -> list[tuple[Cell, ...]]:
        """Return the rows of the members' table."""
        return member_cells(
            self._known.members, self._schema, self._workspace.today(), full_numbers=self.full_numbers
        )

    def former_members(self) -> str:
        """Return who left and why, in one line."""
        parts = [
            f"{person.name}（{self._schema.label('left_reason', str(person.get('left_reason') or '')) or say('已减少', 'left')}）"
            for person in self._known.former_members
        ]
        return "、".join(parts)

    def incomes(self) -> list[IncomeBar]:
        """Return income a head by year, oldest first."""
        return income_bars(self._known.incomes)

    def income_offer(self) -> str:
        """Return what the items of a year add up to, where the register says something else; empty otherwise."""
        added = self.income_sum
        if added is None:
            return ""
        return say(
            "{year} 年 {n} 条收入明细合计：纯收入 {net} 元，人均 {head} 元，和登记的年度收入不同。",
            "{n} items of {year} add up to {net} net, {head} a head; the register says something else.",
            year=added.year,
            n=added.items,
            net=added.facts["net"],
            head=added.facts.get("per_capita", "—"),
        )

    def take_sums(self) -> None:
        """Write the sums of the items into the year's incomes."""
        household = self._household_id

        def done(_: Corrected) -> None:
            self.undone.emit(
                say(
                    "已按明细更正年度收入，时间线里可以撤销。",
                    "Corrected by the items; undo is on the time line.",
                )
            )
            self.reload()

        self._runner.run(lambda: self._workspace.corrections.take_sums(household), done, self.report)

    def measures(self) -> list[tuple[Cell, ...]]:
        """Return the rows of the measures' table."""
        return measure_cells(self._known.measures, self._schema)

    def issues(self) -> list[tuple[Cell, ...]]:
        """Return the rows of the problems' table; none at the door."""
        if self.at_the_door:
            return []
        return issue_cells(self._known.issues, self._schema, self._workspace.today())

    def may_look_elsewhere(self) -> bool:
        """Whether this person has problems of the household looked for at others; never at the door."""
        return self.looks_elsewhere and not self.at_the_door and bool(self._known.issues)

    def issue_at(self, position: int) -> str:
        """Return the problem of a row, empty for no row."""
        issues = self._known.issues
        return issues[position].id if 0 <= position < len(issues) else ""

    def timeline(self) -> list[VisitEntry]:
        """Return the time line, newest first."""
        return timeline(
            self._known,
            self.corrections,
            self._schema,
            self._workspace.today(),
            approvals_of(self._known),
            door=self.at_the_door,
        )

    def records(self) -> list[RecordTable]:
        """Return a table for each further list the household has records in."""
        return record_tables(self._known, self._schema, door=self.at_the_door)

    def undo(self, change_id: str) -> None:
        """Take a correction back by a new one."""

        def done(found: Corrected) -> None:
            kept = say("，另有 {n} 项后来又改过，没有动", "; {n} changed since were left", n=found.kept)
            self.undone.emit(
                say(
                    "已撤销这次更正，原来的那笔留在时间线里",
                    "Taken back; the correction stays on the time line",
                )
                + (kept if found.kept else "")
                + say("。", ".")
            )
            self.reload()

        self._runner.run(lambda: self._workspace.corrections.undo(change_id), done, self.report)

    def fact(self, list_name: str, entity_id: str, name: str) -> Fact | None:
        """Return one fact by its place in the register; None when its record is not in this household."""
        return fact_at(list_name, entity_id, name, self._known, self._schema, clerk=self.clerk)

    def choices(self, fact: Fact) -> Sequence[Code]:
        """Return the codes a fact may have; empty for free text."""
        prop = self._schema.property(fact.list_name, fact.name)
        if prop is not None and prop.type == "boolean":
            return (Code("是", "是", "yes"), Code("否", "否", "no"))
        if prop is None or prop.type != "code" or prop.codes is None:
            return ()
        return self._schema.codes[prop.codes].codes

    def ask_history(self, fact: Fact) -> None:
        """Look up how a fact came to be; ``history_arrived`` brings texts, newest first."""
        self._runner.run(
            lambda: self._workspace.households.history(fact.list_name, fact.entity_id, fact.name),
            lambda lines: self.history_arrived.emit(fact, [self._history_text(fact, line) for line in lines]),
            self.report,
        )

    def correct(self, fact: Fact, text: str, reason: str) -> None:
        """Write a correction with its reason; undo is another correction."""
        household = self._household_id

        def done(pending: list[ProposalLine]) -> None:
            self.pending = pending
            self.corrected.emit(fact)
            self.reload()

        def act() -> list[ProposalLine]:
            where = (household, fact.list_name, fact.entity_id, fact.name)
            self._workspace.households.correct(*where, text, reason)
            return self._workspace.proposals.of_household(household)

        self._runner.run(act, done, self.report)

    @property
    def _known(self) -> HouseholdFile:
        if self.file is None:
            raise RuntimeError("asked before the household was loaded")
        return self.file

    def _facts(self, names: Sequence[str]) -> list[Fact]:
        return facts_of(names, self._known, self._schema, clerk=self.clerk)

    def _history_text(self, fact: Fact, line: FactLine) -> str:
        prop = self._schema.property(fact.list_name, fact.name)
        then = date.fromisoformat(line.since) if line.since else None
        value = display(prop, line.value, self._schema, then) if prop else ""
        parts = [long_day(line.since), value or say("（空）", "(empty)"), line.author_name]
        return " · ".join(part for part in parts if part)
