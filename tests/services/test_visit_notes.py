"""Comments and passed doubts: kept with the draft, travelling with the visit, read again in a finished one."""

from __future__ import annotations

import json

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.county.tables import LineRow
from fieldapp.services.draft_content import DraftContent, read_content
from fieldapp.services.draft_findings import DraftFinding
from fieldapp.services.visits import VisitDraft
from fieldapp.services.workspace import Workspace
from tests.county.world import rows_of
from tests.services.asking import finished, first, nobody_home, picture
from tests.services.forms import fill_required
from tests.services.world import World

PHONE = "/data/how/phone"


def doubtful(workspace: Workspace) -> tuple[VisitDraft, DraftFinding]:
    """Return a draft in which a child of nine works away from home, and the doubt about it."""
    draft = workspace.visits.start(first(workspace), "onsite")
    row = "/data/members[1]"
    draft.session.set(f"{row}/birth_date", "2017-05-01")
    draft.session.set(f"{row}/id_number", "")
    draft.session.set(f"{row}/work_months", "6")
    draft.session.set(f"{row}/work_place", "elsewhere")
    found = [each for each in workspace.visits.findings(draft) if each.can_be_passed and row in each.ref]
    assert found
    return draft, found[0]


def test_a_comment_survives_saving_and_resuming_and_goes_with_the_visit(
    world: World, clerk: Workspace
) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    clerk.visits.comment(draft, PHONE, " 号码是儿子的 ")
    clerk.visits.autosave(draft)
    again = clerk.visits.resume(draft.id)
    assert [(ref, each.text, each.author) for ref, each in again.comments.items()] == [
        (PHONE, "号码是儿子的", clerk.person.name)
    ]
    nobody_home(again)
    visit_id = clerk.visits.finish(again)
    review = clerk.visits.review(visit_id)
    assert review.comments[PHONE].text == "号码是儿子的"
    assert review.session.view("/data/how/outcome").value == "nobody"  # type: ignore[union-attr]
    clerk.sync.run()
    (line,) = [row for row in rows_of(world.county, LineRow) if row.record_id == visit_id]
    assert [told["text"] for told in json.loads(line.raw)["body"]["comments"]] == ["号码是儿子的"]


def test_an_empty_comment_takes_it_away(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    clerk.visits.comment(draft, PHONE, "问过了")
    clerk.visits.comment(draft, PHONE, "  ")
    assert draft.comments == {}


def test_comments_stay_with_their_rows_when_one_above_is_taken_away(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    for number in (1, 2, 3):
        clerk.visits.comment(draft, f"/data/expenses[{number}]/expense_item", str(number))
    clerk.visits.row_removed(draft, "/data/expenses[2]")
    assert {ref: each.text for ref, each in draft.comments.items()} == {
        "/data/expenses[1]/expense_item": "1",
        "/data/expenses[2]/expense_item": "3",
    }
    assert all(ref == each.ref for ref, each in draft.comments.items())


def test_a_draft_of_an_older_program_opens_without_notes(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    told = json.loads(DraftContent(draft.session.serialise(), draft.seen).to_bytes())
    assert set(told) == {"v", "seen", "answers"}
    content = read_content(json.dumps(told).encode())
    assert (content.comments, content.passed) == ({}, {})


@pytest.mark.requirement("A171")
def test_a_doubt_stands_at_its_question_and_never_blocks(clerk: Workspace) -> None:
    draft, doubt = doubtful(clerk)
    assert doubt.zh
    assert doubt.en
    assert not doubt.reason
    fill_required(draft.session, {})
    assert clerk.visits.finish(draft) == draft.id


def test_a_passed_doubt_travels_with_its_reason_and_stays_passed(clerk: Workspace, world: World) -> None:
    draft, doubt = doubtful(clerk)
    clerk.visits.explain(draft, doubt, "登记有误，已核对户口本")
    clerk.visits.autosave(draft)
    again = clerk.visits.resume(draft.id)
    assert {each.key: each.reason for each in clerk.visits.findings(again)}[
        doubt.key
    ] == "登记有误，已核对户口本"
    fill_required(again.session, {})
    visit_id = clerk.visits.finish(again)
    (kept,) = clerk.households.file(draft.household_id).others["passes"]
    assert (kept.get("key"), kept.get("reason"), kept.get("visit_id")) == (
        doubt.key,
        "登记有误，已核对户口本",
        visit_id,
    )
    assert kept.get("question") == doubt.ref
    next_time = clerk.visits.start(draft.household_id, "onsite")
    assert doubt.key not in {each.key for each in clerk.visits.findings(next_time)}
    clerk.sync.run()
    assert clerk.sync.status().unsent == 0


def test_a_reason_is_forgotten_when_the_values_were_mended(clerk: Workspace) -> None:
    draft, doubt = doubtful(clerk)
    clerk.visits.explain(draft, doubt, "核对过")
    draft.session.set("/data/members[1]/work_months", "")
    draft.session.set("/data/members[1]/work_place", "")
    draft.session.set("/data/members[1]/birth_date", "1970-05-01")
    fill_required(draft.session, {})
    clerk.visits.finish(draft)
    assert not clerk.households.file(draft.household_id).others.get("passes")


def test_an_error_is_mended_and_not_passed(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    wrong = DraftFinding("/data/members[1]/id_number", "identity.x", "error", "错", "wrong", "k")
    clerk.visits.explain(draft, wrong, "没带证件")
    assert draft.passed == {}


def test_finishing_without_doubts_leaves_no_pass(clerk: Workspace) -> None:
    home = first(clerk)
    finished(clerk, home)
    assert not clerk.households.file(home).others.get("passes")


def test_a_visit_made_elsewhere_cannot_be_read_again_and_says_where_it_is(clerk: Workspace) -> None:
    with pytest.raises(KnownError) as caught:
        clerk.visits.review("00000000-0000-7000-8000-000000000000")
    assert caught.value.code == "VISIT-010"


def test_the_photos_of_a_finished_visit_can_be_seen_again(clerk: Workspace) -> None:
    draft = clerk.visits.start(first(clerk), "onsite")
    nobody_home(draft)
    clerk.visits.attach(draft, "/data/photos/photo_1", "a.jpg", picture())
    review = clerk.visits.review(clerk.visits.finish(draft))
    (name,) = [name for name in review.attachments if name.startswith("photo_1")]
    assert clerk.visits.reviewed_file(review, name) == picture()
    assert clerk.visits.reviewed_file(review, "nothing.jpg") is None
