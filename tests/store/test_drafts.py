"""Drafts: durable at every save, kept 30 days when discarded, gone when finished."""

from __future__ import annotations

import dataclasses
import time

from fieldapp.store import DraftRecord, Store
from tests.store.change_samples import HOUSEHOLD, one_household, uid, visit
from tests.store.conftest import Laptop


def draft(
    id: str = "draft-1", *, saved_at: str = "2026-11-22T02:00:00Z", content: bytes = b"<data/>"
) -> DraftRecord:
    return DraftRecord(id, HOUSEHOLD, "张三", "visit", "2026112201", "onsite", saved_at, content, {})


def test_a_saved_draft_is_there_after_the_laptop_was_locked(laptop: Laptop) -> None:
    kept = dataclasses.replace(draft(), attachments={"photo_1.jpg": "a-1"})
    laptop.store.put_draft(kept)
    assert laptop.reopen().draft("draft-1") == kept


def test_saving_again_replaces_and_the_last_saved_comes_first(store: Store) -> None:
    store.put_draft(draft("a"))
    store.put_draft(draft("b", saved_at="2026-11-22T03:00:00Z"))
    store.put_draft(draft("a", saved_at="2026-11-22T04:00:00Z", content=b"<data>more</data>"))
    assert [(one.id, one.content) for one in store.drafts()] == [
        ("a", b"<data>more</data>"),
        ("b", b"<data/>"),
    ]


def test_a_discarded_draft_can_be_taken_back(store: Store) -> None:
    store.put_draft(draft())
    store.discard_draft("draft-1")
    assert (store.drafts(), store.draft("draft-1")) == ([], None)
    assert [one.id for one in store.discarded_drafts()] == ["draft-1"]
    store.restore_draft("draft-1")
    assert store.draft("draft-1") == draft()


def test_a_discarded_draft_is_kept_thirty_days_with_its_photos(laptop: Laptop) -> None:
    store = laptop.store
    store.put_draft(draft())
    store.put_attachment("photo-1", "draft-1", "photo_1.jpg", "image/jpeg", b"\xff\xd8\xff")
    store.discard_draft("draft-1")
    laptop.clock.advance(days=29, hours=23)
    store.tidy()
    assert [one.id for one in store.discarded_drafts()] == ["draft-1"]
    assert store.attachment("photo-1") == b"\xff\xd8\xff"
    laptop.clock.advance(hours=2)
    store.tidy()
    assert store.discarded_drafts() == []
    assert laptop.vault.attachments.ids() == []


def test_a_draft_that_waits_is_never_tidied_away(laptop: Laptop) -> None:
    laptop.store.put_draft(draft())
    laptop.clock.advance(days=400)
    laptop.store.tidy()
    assert [one.id for one in laptop.store.drafts()] == ["draft-1"]


def test_a_finished_draft_is_gone_and_only_the_photos_of_the_visit_stay(laptop: Laptop) -> None:
    store = laptop.store
    one_household(store)
    visit_id = uid("visit-1")
    store.put_draft(dataclasses.replace(draft(visit_id), attachments={"photo_1.jpg": "kept"}))
    for id in ("kept", "replaced"):
        store.put_attachment(id, visit_id, f"{id}.jpg", "image/jpeg", id.encode())
    store.apply(visit("visit-1", attachments={"photo_1.jpg": "kept"}))
    store.end_draft(visit_id)
    assert store.draft(visit_id) is None
    assert [info.id for info in store.attachments_of(visit_id)] == ["kept"]
    assert laptop.vault.attachments.ids() == ["kept"]


def test_a_file_whose_row_was_never_written_is_swept(laptop: Laptop) -> None:
    laptop.store.put_attachment("known", "draft-1", "a.jpg", "image/jpeg", b"1")
    laptop.vault.attachments.put("orphan", b"2")
    laptop.reopen().tidy()
    assert laptop.vault.attachments.ids() == ["known"]


def test_a_draft_is_saved_in_a_few_milliseconds(store: Store) -> None:
    content = bytes(range(256)) * 100
    store.put_draft(draft(content=content))
    taken = []
    for number in range(40):
        begun = time.perf_counter()
        store.put_draft(draft(content=content, saved_at=f"2026-11-22T02:00:{number:02d}Z"))
        taken.append(time.perf_counter() - begun)
    assert sorted(taken)[len(taken) // 2] < 0.05
