"""A county's own blank, filled for real households: every word of the register, files that are not written over, a log."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.services.print_log import PrintLog
from fieldapp.services.table_builder import FillOrder
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes


def blank(path: Path, **cells: str) -> Path:
    book = openpyxl.Workbook()
    assert book.active is not None
    for place, text in cells.items():
        book.active[place] = text
    book.save(path)
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    sheet = openpyxl.load_workbook(path).active
    assert isinstance(sheet, Worksheet)
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def order(clerk: Workspace, number: int, *, as_list: bool = True) -> FillOrder:
    return FillOrder(tuple(homes(clerk)[:number]), "县里要的花名册", as_list)


def test_a_list_of_households_is_one_file_and_is_noted(clerk: Workspace, tmp_path: Path) -> None:
    made = clerk.table_builder.read(
        blank(
            tmp_path / "名单.xlsx", A1="【户主姓名】", B1="【家庭人口】", C1="【行政村】", D1="【帮扶责任人】"
        )
    )
    (path,) = clerk.table_builder.fill(made, order(clerk, 12), tmp_path / "完成.xlsx")
    told = rows(path)
    files = [clerk.households.file(home) for home in homes(clerk)[:12]]
    assert [row[0] for row in told] == [file.household.head_name for file in files]
    assert [row[1] for row in told] == [file.household.member_count for file in files]
    assert all(row[2] for row in told)
    act = PrintLog(clerk._store, clerk.person, clerk.clock).acts()[0]
    assert (act.purpose, act.to, len(act.households)) == ("县里要的花名册", "完成.xlsx", 12)


def test_a_file_each_with_a_row_a_member_and_nothing_written_over(clerk: Workspace, tmp_path: Path) -> None:
    made = clerk.table_builder.read(
        blank(
            tmp_path / "采集表.xlsx", A1="【户主姓名】", A2="【姓名】", B2="【证件号码|原样】", C2="【周岁】"
        )
    )
    folder = tmp_path / "每户一份"
    folder.mkdir()
    first = clerk.table_builder.fill(made, order(clerk, 3, as_list=False), folder)
    again = clerk.table_builder.fill(made, order(clerk, 3, as_list=False), folder)
    assert len({*first, *again}) == 6
    for home, path in zip(homes(clerk)[:3], first, strict=True):
        members = clerk.households.file(home).members
        told = rows(path)[1:]
        assert [row[0] for row in told] == [person.name for person in members]
        assert [row[1] for row in told] == [person.id_number or None for person in members]


def test_every_word_says_something_for_some_household_and_is_known(clerk: Workspace) -> None:
    words = {line.word: line for line in clerk.table_builder.words(homes(clerk)[0])}
    assert {"今天", "户主姓名", "家庭人口", "姓名", "与户主关系", "周岁", "耕地面积", "人均纯收入"} <= set(
        words
    )
    assert words["户主姓名"].example == clerk.households.file(homes(clerk)[0]).household.head_name
    assert "*" in words["户主证件号码"].example, "an example is not a way round the masks"


def test_the_placeholders_of_a_blank_are_told_with_an_example(clerk: Workspace, tmp_path: Path) -> None:
    made = clerk.table_builder.read(blank(tmp_path / "a.xlsx", A1="【今天】【户主姓名】", A2="【户主姓名】"))
    lines = clerk.table_builder.examples(made, homes(clerk)[0])
    assert [line.word for line in lines] == ["今天", "户主姓名"]
    assert all(line.example for line in lines)


def test_a_blank_that_would_be_spoilt_leaves_nothing_behind(clerk: Workspace, tmp_path: Path) -> None:
    path = blank(tmp_path / "b.xlsx", A1="【姓名】")
    book = openpyxl.load_workbook(path)
    assert book.active is not None
    book.active.merge_cells("A1:A2")
    book.save(path)
    folder = tmp_path / "出"
    folder.mkdir()
    crowd = next(home for home in homes(clerk) if len(clerk.households.file(home).members) > 1)
    with pytest.raises(KnownError) as told:
        clerk.table_builder.fill(
            clerk.table_builder.read(path), FillOrder((crowd,), "试", as_list=False), folder
        )
    assert told.value.code == "BLANK-005"
    assert list(folder.iterdir()) == []
    assert PrintLog(clerk._store, clerk.person, clerk.clock).acts() == []


def test_cancelling_keeps_what_is_finished(clerk: Workspace, tmp_path: Path) -> None:
    made = clerk.table_builder.read(blank(tmp_path / "c.xlsx", A1="【户主姓名】"))
    cancel = CancelToken()

    def stop_after_two(progress: Progress) -> None:
        if progress.done == 2:
            cancel.cancel()

    with pytest.raises(KnownError) as told:
        clerk.table_builder.fill(made, order(clerk, 6, as_list=False), tmp_path, stop_after_two, cancel)
    assert told.value.code == "TASK-001"
    assert 0 < len(list(tmp_path.glob("c-*.xlsx"))) < 6
