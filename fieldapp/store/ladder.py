"""Where a visit is on its way: saved here, sealed for sending, received by the county, or returned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from fieldapp.store.tables import batches, outbox

__all__ = ["RETURNED", "UNANSWERED", "Ladder", "LadderStep", "read_ladder"]

Ladder = Literal["saved", "sealed", "received", "returned"]
#: Our own word for a record that a receipt left out and that may not be sent again.
UNANSWERED = "unanswered"
#: Outcomes that mean the county did not take the record: it waits in the tray, nothing is deleted.
RETURNED = frozenset({"rejected", "id_conflict", UNANSWERED})


@dataclass(frozen=True, slots=True)
class LadderStep:
    """A visit's step; ``receipt_at`` when the county's receipt came, ``detail`` its word on a returned record."""

    state: Ladder
    receipt_at: str | None = None
    detail: str = ""


def read_ladder(connection: Connection, visit_ids: Iterable[str]) -> Mapping[str, LadderStep]:
    """Return the step of each visit. One that this laptop never had in its outbox came from the county: received."""
    wanted = list(visit_ids)
    rows = connection.execute(
        select(outbox.c.id, outbox.c.batch_id, outbox.c.outcome, outbox.c.detail, batches.c.received_at)
        .outerjoin(batches, batches.c.id == outbox.c.batch_id)
        .where(outbox.c.id.in_(wanted))
    )
    steps = {visit_id: LadderStep("received") for visit_id in wanted}
    for row in rows:
        if row.outcome is None:
            steps[row.id] = LadderStep("saved" if row.batch_id is None else "sealed")
        else:
            state: Ladder = "returned" if row.outcome in RETURNED else "received"
            steps[row.id] = LadderStep(state, row.received_at, row.detail or "")
    return steps
