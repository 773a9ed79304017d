"""Photos: bytes before the row, sealed copies frozen before they are sent and made again afterwards."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.store import Store
from fieldapp.wire.blob import open_blob, seal_blob
from tests.store.change_samples import one_household, uid, visit
from tests.store.conftest import Laptop

PHOTO = b"\xff\xd8\xff" + bytes(range(256)) * 2000


def photographed(store: Store, id: str = "photo-1") -> None:
    store.put_attachment(id, uid("visit-1"), "photo_1.jpg", "image/jpeg", PHOTO, thumbnail=b"small")


def test_a_photo_and_what_is_known_of_it_are_kept(laptop: Laptop) -> None:
    photographed(laptop.store)
    store = laptop.reopen()
    info = store.attachment_info("photo-1")
    assert info is not None
    assert (info.name, info.media_type, info.size_bytes, info.thumbnail) == (
        "photo_1.jpg",
        "image/jpeg",
        len(PHOTO),
        b"small",
    )
    assert store.attachments_of(uid("visit-1")) == [info]
    assert store.attachment("photo-1") == PHOTO
    assert store.attachment_info("other") is None


def test_a_photo_of_a_draft_can_be_deleted_but_not_one_of_a_visit(store: Store) -> None:
    one_household(store)
    photographed(store)
    photographed(store, "photo-2")
    store.apply(visit("visit-1", attachments={"photo_1.jpg": "photo-1"}))
    with pytest.raises(ValueError, match="of a visit"):
        store.delete_attachment("photo-1")
    store.put_attachment("photo-3", "draft-9", "a.jpg", "image/jpeg", PHOTO)
    store.delete_attachment("photo-3")
    with pytest.raises(KnownError):
        store.attachment("photo-3")


def test_a_full_disk_leaves_no_row_without_bytes(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(KnownError) as caught:
        photographed(laptop.store)
    assert caught.value.code == "DISK-001"
    monkeypatch.undo()
    assert laptop.store.attachment_info("photo-1") is None


def test_the_sealed_copy_is_the_same_before_and_after_it_was_sent(laptop: Laptop) -> None:
    store = laptop.store
    photographed(store)
    assert store.sealed_blob("photo-1") is None
    made = seal_blob(PHOTO)
    store.freeze_blob("photo-1", made.digest, made.content, made.key)
    other = seal_blob(PHOTO)
    store.freeze_blob("photo-1", other.digest, other.content, other.key)
    frozen = (made.digest, made.content, made.key)
    assert store.sealed_blob("photo-1") == frozen
    assert store.unsent_blobs() == ["photo-1"]
    store = laptop.reopen()
    store.tidy()
    assert store.sealed_blob("photo-1") == frozen
    store.mark_blob_sent("photo-1")
    assert store.unsent_blobs() == []
    assert laptop.vault.attachments.ids() == ["photo-1"]
    again = store.sealed_blob("photo-1")
    assert again == frozen
    assert open_blob(again[1], again[2], again[0]) == PHOTO


def test_blobs_wait_in_the_order_in_which_they_were_frozen(laptop: Laptop) -> None:
    for id in ("b", "a", "c"):
        photographed(laptop.store, id)
        made = seal_blob(PHOTO)
        laptop.store.freeze_blob(id, made.digest, made.content, made.key)
        laptop.clock.advance(seconds=1)
    assert laptop.store.unsent_blobs() == ["b", "a", "c"]


def test_only_a_known_photo_is_frozen(store: Store) -> None:
    with pytest.raises(KeyError):
        store.freeze_blob("nobody", "ab", b"", b"")
