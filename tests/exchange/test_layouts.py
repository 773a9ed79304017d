"""Layouts are data: the shipped ones fit the register and the export, and a wrong one is refused when it is loaded."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fieldapp.common.resources import resources_dir
from fieldapp.exchange import load_layout, read_register_book, shipped_layouts
from fieldapp.exchange.findings import column_letter
from tests.exchange.workbooks import PERSONS, TODAY, VILLAGE, VILLAGES, person, save_book

NATIONAL = resources_dir() / "layouts" / "national.toml"


def changed(folder: Path, old: str, new: str) -> Path:
    text = NATIONAL.read_text("utf-8")
    assert old in text
    path = folder / "changed.toml"
    path.write_text(text.replace(old, new), "utf-8")
    return path


def test_the_person_sheets_reach_fu_as_the_national_export_does() -> None:
    for index in (0, 1):
        columns = shipped_layouts().register.sheet("persons", index).columns
        assert (len(columns), column_letter(len(columns) - 1)) == (177, "FU")


def test_columns_are_lettered_as_spreadsheets_do() -> None:
    assert [column_letter(index) for index in (0, 25, 26, 51, 52, 176, 701, 702)] == [
        *("A", "Z", "AA", "AZ", "BA", "FU", "ZZ", "AAA")
    ]


def test_headers_belong_in_the_third_row() -> None:
    assert (shipped_layouts().register.header_row, shipped_layouts().ledger.header_row) == (3, 3)


def test_sheet_names_of_the_export_are_known() -> None:
    sheets = shipped_layouts().register.sheets
    named = {
        name: next(sheet.kind for sheet in sheets if sheet.named(name))
        for name in (
            PERSONS,
            "(自定义)监测对象信息",
            "（乡村建设）户信息_20240131",
            VILLAGES,
            "（自定义）一般农户信息",
        )
    }
    assert list(named.values()) == ["persons", "persons", "households", "villages", "persons"]


def test_posts_have_roles_and_any_other_post_is_a_helper() -> None:
    register = shipped_layouts().register
    posts = ("第一书记", "包村干部", "县防返贫监测专班", "帮扶责任人", "")
    assert [register.role_of(post) for post in posts] == ["clerk", "town", "county", "helper", "helper"]


def test_a_changed_heading_is_a_changed_file(tmp_path: Path) -> None:
    layout = load_layout(
        changed(tmp_path, '{ h = "户编号", also = ["户编码"]', '{ h = "农户编码", also = []')
    )
    rows = [{"农户编码" if key == "户编号" else key: value for key, value in person().items()}]
    path = save_book(tmp_path / "a.xlsx", {VILLAGES: [VILLAGE], PERSONS: rows})
    layouts = replace(shipped_layouts(), register=layout)
    assert read_register_book(path, layouts, today=TODAY).counts.persons == 1


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('"persons.ethnicity"', '"persons.star_sign"', KeyError),
        ('"area.town"', '"area.planet"', KeyError),
        ('flag = "resident"', 'flag = "martian"', ValueError),
        ('{ h = "监测联系人" }', '{ h = "姓名" }', ValueError),
        ('{ h = "监测联系人" }', '{ h = "监测联系人", reqired = true }', ValueError),
    ],
)
def test_a_layout_that_contradicts_the_register_is_refused(
    tmp_path: Path, old: str, new: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        load_layout(changed(tmp_path, old, new))
