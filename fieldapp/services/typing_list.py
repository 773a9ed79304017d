"""The to-type list 待录入清单: what has changed here and is to be typed into the national system, and what was typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.register.typing_line import TypingLine, TypingState
from fieldapp.register.typing_order import TypingOrder, typing_order
from fieldapp.register.values import Value
from fieldapp.services.errors import NO_SUCH_LINE
from fieldapp.services.print_log import PrintLog
from fieldapp.services.typing_file import read_typing_file, write_typing_file
from fieldapp.services.typing_making import MadeLine, make_lines
from fieldapp.store.typing import TypingMark

if TYPE_CHECKING:
    from fieldapp.common.clock import Clock
    from fieldapp.register.entities import Staff
    from fieldapp.store import Store

__all__ = ["KeptFact", "TypingCounts", "TypingList"]

_LONGEST_NOTE = 200


@dataclass(frozen=True, slots=True)
class TypingCounts:
    """How many lines are in each state, in how many households, and how many days the oldest waiting one has waited."""

    waiting: int
    typed: int
    rejected: int
    households: int
    oldest_days: int


@dataclass(frozen=True, slots=True)
class KeptFact:
    """A fact as it is here, and as an export of the national system shows it."""

    list: str
    entity_id: str
    name: str
    household_id: str
    local: Value
    national: Value


class TypingList:
    """The list of the person who unlocked the vault."""

    def __init__(self, store: Store, person: Staff, clock: Clock, order: TypingOrder | None = None) -> None:
        self._store = store
        self._person = person
        self._clock = clock
        # The county may have codes of its own.
        self._order = replace(order or typing_order(), schema=store.site.schema)

    def lines(self) -> list[TypingLine]:
        """Return every line in typing order: by village and household, then as the national pages go."""
        return [made.line for made in make_lines(self._store, self._order)]

    def counts(self, lines: Sequence[TypingLine] | None = None) -> TypingCounts:
        """Return the figures of the lines (all of them, unless given)."""
        lines = self.lines() if lines is None else lines
        states = [line.state for line in lines]
        open_lines = [line for line in lines if line.state != "typed"]
        ages = [_days(line.since, self._clock.today()) for line in open_lines if line.since]
        return TypingCounts(
            states.count("waiting"),
            states.count("typed"),
            states.count("rejected"),
            len({line.household_id for line in open_lines}),
            max(ages, default=0),
        )

    def mark(self, ids: Sequence[str], state: TypingState, note: str = "") -> None:
        """Mark lines as typed, sent back with what the system said, or waiting again.

        Raises TYPE-001 when one is no longer on the list, DISK-001.
        """
        made = {each.line.id: each for each in make_lines(self._store, self._order)}
        marks = []
        for id in ids:
            if id not in made:
                raise NO_SUCH_LINE()
            marks.append(self._about(made[id], state, made[id].national, note))
        self._store.put_typing_marks(marks, state)

    def settle(self, arrived: Collection[str]) -> int:
        """Close lines that an export shows to have arrived; return how many."""
        made = [each for each in make_lines(self._store, self._order) if each.line.id in arrived]
        marks = [self._about(each, "arrived", each.now) for each in made]
        self._store.put_typing_marks(marks, "arrived")
        return len(marks)

    def keep(self, facts: Iterable[KeptFact]) -> None:
        """Put facts on the list that the national system shows otherwise, though nobody changed them here."""
        marks = [
            TypingMark(
                *(fact.list, fact.entity_id, fact.name, fact.household_id),
                state="waiting",
                value=fact.local,
                national=fact.national,
                at=self._now(),
                **self._who(),
            )
            for fact in facts
        ]
        self._store.put_typing_marks(marks, "kept")

    def save_file(self, path: Path, passphrase: str) -> int:
        """Seal what is open into a file for the machine of the national system; return how many lines.

        Raises VAULT-019 for an empty passphrase, DISK-001, DISK-002.
        """
        lines = [line for line in self.lines() if line.state != "typed"]
        homes = tuple(dict.fromkeys(line.household_id for line in lines))
        PrintLog(self._store, self._person, self._clock).exported("typing_list", homes, path.name)
        write_typing_file(path, lines, passphrase)
        return len(lines)

    def bring_back(self, path: Path, passphrase: str) -> int:
        """Take over what was marked in a sealed file; return how many lines. Raises VAULT-027 … 031, TYPE-002."""
        return self.merge(read_typing_file(path, passphrase))

    def merge(self, lines: Iterable[TypingLine]) -> int:
        """Take over what was marked on another machine, where it is newer and about the same value."""
        made = {each.line.id: each for each in make_lines(self._store, self._order)}
        marks = []
        for theirs in lines:
            mine = made.get(theirs.id)
            if mine is None or not theirs.at or theirs.at <= mine.line.at or theirs.value != mine.line.value:
                continue
            mark = self._about(mine, theirs.state, mine.national, theirs.note)
            marks.append(replace(mark, by_id="", by_name=theirs.by_name, at=theirs.at))
        self._store.put_typing_marks(marks, "merged")
        return len(marks)

    def _about(self, made: MadeLine, state: str, national: Value, note: str = "") -> TypingMark:
        line = made.line
        return TypingMark(
            line.list,
            line.entity_id,
            line.name,
            line.household_id,
            state,
            made.now,
            national,
            note.strip()[:_LONGEST_NOTE],
            **self._who(),
            at=self._now(),
        )

    def _who(self) -> dict[str, str]:
        return {"by_id": self._person.id, "by_name": self._person.name}

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _days(since: str, today: date) -> int:
    return max(0, (today - date.fromisoformat(since[:10])).days)
