"""Each shipped form with golden answers: what the submission says, what the register says after it, what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.register.entities import Entity
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from fieldapp.wire.submission import flat_answers
from tests.services.asking import homes
from tests.services.forms import fill_required

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*.json"))
#: What a person in a hurry answers where a form asks and the golden answers say nothing.
_HURRY = {"signing": "paper", "health": "healthy", "medical_insurance": "resident", "labour": "ordinary"}


def _homes(workspace: Workspace) -> dict[str, str]:
    """Return two households of one village that have a head and an address."""
    first = homes(workspace)[0]
    village = workspace.households.file(first).household.area_code
    others = (home for home in homes(workspace)[1:] if _village(workspace, home) == village)
    return {"household": first, "neighbour": next(others)}


def _village(workspace: Workspace, home: str) -> str:
    return workspace.households.file(home).household.area_code


def _told(text: Any, places: Mapping[str, str]) -> Any:
    return text.format(**places) if isinstance(text, str) and text.startswith("{") else text


def _fill(draft: VisitDraft, golden: Mapping[str, Any], places: Mapping[str, str]) -> None:
    for repeat in golden["add"]:
        draft.session.add_repeat(f"/data/{repeat}")
    for _ in range(2):  # an answer may open the question of one before it
        for ref, text in golden["set"].items():
            draft.session.set(f"/data/{ref}", _told(text, places))
    fill_required(draft.session, {**_HURRY, **golden["hurry"]})


def _records(workspace: Workspace, home: str, name: str) -> list[Entity]:
    file = workspace.households.file(home)
    known: dict[str, Any] = {
        "households": [file.household],
        "persons": file.members,
        "measures": file.measures,
        "issues": file.issues,
        "leads": file.leads,
    }
    return list(known.get(name, file.others.get(name, ())))


def _has(records: list[Entity], wanted: Mapping[str, Any], places: Mapping[str, str]) -> bool:
    return any(all(one.get(n) == _told(v, places) for n, v in wanted.items()) for one in records)


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_answers_become_facts_of_the_register(path: Path, clerk: Workspace) -> None:
    golden = json.loads(path.read_text("utf-8"))
    places = _homes(clerk)
    draft = clerk.visits.start_form(places["household"], golden["form"])
    _fill(draft, golden, places)
    xml = draft.session.finalise().xml
    said = flat_answers(xml)
    assert {name: said.get(name) for name in golden["xml"]} == golden["xml"]
    entry_id = clerk.visits.finish(draft)
    file = clerk.households.file(places["household"])
    (entry,) = file.others["entries"]
    assert (entry.id, entry.get("form_id"), entry.get("filled_on")) == (
        entry_id,
        golden["form"],
        "2026-11-22",
    )
    assert entry_id not in {line.visit.id for line in file.visits}
    for name, wanted in {**golden["facts"], **golden.get("effects", {})}.items():
        home = _told(wanted.get("household_id", places["household"]), places)
        records = _records(clerk, home, name)
        assert _has(records, wanted, places), (name, [record.values() for record in records])
    assert clerk._store.held_answers() == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_bad_answers_are_refused_with_a_sentence(path: Path, clerk: Workspace) -> None:
    golden = json.loads(path.read_text("utf-8"))
    places = _homes(clerk)
    assert golden["bad"]
    for bad in golden["bad"]:
        draft = clerk.visits.start_form(places["household"], golden["form"])
        _fill(draft, golden, places)
        for ref, text in bad["set"].items():
            draft.session.set(f"/data/{ref}", text)
        with pytest.raises(KnownError) as caught:
            clerk.visits.finish(draft)
        assert caught.value.code == "VISIT-001"
        assert bad["says"] in {violation.message for violation in draft.violations}
        clerk.visits.discard(draft.id)
