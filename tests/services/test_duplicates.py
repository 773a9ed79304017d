"""Two records of one person: found, compared, merged with what speaks of them, taken apart again, by sync as well."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import PersonRow
from tests.county.world import rows_of
from tests.services.asking import homes
from tests.services.world import World


def twins(workspace: Workspace) -> tuple[str, str, str, str]:
    """Make a member of another household the same person as one of this; return both and their households."""
    files = [workspace.households.file(home) for home in homes(workspace)]
    measured = next(f for f in files if any(m.get("person_id") for m in f.measures))
    target = next(m.get("person_id") for m in measured.measures if m.get("person_id"))
    gone = next(p for p in measured.members if p.id == target)
    other = next(f for f in files if f.household.id != measured.household.id and len(f.members) > 1)
    kept = other.members[-1]
    home = other.household.id
    for name in ("name", "id_number", "birth_date"):
        workspace.households.correct(home, "persons", kept.id, name, str(gone.get(name)), "试")
    return kept.id, gone.id, home, measured.household.id


def test_the_same_person_in_two_households_is_found_with_both_households(clerk: Workspace) -> None:
    before = len(clerk.duplicates.pairs())
    kept, gone, *_ = twins(clerk)
    pairs = clerk.duplicates.pairs()
    assert len(pairs) > before
    found = next(pair for pair in pairs if {pair.first, pair.second} == {kept, gone})
    assert found.reason_zh == "证件号码相同"
    assert "户" in found.first_text


def test_both_records_stand_side_by_side_with_differences_first(clerk: Workspace) -> None:
    kept, gone, *_ = twins(clerk)
    lines = clerk.duplicates.compare(kept, gone)
    assert [line.differs for line in lines] == sorted((line.differs for line in lines), reverse=True)
    by_name = {line.name: line for line in lines}
    assert not by_name["name"].differs
    assert not by_name["person_no"].choosable


def test_merging_moves_what_speaks_of_the_person_and_undoing_puts_everything_back(clerk: Workspace) -> None:
    kept, gone, home, other = twins(clerk)
    before = [clerk.households.file(id) for id in (home, other)]
    clerk.duplicates.merge(kept, gone, {"health", "phone"}, "同一人，重复登记")
    after = clerk.households.file(other)
    assert gone not in {person.id for person in (*after.members, *after.former_members)}
    assert not any(measure.get("person_id") == gone for measure in after.measures)
    assert any(measure.get("person_id") == kept for measure in after.measures)
    (line,) = clerk.duplicates.merges()
    clerk.duplicates.undo(line.gone_id)
    again = [clerk.households.file(id) for id in (home, other)]
    assert [file.members for file in again] == [file.members for file in before]
    assert [file.measures for file in again] == [file.measures for file in before]
    assert clerk.duplicates.merges() == []


def test_undoing_says_what_was_changed_since_and_changes_nothing(clerk: Workspace) -> None:
    kept, gone, home, _ = twins(clerk)
    clerk.households.correct(home, "persons", kept, "phone", "13900000001", "试")
    clerk.duplicates.merge(kept, gone, {"phone"}, "同一人")
    clerk.households.correct(home, "persons", kept, "phone", "13900000002", "后来又改")
    with pytest.raises(KnownError) as caught:
        clerk.duplicates.undo(gone)
    assert caught.value.code == "MERGE-003"
    assert "电话" in caught.value.zh
    assert clerk.duplicates.merges()


def test_two_persons_are_told_apart_with_a_reason(clerk: Workspace) -> None:
    kept, gone, home, _ = twins(clerk)
    clerk.duplicates.tell_apart(kept, gone, "公安查实是两个人，号码待更正")
    assert not any({pair.first, pair.second} == {kept, gone} for pair in clerk.duplicates.pairs())
    clerk.households.correct(home, "persons", kept, "name", "改了名字", "试")
    assert any({pair.first, pair.second} == {kept, gone} for pair in clerk.duplicates.pairs())


def test_a_helper_may_not_merge(helper: Workspace) -> None:
    one, other = [p.id for home in homes(helper) for p in helper.households.file(home).members][:2]
    with pytest.raises(KnownError) as caught:
        helper.duplicates.merge(one, other, (), "同一人")
    assert caught.value.code == "MERGE-002"


def test_merge_and_undo_reach_the_county(world: World) -> None:
    clerk = world.unlocked("clerk")
    kept, gone, *_ = twins(clerk)
    clerk.duplicates.merge(kept, gone, (), "同一人，重复登记")
    report = clerk.sync.run()
    assert set(report.batches[0].outcomes) <= {"applied", "merged", "same"}
    (row,) = rows_of(world.county, PersonRow, id=gone)
    assert (row.status, row.properties["merged_into"]) == ("merged", kept)
    clerk.duplicates.undo(gone)
    clerk.sync.run()
    (row,) = rows_of(world.county, PersonRow, id=gone)
    assert (row.status, row.properties.get("merged_into")) == ("active", None)
