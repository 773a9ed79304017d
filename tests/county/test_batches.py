"""Taking in a batch: once, whole, and each record by itself."""

from __future__ import annotations

import threading

import pytest

from fieldapp.county.batches import find_receipt, take_batch
from fieldapp.county.devices import revoke_device
from fieldapp.county.setup import County
from fieldapp.county.tables import BatchRow, LineRow, RecordRow
from fieldapp.tables.register import HouseholdRow, IssueRow, VisitRow
from fieldapp.wire.problems import WireError
from fieldapp.wire.records import Record
from tests.county.world import CLERK, OTHER, Laptop, enrolled, household_id, rows_of


def test_a_visit_is_stored_as_it_was_signed(county: County, helper: Laptop) -> None:
    record = helper.visit(1)
    (outcome,) = helper.send(record)
    assert (outcome.id, outcome.status) == (record.id, "stored")
    assert outcome.seq > 0
    (visit,) = rows_of(county, VisitRow)
    assert (visit.id, visit.household_id, visit.visit_date) == (record.id, household_id(1), "2026-11-20")
    assert (visit.visitor_id, visit.visitor_name, visit.mode, visit.summary) == (
        helper.person,
        "李帮扶",
        "door",
        "都好",
    )
    (line,) = rows_of(county, LineRow)
    assert record.id.encode() in line.raw


def test_the_same_batch_again_gives_the_same_receipt_bytes(county: County, helper: Laptop) -> None:
    batch_id, data = helper.seal(helper.visit(1))
    first, fresh = take_batch(county, helper.device, batch_id, data)
    again, fresh_again = take_batch(county, helper.device, batch_id, data)
    assert (first, fresh, fresh_again) == (again, True, False)
    assert find_receipt(county, helper.device, batch_id) == first
    assert len(rows_of(county, VisitRow)) == 1


def test_a_batch_id_with_other_bytes_is_refused(county: County, helper: Laptop) -> None:
    record = helper.visit(1)
    batch_id, data = helper.seal(record)
    helper.deliver(batch_id, data)
    _, other = helper.seal(record)
    with pytest.raises(WireError) as caught:
        take_batch(county, helper.device, batch_id, other)
    assert caught.value.slug == "batch-id-reuse"


def test_a_batch_under_a_wrong_address_is_refused(county: County, helper: Laptop) -> None:
    _, data = helper.seal(helper.visit(1))
    with pytest.raises(WireError) as caught:
        take_batch(county, helper.device, helper.new_id(), data)
    assert caught.value.slug == "bad-container"
    assert not rows_of(county, BatchRow)


def test_another_laptops_batch_is_not_taken_for_mine(county: County, helper: Laptop, clerk: Laptop) -> None:
    batch_id, data = helper.seal(helper.visit(1))
    with pytest.raises(WireError) as caught:
        take_batch(county, clerk.device, batch_id, data)
    assert caught.value.slug == "device-unknown"


def test_twenty_copies_at_once_make_one_visit(county: County, helper: Laptop) -> None:
    batch_id, data = helper.seal(*(helper.visit(1) for _ in range(5)))
    device = helper.device
    receipts: list[bytes] = []
    threads = [
        threading.Thread(target=lambda: receipts.append(take_batch(county, device, batch_id, data)[0]))
        for _ in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 20
    assert len(set(receipts)) == 1
    assert len(rows_of(county, VisitRow)) == 5


def test_one_bad_record_does_not_block_the_rest(county: County, helper: Laptop) -> None:
    strange = Record(helper.new_id(), "photo-album", helper.person, "2026-11-20T08:00:00Z", {})
    forged = Record(helper.new_id(), "visit", CLERK, "2026-11-20T08:00:00Z", helper.visit(1).body)
    malformed = helper.visit(1, visit_date="yesterday")
    bomb = helper.visit(1, xml='<!DOCTYPE d [<!ENTITY a "x">]><d>&a;</d>')
    good = helper.visit(1)
    outcomes = helper.send(strange, forged, malformed, bomb, good)
    assert [outcome.status for outcome in outcomes] == ["held", "rejected", "rejected", "rejected", "stored"]
    assert {outcome.detail for outcome in outcomes} == {"unknown-kind", "WIRE-006", ""}
    assert len(rows_of(county, VisitRow)) == 1
    assert len(rows_of(county, LineRow)) == 5


def test_our_own_bug_on_a_record_holds_it_and_takes_the_others(
    county: County, helper: Laptop, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a name must not be logged: 张三")

    monkeypatch.setattr("fieldapp.county.records.apply_patch", broken)
    outcomes = helper.send(helper.patch(1, {"phone": ("", "13900000000")}), helper.visit(1))
    assert [(o.status, o.detail) for o in outcomes] == [("held", "server-fault"), ("stored", "")]
    assert "RuntimeError" in caplog.text
    assert "张三" not in caplog.text


def test_a_record_in_two_batches_is_a_duplicate_and_changed_it_is_a_conflict(
    county: County, helper: Laptop
) -> None:
    record = helper.visit(1)
    (first,) = helper.send(record)
    (again,) = helper.send(record)
    assert (again.status, again.seq) == ("duplicate", first.seq)
    changed = Record(record.id, record.kind, record.author, record.at, {**record.body, "status": "away"})
    (conflict,) = helper.send(changed)
    assert conflict.status == "id_conflict"
    assert len(rows_of(county, VisitRow)) == 1
    assert len(rows_of(county, RecordRow)) == 1
    assert len(rows_of(county, LineRow)) == 3


def test_a_rejected_record_can_come_mended_under_its_id(county: County, helper: Laptop) -> None:
    bad = helper.visit(1, visit_date="yesterday")
    (refused,) = helper.send(bad)
    good = Record(bad.id, bad.kind, bad.author, bad.at, {**bad.body, "visit_date": "2026-11-19"})
    (stored,) = helper.send(good)
    assert (refused.status, stored.status) == ("rejected", "stored")


def test_answers_make_issues_by_rule_and_only_once(county: County, helper: Laptop) -> None:
    record = helper.visit(1, answers={"housing_ok": "no", "housing_note": "后墙裂缝"})
    (stored,) = helper.send(record)
    assert stored.status == "stored"
    (issue,) = rows_of(county, IssueRow)
    assert (issue.kind, issue.description, issue.state) == ("housing", "后墙裂缝", "open")
    echo = {
        "kind": (None, "housing"),
        "description": (None, "后墙裂缝"),
        "household_id": (None, household_id(1)),
        "state": (None, "open"),
        "found_on": (None, "2026-11-20"),
        "source": (None, "visit"),
    }
    (applied,) = helper.send(
        helper.patch(1, echo, list_name="issues", entity=issue.id, base=0, visit=record.id)
    )
    assert applied.status == "applied"
    assert len(rows_of(county, IssueRow)) == 1


def test_an_effect_that_arrives_before_its_visit_is_the_same_record(county: County, helper: Laptop) -> None:
    record = helper.visit(1, answers={"lead_needed": "yes", "lead_situation": "重病"})
    (_, ahead) = helper.send(
        helper.visit(3),
        helper.patch(
            1,
            {"situation": (None, "重病"), "state": (None, "open"), "source": (None, "visit")},
            list_name="leads",
            entity=lead_id(record.id),
            base=0,
            visit=record.id,
        ),
    )
    (stored,) = helper.send(record)
    assert (ahead.status, stored.status) == ("applied", "stored")


def lead_id(visit: str) -> str:
    from fieldapp.common.ids import derived_id

    return derived_id("effect", visit, "visit-lead")


def test_a_correction_supersedes_the_former_visit(county: County, helper: Laptop) -> None:
    first = helper.visit(1)
    helper.send(first)
    helper.send(helper.visit(1, supersedes=first.id))
    assert sorted(row.status for row in rows_of(county, VisitRow)) == ["active", "superseded"]


def test_visits_outside_the_scope_or_to_nobody_are_held(county: County, helper: Laptop) -> None:
    unknown = helper.visit(1, household="01900000-0000-7000-8000-000000000999")
    outcomes = helper.send(helper.visit(4), unknown)
    assert [(o.status, o.detail) for o in outcomes] == [
        ("held", "out-of-scope"),
        ("held", "unknown-household"),
    ]
    assert not rows_of(county, VisitRow)


def test_after_a_gap_visits_are_stored_and_facts_wait_until_it_closes(county: County, helper: Laptop) -> None:
    missing = helper.seal(helper.patch(1, {"phone": ("13800000000", "13811111111")}))
    late = helper.seal(helper.visit(1), helper.patch(1, {"phone": ("13811111111", "13822222222")}, base=1))
    outcomes = helper.deliver(*late).outcomes
    assert [(o.status, o.detail) for o in outcomes] == [("stored", ""), ("held", "gap")]
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert household.phone == "13800000000"
    assert helper.deliver(*missing).outcomes[0].status == "applied"
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert household.phone == "13822222222"
    assert [line.status for line in rows_of(county, LineRow, batch_id=late[0])] == ["stored", "applied"]
    assert helper.device.last_bseq == 2
    assert helper.deliver(*late).outcomes[1].status == "held"
    (after,) = helper.send(helper.patch(1, {"phone": ("13822222222", "13833333333")}))
    assert after.status == "applied"


def test_two_batches_of_one_number_are_a_fork_and_its_facts_wait(county: County, helper: Laptop) -> None:
    helper.send(helper.visit(1))
    (visit, patch) = helper.deliver(
        *helper.seal(helper.visit(1), helper.patch(1, {"phone": ("", "13811111111")}), bseq=1)
    ).outcomes
    assert (visit.status, patch.status, patch.detail) == ("stored", "held", "fork")


def test_a_revoked_laptops_batch_is_kept_in_quarantine(county: County, helper: Laptop) -> None:
    revoke_device(county, helper.device_id)
    (outcome,) = helper.send(helper.visit(1))
    assert (outcome.status, outcome.detail) == ("held", "device-revoked")
    assert not rows_of(county, VisitRow)
    assert len(rows_of(county, BatchRow)) == 1


def test_a_former_helpers_visit_is_still_accepted(county: County, helper: Laptop) -> None:
    end_pairing(county, 1)
    (visit, patch) = helper.send(helper.visit(1), helper.patch(1, {"phone": ("13800000000", "13811111111")}))
    assert (visit.status, patch.status) == ("stored", "conflict")
    (household,) = rows_of(county, HouseholdRow, id=household_id(1))
    assert household.phone == "13800000000"


def end_pairing(county: County, number: int) -> None:
    from sqlalchemy import update

    from fieldapp.county.tables import table_of
    from fieldapp.tables.register import PairingRow

    table = table_of(PairingRow)
    with county.database.write() as connection:
        connection.execute(
            update(table).where(table.c.household_id == household_id(number)).values(ended="2026-06-30")
        )


def test_a_stranger_to_the_household_changes_nothing(county: County) -> None:
    other = enrolled(county, OTHER)
    (outcome,) = other.send(other.patch(1, {"phone": ("13800000000", "13811111111")}))
    assert (outcome.status, outcome.detail) == ("held", "out-of-scope")
