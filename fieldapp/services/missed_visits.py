"""What a note for the door says: who came when and met nobody, how to call back, when somebody comes again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from fieldapp.register.entities import Task, Visit
from fieldapp.sheets.missed_slip import MissedSlip

if TYPE_CHECKING:
    from fieldapp.register.entities import Staff
    from fieldapp.store import HouseholdRecords, Store

__all__ = ["blank_slips", "missed_slip", "stood_before_the_door"]

#: Kinds of task that say when somebody comes again.
_AGAIN = frozenset({"not_met", "promise"})
_A_PAGE = 2


def stood_before_the_door(visit: Visit) -> bool:
    """Tell whether somebody went there and nobody was at home: a refusal or a call leaves no note."""
    return visit.mode == "door" and visit.outcome in ("nobody", "away")


def missed_slip(store: Store, records: HouseholdRecords, person: Staff, today: date) -> MissedSlip:
    """Return the note of a household: of the last visit that met nobody since somebody was met, else with room to write."""
    household = records.household
    past = [line.visit for line in records.visits if line.visit.visit_date <= today.isoformat()]
    met = max((visit.visit_date for visit in past if visit.outcome == "met"), default="")
    tried = [visit for visit in past if visit.visit_date > met and stood_before_the_door(visit)]
    missed = max(tried, key=lambda visit: (visit.visit_date, visit.id), default=None)
    visitor = store.staff(missed.visitor_id) if missed is not None and missed.visitor_id else None
    who = visitor or store.staff(person.id) or person
    again = [
        str(task.due_on)
        for task in records.others.get("tasks", ())
        if isinstance(task, Task)
        and (task.state, task.status) == ("open", "active")
        and task.kind in _AGAIN
        and str(task.due_on or "") >= today.isoformat()
    ]
    return MissedSlip(
        name=household.head_name,
        address=f"{records.village_name}{household.group_name}{household.door_no}",
        village=records.village_name,
        visited_on=missed.visit_date if missed is not None else "",
        visitor=(missed.visitor_name if missed is not None else "") or who.name,
        phone=who.phone,
        again_on=min(again, default=""),
    )


def blank_slips(store: Store, person: Staff) -> list[MissedSlip]:
    """Return a page of notes to take along: the village where there is only one, and who comes."""
    villages = [area.name for area in store.areas() if area.level == "village"]
    known = store.staff(person.id) or person
    one = MissedSlip(village=villages[0] if len(villages) == 1 else "", visitor=known.name, phone=known.phone)
    return [one] * _A_PAGE
