"""Looking for the same elsewhere 举一反三: from a problem at one household to a task at each household that may have it too.

Which households are chosen beforehand is data (``resources/elsewhere``). All tasks of one look are one change, which can be
taken back as one; their ids follow from problem and household, so that nothing is doubled.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from fieldapp.common.ids import derived_id
from fieldapp.common.resources import resources_dir
from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.checks import RuleBook, load_rules, run_checks
from fieldapp.register.roles import role_of
from fieldapp.services.errors import NO_SUCH_RECORD, NOT_YOURS_TO_ASSIGN, NOTHING_TO_LOOK_AT
from fieldapp.services.worklist import WorkFilter, WorkList, WorkRow

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Entity, Staff
    from fieldapp.register.values import Value
    from fieldapp.store import SourceRow, Store

__all__ = ["Candidate", "Elsewhere", "LookMade", "Looked", "Source"]

_SEVERAL = 200
_MOST = 3000
_LONGEST_TITLE = 120


@dataclass(frozen=True, slots=True)
class Source:
    """A problem for which the same is looked for: ``asked`` on its form; ``total`` households to look at, ``done`` looked at,
    ``found`` with a problem of the kind since.
    """

    issue_id: str
    household_id: str
    head_name: str
    place: str
    area_code: str
    kind: str
    kind_label: str
    description: str
    asked: bool
    total: int
    done: int
    found: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A household that may be looked at: why the register suggests it, an open problem of the kind, or a task already."""

    household_id: str
    head_name: str
    place: str
    reasons: tuple[tuple[str, str], ...]
    known: str
    tasked: bool

    @property
    def suggested(self) -> bool:
        """Whether it is chosen beforehand: the register says so, and nobody is on it yet."""
        return bool(self.reasons) and not self.known and not self.tasked


@dataclass(frozen=True, slots=True)
class Looked:
    """The households to choose from, suggested ones first; ``left_out`` more were not looked at."""

    source: Source
    candidates: tuple[Candidate, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class LookMade:
    """``tasks`` made; ``there`` had one already. ``patches`` take it back."""

    tasks: int
    there: int
    patches: tuple[EntityPatch, ...] = ()


@functools.lru_cache(maxsize=1)
def suspects() -> RuleBook:
    """Return which households are suggested, by kind of problem (the id's first word)."""
    return load_rules(resources_dir() / "elsewhere")


class Elsewhere:
    """What the person who unlocked the vault has looked for."""

    def __init__(self, store: Store, person: Staff, *, clock: Clock, ids: IdSource) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids
        self._worklist = WorkList(store, person, store.site.schema, clock)

    def allowed(self) -> bool:
        """Whether this person has households looked at: whoever sees an area and corrects."""
        role = role_of((self._store.staff(self._person.id) or self._person).role)
        return role.wide and role.corrects

    def sources(self) -> list[Source]:
        """Return what was asked for on a form and not begun, then what is under way."""
        return [self._source(row) for row in self._store.elsewhere_sources()]

    def source(self, issue_id: str) -> Source:
        """Return a problem, open or closed. Raises REG-001 when it is not here."""
        for row in self._store.elsewhere_sources(issue_id):
            return self._source(row)
        raise NO_SUCH_RECORD()

    def look(self, issue_id: str, wanted: WorkFilter) -> Looked:
        """Return the households of a filter to choose from. Raises REG-001."""
        source = self.source(issue_id)
        keys = self._worklist.ids(wanted)
        rows = [row for row in self._rows(keys[:_MOST]) if row.household_id != source.household_id]
        homes = [row.household_id for row in rows]
        why = self._reasons(source.kind, homes)
        known = self._store.open_of_kind(source.kind, issue_id)
        tasks = self._tasks(issue_id, homes)
        candidates = [
            Candidate(
                row.household_id,
                row.head_name,
                f"{row.village_name} {row.group_name}".strip(),
                tuple(why.get(row.household_id, ())),
                known.get(row.household_id, ""),
                (task := tasks.get(row.household_id)) is not None and task.status == "active",
            )
            for row in rows
        ]
        candidates.sort(key=lambda one: not one.suggested)
        return Looked(source, tuple(candidates), max(0, len(keys) - _MOST))

    def make(
        self, issue_id: str, household_ids: Sequence[str], due_on: date | None, what: str = ""
    ) -> LookMade:
        """Make a task at each household as one change; where there is one already, none. ``what`` says what to look at: it stands
        at every one of the doors, so it is the person's own words, never the description of the household that had the problem.

        Raises PLAN-006 for somebody who may not, PLAN-005 without a household, REG-001, DISK-001.
        """
        if not self.allowed():
            raise NOT_YOURS_TO_ASSIGN()
        source = self.source(issue_id)
        homes = [home for home in dict.fromkeys(household_ids) if home != source.household_id]
        if not homes:
            raise NOTHING_TO_LOOK_AT()
        before = self._tasks(issue_id, homes)
        values = self._values(source, due_on, what.strip())
        patches = tuple(
            _patch(issue_id, home, {"household_id": home, **values}, before.get(home))
            for home in homes
            if (task := before.get(home)) is None or task.status != "active"
        )
        if patches:
            self._apply(patches, f"举一反三：{source.kind_label or '同类问题'}")
        return LookMade(len(patches), len(homes) - len(patches), patches)

    def take_back(self, made: LookMade) -> int:
        """Take the tasks of one act back that are still open; return how many. Raises DISK-001."""
        current = self._store.records([(patch.list, patch.entity_id) for patch in made.patches])
        back = tuple(
            EntityPatch(
                "tasks", task.id, patch.household_id, task.version, {}, FieldChange(task.status, "removed")
            )
            for patch in made.patches
            if (task := current.get((patch.list, patch.entity_id))) is not None
            and (task.status, task.get("state")) == ("active", "open")
        )
        if back:
            self._apply(back, "撤回同类排查")
        return len(back)

    def _values(self, source: Source, due_on: date | None, what: str) -> dict[str, Value]:
        kind = f"（{source.kind_label}）" if source.kind_label else ""
        return {
            "title": f"同类排查{kind}{'：' if what else ''}{what}"[:_LONGEST_TITLE],
            "kind": "elsewhere",
            "state": "open",
            "due_on": due_on.isoformat() if due_on else None,
            "made_on": self._clock.today().isoformat(),
            "issue_id": source.issue_id,
        }

    def _rows(self, keys: Sequence[int]) -> list[WorkRow]:
        return [
            row
            for at in range(0, len(keys), _SEVERAL)
            for row in self._worklist.rows(keys[at : at + _SEVERAL])
        ]

    def _reasons(self, kind: str, homes: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        every = suspects()
        book = every.only(*(rule.id for rule in every.rules if rule.id.partition("-")[0] == kind))
        found: dict[str, list[tuple[str, str]]] = {}
        for at in range(0, len(homes) if book.rules else 0, _SEVERAL):
            for context in self._store.check_contexts(homes[at : at + _SEVERAL]):
                for finding in run_checks(book, context):
                    found.setdefault(finding.household_id, []).append((finding.zh, finding.en))
        return found

    def _tasks(self, issue_id: str, homes: Sequence[str]) -> dict[str, Entity]:
        ids = {_task_id(issue_id, home): home for home in homes}
        there = self._store.records([("tasks", id) for id in ids])
        return {ids[id]: task for (_, id), task in there.items()}

    def _source(self, row: SourceRow) -> Source:
        return Source(
            row.issue_id,
            row.household_id,
            row.head_name,
            f"{row.village_name} {row.group_name}".strip(),
            row.area_code,
            row.kind,
            self._store.site.schema.label("issue_kind", row.kind),
            row.description,
            row.asked,
            row.total,
            row.done,
            row.found,
        )

    def _apply(self, patches: tuple[EntityPatch, ...], reason: str) -> None:
        self._store.apply(
            Change(
                id=self._ids.new(),
                at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                author=self._person.id,
                author_name=self._person.name,
                kind="correction",
                patches=patches,
                reason=reason[:500],
            )
        )


def _task_id(issue_id: str, household_id: str) -> str:
    return derived_id("elsewhere", issue_id, household_id)


def _patch(issue_id: str, home: str, values: dict[str, Value], before: Entity | None) -> EntityPatch:
    """A new task, or one that was taken back before and is asked for again."""
    old = before.values() if before is not None else {}
    fields = {
        name: FieldChange(old.get(name), value) for name, value in values.items() if old.get(name) != value
    }
    status = FieldChange(before.status, "active") if before is not None else None
    return EntityPatch(
        "tasks", _task_id(issue_id, home), home, before.version if before else 0, fields, status
    )
