"""Orders of printing: lazily, in order, with progress, to be cancelled between two households."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.sheets import making
from fieldapp.sheets.making import make_carry, make_file, make_visit_list
from fieldapp.sheets.paper import HouseholdPaper
from fieldapp.sheets.pdf import page_count
from fieldapp.sheets.press import Press
from tests.sheets.extremes import empty
from tests.sheets.reading import STAMP, all_text
from tests.sheets.samples import ordinary


def village(count: int) -> list[HouseholdPaper]:
    base = empty()
    return [
        replace(
            base,
            household=replace(
                base.household, id=f"h{n}", house_no=f"4199{n:04d}", head_name=f"赵{'甲乙丙丁戊'[n]}"
            ),
        )
        for n in range(count)
    ]


def test_each_household_is_a_pdf_of_its_own_in_the_order_of_the_order() -> None:
    sheets = list(make_file(village(3), "full", **STAMP))
    assert [sheet.household_id for sheet in sheets] == ["h0", "h1", "h2"]
    assert [sheet.kind for sheet in sheets] == ["file"] * 3
    for sheet, name in zip(sheets, ("赵甲", "赵乙", "赵丙"), strict=True):
        assert name in all_text(sheet.pdf)
        assert (
            sheet.title == f"一户一档 {name} 4199000{sheet.household_id[-1:] if sheet.household_id else ''}"
        )
        assert sheet.pages == page_count(sheet.pdf)


def test_progress_counts_households_and_ends_complete() -> None:
    seen: list[Progress] = []
    list(make_carry(village(2), "full", **STAMP, progress=seen.append))
    assert [(each.done, each.total) for each in seen] == [(0, 2), (1, 2), (2, 2)]
    assert all("走访记录" in each.label_zh for each in seen)


def test_cancelling_stops_between_two_households_and_keeps_what_is_made() -> None:
    token = CancelToken()
    sheets = make_file(village(3), "full", **STAMP, cancel=token)
    first = next(sheets)
    token.cancel()
    with pytest.raises(KnownError) as caught:
        next(sheets)
    assert caught.value.code == "TASK-001"
    assert "赵甲" in all_text(first.pdf)


def test_an_order_of_nothing_makes_nothing() -> None:
    seen: list[Progress] = []
    assert list(make_file([], "full", **STAMP, progress=seen.append)) == []
    assert [(each.done, each.total) for each in seen] == [(0, 0)]


def test_the_press_rests_between_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    rests: list[int] = []
    monkeypatch.setattr(making, "CHUNK", 2)
    monkeypatch.setattr(Press, "rest", lambda self: rests.append(1))
    assert len(list(make_file(village(5), "full", **STAMP))) == 5
    assert len(rests) == 2


def test_two_orders_do_not_disturb_each_other() -> None:
    files = make_file(village(2), "full", **STAMP)
    carried = make_carry([ordinary()], "masked", **STAMP)
    first = next(files)
    other = next(carried)
    second = next(files)
    assert "赵甲" in all_text(first.pdf)
    assert "李茂森" in all_text(other.pdf)
    assert "赵乙" in all_text(second.pdf)
    assert "内部使用" not in all_text(second.pdf)


def test_who_prints_must_be_printable_too() -> None:
    with pytest.raises(KnownError) as caught:
        make_visit_list([], "full", **{**STAMP, "printed_by": "胡\ue000志"})
    assert caught.value.code == "SHEET-002"
