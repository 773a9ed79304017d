"""The work list: which households, in which order, and a page of them.

Keys come first, rows page by page. The order of all households under the chosen filters is kept until something is
written or the day changes, so that a keystroke costs one look into the search index and no sorting.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection

from fieldapp.register.plan import DueState
from fieldapp.store.base import raw
from fieldapp.store.group_queries import groups_sql
from fieldapp.store.policy import group_book
from fieldapp.store.rolling import Rolling
from fieldapp.store.search_text import match_expression
from fieldapp.store.summaries import state_arguments
from fieldapp.store.work_queries import (
    AREA_STATES,
    AREAS,
    COUNTS,
    GROUPS,
    MARKED,
    ROWS,
    VILLAGES,
    ordered_query,
)
from fieldapp.store.work_values import AreaCount, WorkCounts, WorkFilter, WorkRow

__all__ = ["WorkLists"]


#: What needs going to first. Until this year's visits are typed in, a household is behind those known to be due.
_ORDER: tuple[DueState, ...] = ("overdue", "due", "not_entered", "resting", "fulfilled", "unscheduled")


_COLUMNS = tuple(column.name for column in fields(WorkRow))


class WorkLists(Rolling):
    """Reading the work list."""

    _ordered: tuple[object, list[int]] | None = None

    def worklist_keys(self, filter: WorkFilter) -> list[int]:
        """Return row keys in display order: what needs going to first, then by village, group and house number."""
        self._be_current()
        expression = match_expression(filter.text)
        if filter.text.strip() and expression is None:
            return []
        with self._read() as connection:
            ordered = self._in_order(connection, replace(filter, text=""))
            if expression is None:
                return list(ordered)
            found = raw(connection).execute(
                "SELECT json_group_array(rowid) FROM search WHERE search MATCH ?", (expression,)
            )
            matching = set(json.loads(found.fetchone()[0]))
        return [key for key in ordered if key in matching]

    def worklist_rows(self, keys: Sequence[int]) -> list[WorkRow]:
        """Return the lines of some keys (a page), in their order; a household that is gone is left out."""
        self._be_current()
        arguments = {
            "keys": json.dumps(list(keys)),
            "county": self.site.county_code,
            **state_arguments(self._clock.today()),
        }
        with self._read() as connection:
            lines = [_row(values) for values in raw(connection).execute(ROWS, arguments).fetchall()]
        by_key = {line.key: line for line in lines}
        return [by_key[key] for key in keys if key in by_key]

    def work_counts(self) -> WorkCounts:
        """Return the counts of the whole list."""
        self._be_current()
        with self._read() as connection:
            arguments = state_arguments(self._clock.today())
            rows = raw(connection).execute(COUNTS, arguments).fetchall()
            unsent = (
                raw(connection).execute("SELECT count(*) FROM outbox WHERE outcome IS NULL").fetchone()[0]
            )
            tasks, absent, attempted = raw(connection).execute(MARKED).fetchone()
        states = {state: number for state, number, _ in rows}
        return WorkCounts(
            total=sum(states.values()),
            listed=sum(listed for _, _, listed in rows),
            not_entered=states.get("not_entered", 0),
            due=states.get("due", 0),
            overdue=states.get("overdue", 0),
            resting=states.get("resting", 0),
            fulfilled=states.get("fulfilled", 0),
            unscheduled=states.get("unscheduled", 0),
            unsent=unsent,
            tasks=tasks,
            absent=absent,
            attempted=attempted,
        )

    def areas(self) -> list[AreaCount]:
        """Return the places that have households on this laptop, from the county down, by code."""
        with self._read() as connection:
            areas = raw(connection).execute(AREAS, (self.site.county_code,)).fetchall()
            villages = raw(connection).execute(VILLAGES).fetchall()
        below: Counter[str] = Counter()
        for code, households in villages:
            for length in range(1, len(code) + 1):
                below[code[:length]] += households
        return [
            AreaCount(code, parent, name, level, below[code])
            for code, parent, name, level in areas
            if below[code]
        ]

    def area_states(self) -> list[tuple[str, DueState, int]]:
        """Return (village, due state, households) of the whole list."""
        self._be_current()
        with self._read() as connection:
            rows = raw(connection).execute(AREA_STATES, state_arguments(self._clock.today())).fetchall()
        return [(code, state, number) for code, state, number in rows]

    def groups(self, area_code: str) -> list[str]:
        """Return the villagers' groups of a village, in their order."""
        with self._read() as connection:
            rows = raw(connection).execute(GROUPS, (area_code,)).fetchall()
        return [str(row[0]) for row in rows]

    def _in_order(self, connection: Connection, filter: WorkFilter) -> list[int]:
        today = self._clock.today()
        asked = (self.generation, today, filter)
        kept = self._ordered  # one name for question and answer: threads may come in between
        if kept is None or kept[0] != asked:
            groups = groups_sql(group_book(connection), filter.groups) if filter.groups else ""
            query, arguments = ordered_query(filter, self.site.county_code, groups)
            rows = raw(connection).execute(query, {**arguments, **state_arguments(today)}).fetchall()
            kept = self._ordered = (asked, _by_urgency(rows))
        return kept[1]


def _by_urgency(rows: Iterable[tuple[str, int]]) -> list[int]:
    piles: dict[str, list[int]] = {state: [] for state in _ORDER}
    for state, key in rows:
        piles[state].append(key)
    return [key for state in _ORDER for key in piles[state]]


def _row(values: Sequence[Any]) -> WorkRow:
    told = dict(zip(_COLUMNS, values, strict=True))
    if told["due_state"] in ("unscheduled", "not_entered", "fulfilled"):
        told["due_on"] = None
    if told["risk_cleared"] is not None:
        told["risk_cleared"] = bool(told["risk_cleared"])
    told["has_draft"], told["absent"] = bool(told["has_draft"]), bool(told["absent"])
    return WorkRow(**told)
