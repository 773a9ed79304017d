"""Each shipped form with golden answers: what the submission says, what the register says after it, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import forms_dir
from fieldapp.services.workspace import Workspace
from fieldapp.wire.submission import flat_answers
from tests.forms.playing import GOLDEN, begun, fill, has, neighbours, records, told


def test_every_shipped_form_has_golden_answers() -> None:
    assert {path.stem for path in GOLDEN} == {path.stem for path in forms_dir().glob("*.md")}


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.stem)
def test_golden_answers_become_facts_of_the_register(path: Path, clerk: Workspace) -> None:
    golden = json.loads(path.read_text("utf-8"))
    places = neighbours(clerk)
    draft = begun(clerk, places["household"], golden["form"])
    fill(draft, golden, places)
    xml = draft.session.finalise().xml
    said = flat_answers(xml)
    assert {name: said.get(name) for name in golden["xml"]} == golden["xml"]
    entry_id = clerk.visits.finish(draft)
    file = clerk.households.file(places["household"])
    entries = [(e.id, e.get("form_id"), e.get("filled_on")) for e in file.others.get("entries", ())]
    is_visit = golden["form"] == "visit"
    assert entries == ([] if is_visit else [(entry_id, golden["form"], "2026-11-22")])
    assert (entry_id in {line.visit.id for line in file.visits}) is is_visit
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
        draft = begun(clerk, places["household"], golden["form"])
        fill(draft, golden, places)
        for ref, text in bad["set"].items():
            draft.session.set(f"/data/{ref}", text)
        with pytest.raises(KnownError) as caught:
            clerk.visits.finish(draft)
        assert caught.value.code == "VISIT-001"
        assert bad["says"] in {violation.message for violation in draft.violations}
        clerk.visits.discard(draft.id)
