"""Plays golden answers into a form through the services."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from fieldapp.register.entities import Entity
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes
from tests.services.forms import fill_required

__all__ = ["GOLDEN", "begun", "fill", "has", "neighbours", "play", "records", "told"]

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
#: What a person in a hurry answers where a form asks and the golden answers say nothing.
_HURRY = {"signing": "paper", "health": "healthy", "medical_insurance": "resident", "labour": "ordinary"}


def neighbours(workspace: Workspace) -> dict[str, str]:
    """Return two households of one village that have a head and an address."""
    first = homes(workspace)[0]
    village = workspace.households.file(first).household.area_code
    others = (home for home in homes(workspace)[1:] if _village(workspace, home) == village)
    return {"household": first, "neighbour": next(others)}


def _village(workspace: Workspace, home: str) -> str:
    return workspace.households.file(home).household.area_code


def told(text: Any, places: Mapping[str, str]) -> Any:
    return text.format(**places) if isinstance(text, str) and text.startswith("{") else text


def begun(workspace: Workspace, home: str, form_id: str) -> VisitDraft:
    """Open a shipped form for a household."""
    if form_id == "visit":
        return workspace.visits.start(home, "onsite")
    return workspace.visits.start_form(home, form_id)


def fill(draft: VisitDraft, golden: Mapping[str, Any], places: Mapping[str, str]) -> None:
    for repeat in golden["add"]:
        draft.session.add_repeat(f"/data/{repeat}")
    for _ in range(2):  # an answer may open the question of one before it
        for ref, text in golden["set"].items():
            draft.session.set(f"/data/{ref}", told(text, places))
    fill_required(draft.session, {**_HURRY, **golden["hurry"]})


def records(workspace: Workspace, home: str, name: str) -> list[Entity]:
    file = workspace.households.file(home)
    known: dict[str, Any] = {
        "households": [file.household],
        "persons": file.members,
        "measures": file.measures,
        "issues": file.issues,
        "leads": file.leads,
        "visits": [line.visit for line in file.visits],
    }
    return list(known.get(name, file.others.get(name, ())))


def has(some: list[Entity], wanted: Mapping[str, Any], places: Mapping[str, str]) -> bool:
    return any(all(one.get(n) == told(v, places) for n, v in wanted.items()) for one in some)


def play(workspace: Workspace, form_id: str) -> str:
    """Fill a form in with its golden answers for the first household; return that household."""
    golden = json.loads((Path(__file__).parent / "golden" / f"{form_id}.json").read_text("utf-8"))
    places = neighbours(workspace)
    draft = begun(workspace, places["household"], form_id)
    fill(draft, golden, places)
    workspace.visits.finish(draft)
    return places["household"]
