"""Two processes write what one writes; when the other cannot, this one does."""

from __future__ import annotations

import dataclasses
import multiprocessing
from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.demo.generate import SMALL, GeneratedCounty, generate_county, press
from tests.demo.small_county import TODAY

TWO_TOWNS = dataclasses.replace(SMALL, name="two towns", towns=2, villages=4)


def generated(folder: Path, monkeypatch: pytest.MonkeyPatch, processors: int) -> GeneratedCounty:
    monkeypatch.setattr(press, "processors", lambda: processors)
    return generate_county(folder, seed=1, today=TODAY, scale=TWO_TOWNS)


def contents(county: GeneratedCounty) -> list[bytes]:
    return [path.read_bytes() for path in (*county.register_books, *county.ledgers)]


def test_two_processes_write_the_same_bytes_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alone = generated(tmp_path / "alone", monkeypatch, 1)
    beside = generated(tmp_path / "beside", monkeypatch, 2)
    assert len(beside.register_books) == 2
    assert contents(beside) == contents(alone)
    assert beside.manifest == alone.manifest
    assert multiprocessing.active_children() == []


def test_a_process_that_cannot_start_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = contents(generated(tmp_path / "alone", monkeypatch, 1))

    def refuse(*_: object, **__: object) -> None:
        raise OSError("no more processes")

    monkeypatch.setattr(press, "ProcessPoolExecutor", refuse)
    assert contents(generated(tmp_path / "refused", monkeypatch, 2)) == expected


def test_a_process_that_dies_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = contents(generated(tmp_path / "alone", monkeypatch, 1))
    begun = press.BookPress.put

    def put(self: press.BookPress, *arguments: object) -> None:
        begun(self, *arguments)  # type: ignore[arg-type]
        for child in multiprocessing.active_children():
            child.kill()

    monkeypatch.setattr(press.BookPress, "put", put)
    assert contents(generated(tmp_path / "died", monkeypatch, 2)) == expected


def test_cancelling_ends_the_other_process_and_leaves_no_half_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(press, "processors", lambda: 2)
    cancel = CancelToken()

    def watch(progress: Progress) -> None:
        if progress.done:
            cancel.cancel()

    with pytest.raises(KnownError) as caught:
        generate_county(tmp_path, seed=1, today=TODAY, scale=TWO_TOWNS, progress=watch, cancel=cancel)
    assert caught.value.code == "TASK-001"
    assert multiprocessing.active_children() == []
    assert {path.suffix for path in tmp_path.iterdir()} <= {".xlsx"}


def test_an_error_of_the_other_process_is_told_by_this_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "襄城县_01城关镇_导出.xlsx").mkdir()
    with pytest.raises(KnownError) as caught:
        generated(tmp_path, monkeypatch, 2)
    assert caught.value.code == "DISK-002"
    assert multiprocessing.active_children() == []
