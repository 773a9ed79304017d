from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.vault import AttachmentFolder, StoredAttachment, Vault
from fieldapp.vault.sealing import CHUNK_BYTES, NotAuthentic, SealedReader, seal, unseal
from tests.vault.conftest import Home, unhurried

KEY = b"a" * 32
EDGES = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 7]


def photo(size: int) -> bytes:
    return (hashlib.sha256(b"photo").digest() * (size // 32 + 1))[:size]


@pytest.fixture
def folder(tmp_path: Path) -> AttachmentFolder:
    return AttachmentFolder(tmp_path / "附件", KEY)


@pytest.mark.parametrize("size", EDGES)
def test_what_was_put_comes_back_at_every_edge(folder: AttachmentFolder, size: int) -> None:
    content = photo(size)
    assert folder.put("p1", content) == StoredAttachment("p1", size, hashlib.sha256(content).hexdigest())
    assert folder.get("p1") == content
    with folder.open_stream("p1") as stream:
        assert stream.read() == content


@unhurried
@given(content=st.binary(max_size=2000), name=st.text(max_size=20))
def test_sealing_is_undone_by_unsealing_and_hides_the_content(content: bytes, name: str) -> None:
    sealed = seal(KEY, name, content)
    assert unseal(KEY, name, sealed) == content
    assert len(sealed) == 40 + len(content) + 16
    assert len(content) < 8 or content not in sealed


@unhurried
@given(data=st.data())
def test_a_stream_reads_from_anywhere_like_a_file(data: st.DataObject) -> None:
    content = photo(data.draw(st.sampled_from(EDGES)))
    plain, reader = (
        io.BytesIO(content),
        io.BufferedReader(SealedReader(io.BytesIO(seal(KEY, "n", content)), KEY, "n")),
    )
    for _ in range(data.draw(st.integers(1, 6))):
        position = data.draw(st.integers(0, len(content) + 10))
        count = data.draw(st.sampled_from([0, 1, 100, CHUNK_BYTES, len(content)]))
        assert plain.seek(position) == reader.seek(position)
        assert plain.read(count) == reader.read(count)
        assert plain.tell() == reader.tell()
    assert reader.seek(-min(3, len(content)), io.SEEK_END) == plain.seek(-min(3, len(content)), io.SEEK_END)
    assert reader.read() == plain.read()


@unhurried
@given(data=st.data())
def test_a_flipped_bit_is_noticed(data: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, "n", photo(data.draw(st.sampled_from([0, 5, 300])))))
    sealed[data.draw(st.integers(0, len(sealed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(NotAuthentic):
        unseal(KEY, "n", bytes(sealed))


@pytest.mark.parametrize("size", EDGES)
def test_a_truncated_file_is_noticed_before_the_first_byte_is_given_out(size: int) -> None:
    sealed = seal(KEY, "n", photo(size))
    chunk = CHUNK_BYTES + 16
    cuts = {
        0,
        1,
        39,
        40,
        41,
        56,
        len(sealed) - 1,
        len(sealed) - 16,
        len(sealed) - 17,
        40 + chunk,
        40 + chunk + 16,
    }
    for cut in sorted(cut for cut in cuts if 0 <= cut < len(sealed)):
        with pytest.raises(NotAuthentic):
            SealedReader(io.BytesIO(sealed[:cut]), KEY, "n")


def test_longer_swapped_renamed_and_foreign_files_are_noticed() -> None:
    first, second = (seal(KEY, "n", photo(2 * CHUNK_BYTES + 5)) for _ in range(2))
    chunk = CHUNK_BYTES + 16
    assert first[40:] != second[40:], "the same content twice must not look the same"
    swapped = (
        first[:40] + first[40 + chunk : 40 + 2 * chunk] + first[40 : 40 + chunk] + first[40 + 2 * chunk :]
    )
    mixed = first[: 40 + chunk] + second[40 + chunk :]
    for sealed in (first + b"\x00", first + first[40:], swapped, mixed):
        with pytest.raises(NotAuthentic):
            unseal(KEY, "n", sealed)
    for key, name in ((KEY, "m"), (b"b" * 32, "n")):
        with pytest.raises(NotAuthentic):
            unseal(key, name, first)


def test_a_photo_retaken_under_the_same_id_uses_another_key(folder: AttachmentFolder, tmp_path: Path) -> None:
    path = tmp_path / "附件" / "p1.att"
    folder.put("p1", b"first photo")
    first = path.read_bytes()
    folder.put("p1", b"other photo")
    second = path.read_bytes()
    assert first[8:40] != second[8:40]
    one, two = (int.from_bytes(sealed[40:51], "big") for sealed in (first, second))
    assert one ^ two != int.from_bytes(b"first photo", "big") ^ int.from_bytes(b"other photo", "big")
    assert folder.get("p1") == b"other photo"


def test_missing_damaged_and_exchanged_files_are_known_errors(
    folder: AttachmentFolder, tmp_path: Path
) -> None:
    folder.put("p1", photo(1000))
    folder.put("p2", photo(2000))
    for read in (folder.get, folder.open_stream):
        with pytest.raises(KnownError) as error:
            read("p3")
        assert error.value.code == "VAULT-015"
    (tmp_path / "附件" / "p1.att").write_bytes((tmp_path / "附件" / "p2.att").read_bytes())
    for read in (folder.get, folder.open_stream):
        with pytest.raises(KnownError) as error:
            read("p1")
        assert error.value.code == "VAULT-016"
    assert [problem.code for problem in folder.damaged()] == ["VAULT-016"]


def test_damage_in_the_middle_is_named_while_reading(folder: AttachmentFolder, tmp_path: Path) -> None:
    folder.put("p1", photo(3 * CHUNK_BYTES))
    path = tmp_path / "附件" / "p1.att"
    content = bytearray(path.read_bytes())
    content[40 + CHUNK_BYTES + 100] ^= 1
    path.write_bytes(content)
    with folder.open_stream("p1") as stream:
        assert stream.read(CHUNK_BYTES) == photo(CHUNK_BYTES)
        with pytest.raises(KnownError, match="VAULT-016"):
            stream.read(CHUNK_BYTES)


@pytest.mark.parametrize("id", ["", "..", "../x", "a/b", "a\\b", "A", "a.b", "张三", "a" * 101, "-a", "a\n"])
def test_an_id_can_name_nothing_outside_the_folder(folder: AttachmentFolder, id: str) -> None:
    with pytest.raises(ValueError, match="not an attachment id"):
        folder.put(id, b"x")


def test_the_sweep_takes_orphans_and_leftovers_but_nothing_new(vault: Vault, home: Home) -> None:
    for id in ("known", "orphan"):
        vault.attachments.put(id, b"x")
    vault.close()
    leftover = home.folder / "attachments" / "half.att.part"
    leftover.write_bytes(b"half")
    with home.open() as again:
        again.attachments.put("just-taken", b"x")
        assert again.attachments.orphans({"known"}) == ["orphan"]
        assert again.attachments.sweep({"known"}) == ["orphan"]
        assert again.attachments.ids() == ["just-taken", "known"]
    assert not leftover.exists()


def test_deleting_is_final_and_twice_is_fine(folder: AttachmentFolder) -> None:
    folder.delete("p1")
    folder.put("p1", b"x")
    folder.delete("p1")
    folder.delete("p1")
    assert folder.ids() == []


def test_a_place_that_cannot_be_written_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(KnownError, match="DISK-002"):
        AttachmentFolder(tmp_path / "file", KEY).put("p1", b"x")
