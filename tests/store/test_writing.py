"""The one write path: everything of a change, once, or nothing."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, event

from fieldapp.common.errors import KnownError
from fieldapp.register.change import Held
from fieldapp.store import Store
from fieldapp.store.base import raw
from tests.store.change_samples import (
    HOUSEHOLD,
    PERSON,
    correction,
    household_row,
    new_person,
    one_household,
    patch,
    uid,
    visit,
    visit_patch,
)
from tests.store.conftest import DEVICE, Laptop
from tests.store.dumping import dump


def test_a_visit_writes_register_history_document_outbox_and_journal(store: Store) -> None:
    one_household(store)
    done = store.apply(
        visit("visit-1", patch({"food_ok": (True, False), "phone": ("13800001234", "13900005678")}))
    )
    records = store.household_file(HOUSEHOLD)
    assert records.household.phone == "13900005678"
    assert records.household.get("food_ok") is False
    assert records.household.version == 3
    assert [line.visit.summary for line in records.visits] == ["墙面有裂缝"]
    assert [(line.ladder, line.facts_changed) for line in records.visits] == [("saved", 2)]
    origin = records.facts["households", HOUSEHOLD, "food_ok"]
    assert (origin.since, origin.visit_id, origin.author_name) == ("2026-11-20", uid("visit-1"), "王芳")
    assert origin.value_before is True
    assert [record.kind for record in store.pending(10)] == ["visit", "patch"]
    assert done.record_ids == tuple(record.id for record in store.pending(10))
    assert done.facts == 2
    assert store.vault.journal.head().seq == done.journal_seq


def test_a_change_is_applied_once_however_often_it_comes(store: Store) -> None:
    one_household(store)
    change = visit("visit-1", patch({"food_ok": (True, False)}), new_person("李四"))
    first = store.apply(change)
    before = dump(store)
    again = store.apply(change)
    assert again.repeated
    assert again.journal_seq == first.journal_seq
    assert dump(store) == before


def test_the_same_visit_under_another_change_id_is_not_written_twice(store: Store) -> None:
    one_household(store)
    change = visit("visit-1")
    store.apply(change)
    assert store.apply(dataclasses.replace(change, id=uid("other"))).repeated


def test_a_record_travels_with_old_and_new_values_and_the_version_that_was_seen(store: Store) -> None:
    one_household(store)
    store.apply(visit("visit-1", patch({"phone": ("13800001234", "13900005678")})))
    sent, changed = store.pending(10)
    assert sent.id == uid("visit-1")
    assert sent.body["household"] == HOUSEHOLD
    assert sent.body["form"] == {"id": "visit", "version": "2026112201", "sha256": "ab" * 32}
    assert sent.body["facts"]["mode"] == "door"
    assert (sent.body["visit_date"], sent.body["source"], sent.body["status"]) == (
        "2026-11-20",
        "paper",
        "met",
    )
    assert changed.body["fields"] == {"phone": ["13800001234", "13900005678"]}
    assert (changed.body["base_version"], changed.body["create"]) == (3, False)
    assert changed.body["visit"] == uid("visit-1")


def test_a_second_edit_of_a_field_names_the_version_at_which_the_first_was_made(store: Store) -> None:
    """The county's newer version of the record says nothing about the field this laptop still holds back."""
    one_household(store)
    store.apply(correction("one", patch({"phone": ("13800001234", "13900000001")})))

    store.apply_feed([household_row(version=7, phone="13700000000", door_no="8号")], "cursor-2")
    assert store.household_file(HOUSEHOLD).household.phone == "13900000001"
    store.apply(
        correction("two", patch({"phone": ("13900000001", "13900000002"), "door_no": ("8号", "9号")}, base=7))
    )
    bodies = [record.body for record in store.pending(10)]
    assert [(body["base_version"], sorted(body["fields"])) for body in bodies] == [
        (3, ["phone"]),
        (3, ["phone"]),
        (7, ["door_no"]),
    ]


def test_a_member_that_a_visit_adds_is_a_new_record_of_the_household(store: Store) -> None:
    one_household(store)
    done = store.apply(
        visit("visit-1", new_person("李四", relationship="spouse", joined_reason="married_in"))
    )
    assert done.held == ()
    members = store.household_file(HOUSEHOLD).members
    assert [(member.name, member.line_no, member.household_id) for member in members] == [
        ("张三", 1, HOUSEHOLD),
        ("李四", 0, HOUSEHOLD),
    ]
    body = store.pending(10)[1].body
    assert body["create"]
    assert body["fields"]["household_id"] == [None, HOUSEHOLD]


def test_a_member_who_left_is_former_and_travels_as_a_status(store: Store) -> None:
    one_household(store)
    left = patch(
        {"left_reason": (None, "married_out")},
        list_name="persons",
        entity_id=PERSON,
        base=2,
        status=("active", "left"),
    )
    store.apply(visit("visit-1", left))
    records = store.household_file(HOUSEHOLD)
    assert records.members == ()
    assert [person.get("left_reason") for person in records.former_members] == ["married_out"]
    assert store.pending(10)[1].body["status"] == ["active", "left"]
    assert [line.value for line in store.fact_history("persons", PERSON, "status")] == ["left"]


def test_answers_that_were_held_are_kept_with_their_reason(store: Store) -> None:
    one_household(store)
    told = Held("households", HOUSEHOLD, "arable_mu", "三亩多", "“三亩多”不是数字", "not a number")
    change = dataclasses.replace(visit("visit-1"), held=(told,))
    assert store.apply(change).held == (told,)
    [kept] = store.held_answers(HOUSEHOLD)
    assert (kept.name, kept.text, kept.reason_zh) == ("arable_mu", "三亩多", "“三亩多”不是数字")
    store.settle_held([kept.id], settled=True)
    assert store.held_answers() == []


def test_what_came_from_the_county_is_not_sent_back(store: Store) -> None:
    one_household(store)
    store.apply(
        correction("pulled", patch({"household_type": ("out_of_poverty", "ordinary")}, base=9), kind="pull")
    )
    household = store.household_file(HOUSEHOLD).household
    assert (household.household_type, household.version) == ("ordinary", 9)
    assert store.pending(10) == []


def test_a_text_that_cannot_be_stored_is_refused_before_anything_is_written(store: Store) -> None:
    one_household(store)
    before = dump(store)
    for text in ("a\x00b", "\ud83d"):
        with pytest.raises(KnownError) as caught:
            store.apply(correction(f"bad {len(text)}", patch({"phone": (None, text)})))
        assert caught.value.code == "STORE-004"
    assert dump(store) == before


def test_a_visit_too_large_to_travel_stays_a_draft(store: Store) -> None:
    one_household(store)
    before = dump(store)
    with pytest.raises(KnownError) as caught:
        store.apply(visit("visit-1", xml=b"<data>" + b"x" * 300_000 + b"</data>"))
    assert caught.value.code == "STORE-005"
    assert dump(store) == before


def test_a_visit_without_its_day_is_a_bug_and_writes_nothing(store: Store) -> None:
    one_household(store)
    change = visit("visit-1")
    fields = {
        name: value for name, value in visit_patch(uid("visit-1")).fields.items() if name != "visit_date"
    }
    broken = dataclasses.replace(change, patches=(dataclasses.replace(change.patches[0], fields=fields),))
    with pytest.raises(ValueError, match="without household or date"):
        store.apply(broken)
    assert store.pending(10) == []


def test_a_full_disk_leaves_nothing_half_done(laptop: Laptop) -> None:
    one_household(laptop.store)
    before = dump(laptop.store)
    with laptop.vault.writer() as connection:
        used = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {used}")
    xml = b"<data>" + bytes(str(list(range(40_000))), "ascii")[:200_000] + b"</data>"
    change = visit("visit-1", patch({"food_ok": (True, False)}), xml=xml)
    with pytest.raises(KnownError) as caught:
        laptop.store.apply(change)
    assert caught.value.code == "DISK-001"
    assert dump(laptop.store) == before
    with laptop.vault.writer() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 1000000")
    assert not laptop.store.apply(change).repeated
    assert laptop.vault.integrity().ok


def test_whichever_statement_fails_nothing_is_half_done(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = laptop.store
    one_household(store)
    change = visit("visit-1", patch({"food_ok": (True, False)}), new_person("李四"))
    before = dump(store)
    failures = _fail_at_each_statement(store, monkeypatch, lambda: store.apply(change))
    assert failures > 8
    monkeypatch.undo()
    assert dump(store) == before
    assert not store.apply(change).repeated
    assert store.vault.journal.head().seq == laptop.reopen().vault.journal.head().seq


def _fail_at_each_statement(store: Store, monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> int:
    """Let the 1st, 2nd, 3rd … statement of the writer fail, until the act would succeed; that one fails at its end."""
    real = store.vault.writer
    state = {"at": 0, "seen": 0}

    @contextlib.contextmanager
    def writer(**options: Any) -> Iterator[Connection]:
        with real(**options) as connection:

            def count(*_: object) -> None:
                state["seen"] += 1
                if state["seen"] == state["at"]:
                    raise OSError(28, "No space left on device")

            event.listen(connection, "before_cursor_execute", count)
            yield connection
            if state["seen"] < state["at"]:
                raise OSError(28, "at the end")

    monkeypatch.setattr(store.vault, "writer", writer)
    while True:
        state["at"], state["seen"] = state["at"] + 1, 0
        with pytest.raises(OSError, match="No space|at the end") as caught:
            act()
        if "end" in str(caught.value):
            return state["at"]


def test_the_writer_of_a_fact_is_this_device(store: Store) -> None:
    one_household(store)
    store.apply(correction("one", patch({"phone": ("13800001234", "13900000001")})))
    with store.vault.reader() as connection:
        rows = raw(connection).execute("SELECT writer, version, reason FROM facts").fetchall()
    assert rows == [(DEVICE, 3, "核对户口簿")]
