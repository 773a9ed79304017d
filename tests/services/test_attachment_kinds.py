"""Which files may be an answer: by their bytes, for the kind of question that asks."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.services.attachment_kinds import recognised
from fieldapp.wire.limits import MAX_BLOB_BYTES

GOOD = [
    ("image", "a.jpeg", b"\xff\xd8\xff\xe0", ".jpg"),
    ("image", "a.png", b"\x89PNG\r\n\x1a\n", ".png"),
    ("audio", "录音.m4a", b"\0\0\0\x20ftypM4A ", ".m4a"),
    ("audio", "a.mp3", b"ID3\x04", ".mp3"),
    ("audio", "a.mp3", b"\xff\xfb\x90\x00", ".mp3"),
    ("audio", "a.wav", b"RIFF\x24\0\0\0WAVE", ".wav"),
    ("audio", "a.ogg", b"OggS\0", ".ogg"),
    ("audio", "a.aac", b"\xff\xf1\x50\x80", ".aac"),
    ("audio", "a.amr", b"#!AMR\n", ".amr"),
    ("video", "a.mp4", b"\0\0\0\x20ftypisom", ".mp4"),
    ("video", "a.3gp", b"\0\0\0\x20ftyp3gp5", ".3gp"),
    ("video", "a.mov", b"\0\0\0\x14ftypqt  ", ".mov"),
    ("video", "a.webm", b"\x1a\x45\xdf\xa3", ".webm"),
    ("file", "评残表.pdf", b"%PDF-1.7", ".pdf"),
    ("file", "a.docx", b"PK\x03\x04", ".docx"),
    ("file", "a.xlsx", b"PK\x03\x04", ".xlsx"),
    ("file", "a.doc", b"\xd0\xcf\x11\xe0", ".doc"),
    ("file", "a.jpg", b"\xff\xd8\xff\xe0", ".jpg"),
    ("file", "a.txt", "说明".encode(), ".txt"),
    ("file", "没有后缀", b"abc", ".bin"),
]


@pytest.mark.parametrize(("kind", "name", "content", "suffix"), GOOD)
def test_a_file_of_the_kind_that_is_asked_for_is_taken(
    kind: str, name: str, content: bytes, suffix: str
) -> None:
    assert recognised(kind, name, content).suffix == suffix


BAD = [
    ("image", "a.jpg", b"GIF89a", "VISIT-004"),
    ("image", "a.jpg", b"%PDF-1.7", "VISIT-004"),
    ("image", "a.heic", b"\0\0\0\x20ftypheic", "VISIT-004"),
    ("audio", "a.mp3", b"%PDF-1.7", "VISIT-006"),
    ("audio", "a.m4a", b"\0\0\0\x20ftypisom", "VISIT-006"),
    ("video", "a.mp4", b"ID3\x04", "VISIT-007"),
    ("video", "a.mp4", b"", "VISIT-007"),
    ("file", "a.exe", b"abc", "VISIT-009"),
    ("file", "说明.pdf", b"MZ\x90", "VISIT-009"),
    ("file", "a.txt", b"#!/bin/sh", "VISIT-009"),
    ("file", "a.docm", b"PK\x03\x04", "VISIT-009"),
    ("file", "a.HTML", b"<html>", "VISIT-009"),
]


@pytest.mark.parametrize(("kind", "name", "content", "code"), BAD)
def test_any_other_file_is_refused_with_a_way_out(kind: str, name: str, content: bytes, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        recognised(kind, name, content)
    assert caught.value.code == code
    assert caught.value.remedy_zh


@pytest.mark.parametrize(
    ("kind", "code"), [("image", "VISIT-005"), ("video", "VISIT-008"), ("file", "VISIT-008")]
)
def test_what_could_never_be_sent_is_told_at_once(kind: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        recognised(kind, "a.mp4", b"\xff\xd8\xff" + bytes(MAX_BLOB_BYTES))
    assert caught.value.code == code
