"""The stream of an old workbook survives being put into a clean container."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import olefile  # type: ignore[import-untyped]
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.exchange.old_container import clean_container, workbook_stream
from fieldapp.exchange.surveys import Damaged, survey_biff

FIXTURE = Path(__file__).parent / "fixtures" / "real.xls"


def stream_of(container: bytes) -> bytes:
    with olefile.OleFileIO(io.BytesIO(container), raise_defects=olefile.DEFECT_UNSURE) as ole:
        assert ole.listdir() == [["Workbook"]]
        assert ole.parsing_issues == []
        content: bytes = ole.openstream("Workbook").read()
        return content


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=20_000))
def test_a_stream_comes_out_as_it_went_in(stream: bytes) -> None:
    assert stream_of(clean_container(stream))[: len(stream)] == stream


@pytest.mark.parametrize("size", [0, 4095, 4096, 4097, 128 * 512, 109 * 128 * 512, 8 << 20])
def test_streams_at_the_edges_of_the_format_come_out_whole(size: int) -> None:
    stream = (b"0123456789abcdef" * (size // 16 + 1))[:size]
    assert stream_of(clean_container(stream))[:size] == stream


def test_a_real_workbook_is_surveyed() -> None:
    stream = workbook_stream(FIXTURE.read_bytes())
    assert stream is not None
    villages, persons = survey_biff(stream)
    assert not villages.hidden
    assert persons.hidden == {5}
    assert (persons.rows, persons.columns) == (8, 10)


def test_dimensions_that_cannot_be_are_damage() -> None:
    stream = workbook_stream(FIXTURE.read_bytes())
    assert stream is not None
    at = stream.index(struct.pack("<HH", 0x0200, 14)) + 4
    for first, last in ((9, 2), (0, 2_000_000_000)):
        wrong = stream[:at] + struct.pack("<II", first, last) + stream[at + 8 :]
        with pytest.raises(Damaged):
            survey_biff(wrong)
