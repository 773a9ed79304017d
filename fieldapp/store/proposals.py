"""Reading proposals: what waits for the clerk, and what came of it."""

from __future__ import annotations

from collections.abc import Collection
from typing import cast

from sqlalchemy import func, select

from fieldapp.register.entities import Proposal
from fieldapp.register.gate import Gate
from fieldapp.store.base import StoreBase, table_of
from fieldapp.store.policy import gate_of
from fieldapp.tables.rows import entity_of

__all__ = ["Proposals"]


class Proposals(StoreBase):
    """Proposals of this laptop's households."""

    def proposals(
        self, states: Collection[str] = (), *, household_id: str | None = None, author_id: str | None = None
    ) -> list[Proposal]:
        """Return proposals in one of the states (of any, when none is named), oldest first."""
        table = table_of("proposals")
        query = select(table).where(table.c.county_code == self.site.county_code, table.c.status == "active")
        if states:
            query = query.where(table.c.state.in_(list(states)))
        if household_id is not None:
            query = query.where(table.c.household_id == household_id)
        if author_id is not None:
            query = query.where(table.c.author_id == author_id)
        with self._read() as connection:
            found = [
                cast(Proposal, entity_of("proposals", row)) for row in connection.execute(query).mappings()
            ]
        return sorted(found, key=lambda each: (str(each.get("proposed_on") or ""), each.id))

    def waiting_count(self) -> int:
        """Return how many proposals nobody has decided."""
        table = table_of("proposals")
        query = select(func.count()).where(
            table.c.county_code == self.site.county_code,
            table.c.state == "waiting",
            table.c.status == "active",
        )
        with self._read() as connection:
            return int(connection.execute(query).scalar_one())

    def gate(self) -> Gate:
        """Return which changes of a helper wait for the clerk."""
        with self._read() as connection:
            return gate_of(connection)
