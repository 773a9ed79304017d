"""Tasks and attempts: what has to be done by a day, closed honestly; who was not met, and when that was tried."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.entities import Task, Visit
from fieldapp.register.plan import VisitSummary, attempts_of, is_absent
from fieldapp.register.rules import leading_unit
from fieldapp.register.tasks import NEED_VISIT
from fieldapp.register.values import Value
from fieldapp.services.cadres import contacts_of
from fieldapp.services.errors import NO_SUCH_TASK, TASK_NEEDS_VISIT, TASK_NEEDS_WORDS

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.store import Store

__all__ = ["AttemptLog", "TaskLine", "Tasks"]

_WEEKS = 3


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task, or a problem with a deadline (``is_issue``: it is closed where problems are). It comes from the visit of
    ``visit_on`` (ISO), the problem ``issue``, or a campaign, where these are told. ``lead_unit`` leads in the problem: as it is
    told there, else as the county has set it for the kind (requirement A012).
    """

    id: str
    household_id: str
    head_name: str
    place: str
    kind: str
    title: str
    due_on: str | None
    overdue: bool
    is_issue: bool
    visit_on: str = ""
    issue: str = ""
    campaign: str = ""
    lead_unit: str = ""
    lead_contact: str = ""


@dataclass(frozen=True, slots=True)
class AttemptLog:
    """Visits that met nobody since somebody last was, newest first. ``another_way``: tried in so many weeks that a call,
    or the list of absentees, is suggested.
    """

    attempts: tuple[Visit, ...]
    weeks: int
    absent: bool
    another_way: bool


class Tasks:
    """The tasks on this laptop. Nothing here counts as a visit."""

    def __init__(self, store: Store, person: Staff, *, clock: Clock, ids: IdSource) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids

    def open(self) -> list[TaskLine]:
        """Return what is open, the soonest day first."""
        day = self._clock.today()
        today = day.isoformat()
        label = self._store.site.schema.label
        rules = self._store.rule_book()
        contacts = contacts_of(self._store)
        return [
            TaskLine(
                id=row.id,
                household_id=row.household_id,
                head_name=row.head_name,
                place=f"{row.village_name} {row.group_name}".strip(),
                kind=label("task_kind", row.kind),
                title=row.title,
                due_on=row.due_on or None,
                overdue=bool(row.due_on) and str(row.due_on) < today,
                is_issue=row.list == "issues",
                visit_on=row.visit_on,
                issue=row.issue,
                campaign=row.campaign,
                lead_unit=(unit := row.lead_unit or leading_unit(rules, row.issue_kind, day)),
                lead_contact=contacts.get(unit, ""),
            )
            for row in self._store.open_tasks()
        ]

    def attempts(self, household_id: str) -> AttemptLog:
        """Return who tried when, and nobody was met. Raises STORE-003."""
        today = self._clock.today()
        visits = [line.visit for line in self._store.household_file(household_id).visits]
        seen = [VisitSummary(date.fromisoformat(v.visit_date), v.mode, v.outcome) for v in visits]
        counted = attempts_of(seen, today)
        met = max((v.visit_date for v in visits if v.outcome == "met"), default="")
        tried = tuple(v for v in visits if v.outcome != "met" and met < v.visit_date <= today.isoformat())
        weeks = self._store.rule_book().whole("attempt_weeks", today) or _WEEKS
        return AttemptLog(tried, counted.weeks, is_absent(seen, today), counted.weeks >= weeks)

    def done(self, household_id: str, task_id: str, note: str = "") -> None:
        """Close a task as done. What asked for a visit needs one that met somebody since (PLAN-001); the rest a word on
        what was done (PLAN-002). Raises PLAN-003 when it is not open any more.
        """
        task = self._task(household_id, task_id)
        changes: dict[str, Value] = {"state": "done", "closed_why": note.strip() or None}
        if task.kind in NEED_VISIT:
            made = str(task.get("made_on") or "")
            records = self._store.household_file(household_id)
            visit = next(
                (v.visit for v in records.visits if v.visit.outcome == "met" and v.visit.visit_date >= made),
                None,
            )
            if visit is None or visit.id == task.get("visit_id"):
                raise TASK_NEEDS_VISIT(title=task.title)
            changes["closed_visit_id"] = visit.id
        elif not note.strip():
            raise TASK_NEEDS_WORDS(what="做了什么", what_en="what was done")
        self._write(task, changes, note)

    def drop(self, household_id: str, task_id: str, reason: str) -> None:
        """Close a task that is not to be done, with the reason (moved, refused, not needed). Raises PLAN-002, PLAN-003."""
        if not reason.strip():
            raise TASK_NEEDS_WORDS(what="为什么不再办理", what_en="why it is dropped")
        self._write(
            self._task(household_id, task_id), {"state": "dropped", "closed_why": reason.strip()}, reason
        )

    def reopen(self, household_id: str, task_id: str) -> None:
        """Take a closing back; it stays in the history. Raises PLAN-003."""
        task = self._task(household_id, task_id, state=None)
        self._write(task, {"state": "open", "closed_why": None, "closed_visit_id": None}, "重新打开")

    def _task(self, household_id: str, task_id: str, state: str | None = "open") -> Task:
        for task in self._store.household_file(household_id).others.get("tasks", ()):
            if isinstance(task, Task) and task.id == task_id and state in (None, task.state):
                return task
        raise NO_SUCH_TASK()

    def _write(self, task: Task, values: dict[str, Value], reason: str) -> None:
        closed = None if values["state"] == "open" else self._clock.today().isoformat()
        told = {**values, "closed_on": closed}
        fields = {name: FieldChange(task.get(name), value) for name, value in told.items()}
        self._store.apply(
            Change(
                id=self._ids.new(),
                at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                author=self._person.id,
                author_name=self._person.name,
                kind="correction",
                patches=(EntityPatch("tasks", task.id, task.household_id, task.version, fields),),
                reason=reason.strip()[:500],
            )
        )
