"""Each shipped form with golden answers: what the submission says, what the register says after it, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.workspace import Workspace
from fieldapp.wire.submission import flat_answers
from tests.forms.playing import GOLDEN, fill, has, neighbours, records, told


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_answers_become_facts_of_the_register(path: Path, clerk: Workspace) -> None:
    golden = json.loads(path.read_text("utf-8"))
    places = neighbours(clerk)
    draft = clerk.visits.start_form(places["household"], golden["form"])
    fill(draft, golden, places)
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
        home = told(wanted.get("household_id", places["household"]), places)
        there = records(clerk, home, name)
        assert has(there, wanted, places), (name, [record.values() for record in there])
    assert clerk._store.held_answers() == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_bad_answers_are_refused_with_a_sentence(path: Path, clerk: Workspace) -> None:
    golden = json.loads(path.read_text("utf-8"))
    places = neighbours(clerk)
    assert golden["bad"]
    for bad in golden["bad"]:
        draft = clerk.visits.start_form(places["household"], golden["form"])
        fill(draft, golden, places)
        for ref, text in bad["set"].items():
            draft.session.set(f"/data/{ref}", text)
        with pytest.raises(KnownError) as caught:
            clerk.visits.finish(draft)
        assert caught.value.code == "VISIT-001"
        assert bad["says"] in {violation.message for violation in draft.violations}
        clerk.visits.discard(draft.id)
