"""Lists handed up 提交清单: village, town or county checks the households of a list by itself and signs the list off.

What is handed up is a record at each household (an inspection of the list's name), so that it goes the way of every fact: to the
county with a receipt, to whoever sees the household, back when it is withdrawn. The self-check is the data rules': a household
with an open error is handed up as one with a problem, and the record says which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from fieldapp.register.change import Change, EntityPatch, FieldChange
from fieldapp.register.checks import run_checks, shipped_rules
from fieldapp.register.roles import role_of
from fieldapp.services.errors import NO_NAME_FOR_LIST, NOT_YOUR_LIST

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.common.ids import IdSource
    from fieldapp.register.entities import Staff
    from fieldapp.register.values import Value
    from fieldapp.store import Store

__all__ = ["Submissions", "Submitted"]

#: Who hands up at which level. Whoever is paired with single households hands up no list.
_LEVELS = {"clerk": "village", "town": "town", "county": "county"}
_LONGEST_NAME = 80
_LONGEST_TEXT = 900
_SEVERAL = 200


@dataclass(frozen=True, slots=True)
class Submitted:
    """What was handed up: ``clean`` without an open error, ``faulty`` with one; ``patches`` take it back."""

    name: str
    round: int
    clean: int
    faulty: int
    patches: tuple[EntityPatch, ...] = ()


class Submissions:
    """The lists of the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, *, clock: Clock, ids: IdSource) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        self._ids = ids

    def allowed(self) -> bool:
        """Whether this person hands up lists."""
        return self._level() is not None

    def submit(self, name: str, household_ids: Sequence[str]) -> Submitted:
        """Check the households and sign the list off as one change; a name used before begins its next round.

        Raises SUBMIT-001 for somebody who hands up none, LIST-002 without a name or a household, DISK-001.
        """
        level, told = self._level(), name.strip()[:_LONGEST_NAME]
        if level is None:
            raise NOT_YOUR_LIST()
        homes = list(dict.fromkeys(household_ids))
        if not told or not homes:
            raise NO_NAME_FOR_LIST()
        errors = self._errors(homes)
        number = self._store.last_round(told, level) + 1
        patches = tuple(self._patch(home, told, number, level, errors.get(home, [])) for home in homes)
        self._apply(patches, f"提交清单：{told}")
        faulty = sum(bool(errors.get(home)) for home in homes)
        return Submitted(told, number, len(homes) - faulty, faulty, patches)

    def withdraw(self, done: Submitted) -> int:
        """Take a list back; return how many households it had. What somebody else has touched stays. Raises DISK-001."""
        current = self._store.records([(patch.list, patch.entity_id) for patch in done.patches])
        back = tuple(
            EntityPatch(
                patch.list,
                patch.entity_id,
                patch.household_id,
                entity.version,
                {},
                FieldChange(entity.status, "removed"),
            )
            for patch in done.patches
            if (entity := current.get((patch.list, patch.entity_id))) is not None
            and entity.status == "active"
        )
        if back:
            self._apply(back, f"撤回清单：{done.name}")
        return len(back)

    def _level(self) -> str | None:
        known = self._store.staff(self._person.id) or self._person
        return _LEVELS.get(role_of(known.role).code)

    def _errors(self, homes: Sequence[str]) -> dict[str, list[str]]:
        """The open errors of each household; an error cannot be passed, it must be mended."""
        found: dict[str, list[str]] = {}
        for at in range(0, len(homes), _SEVERAL):
            for context in self._store.check_contexts(homes[at : at + _SEVERAL]):
                for finding in run_checks(shipped_rules(), context):
                    if finding.level == "error":
                        found.setdefault(finding.household_id, []).append(finding.zh)
        return found

    def _patch(self, home: str, name: str, number: int, level: str, errors: list[str]) -> EntityPatch:
        values: dict[str, Value] = {
            "household_id": home,
            "campaign": name,
            "round": number,
            "inspected_on": self._clock.today().isoformat(),
            "conclusion": "issues" if errors else "passed",
            "level": level,
            "inspectors": self._person.name,
            "bad_count": len(errors),
        }
        if errors:
            values["findings"] = "；".join(errors)[:_LONGEST_TEXT]
        fields = {key: FieldChange(None, value) for key, value in values.items()}
        return EntityPatch("inspections", self._ids.new(), home, 0, fields)

    def _apply(self, patches: tuple[EntityPatch, ...], reason: str) -> None:
        self._store.apply(
            Change(
                id=self._ids.new(),
                at=self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
                author=self._person.id,
                author_name=self._person.name,
                kind="correction",
                patches=patches,
                reason=reason,
            )
        )
