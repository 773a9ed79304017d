"""A file is the old one or the new one."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from fieldapp.common import files
from fieldapp.common.errors import KnownError


def test_a_written_file_replaces_the_old_one(tmp_path: Path) -> None:
    target = tmp_path / "张三 的电脑.json"
    files.atomic_write(target, b"old")
    files.atomic_write(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_a_full_disk_leaves_the_old_file_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "keys.json"
    files.atomic_write(target, b"old")

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KnownError) as caught:
        files.atomic_write(target, b"new")
    assert caught.value.code == "DISK-001"
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        files.atomic_write(tmp_path / "missing" / "file", b"x")
    assert caught.value.code == "DISK-002"
