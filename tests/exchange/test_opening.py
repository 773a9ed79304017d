"""Workbooks are opened by what they are, whatever their name says; what cannot be opened says what to do."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msoffcrypto.format.ooxml import OOXMLFile

from fieldapp.common.errors import KnownError
from fieldapp.exchange import opening
from fieldapp.exchange.opening import open_book
from tests.common.damage import damaged_archives
from tests.exchange.workbooks import (
    HEAD_ID,
    PERSONS,
    VILLAGE,
    VILLAGES,
    book_bytes,
    change_book,
    codes,
    only,
    person,
    read,
    save_book,
    wife,
)

FIXTURES = Path(__file__).parent / "fixtures"
GOOD = {VILLAGES: [VILLAGE], PERSONS: [person(), wife()]}
TEXT_ROWS = [person(村代码="411025100201"), wife(村代码="411025100201")]


def refused(path: Path, password: str | None = None) -> KnownError:
    with pytest.raises(KnownError) as caught:
        read(path, password=password)
    return caught.value


def encrypted(path: Path, password: str) -> Path:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(book_bytes(GOOD))).encrypt(password, target)
    path.write_bytes(target.getvalue())
    return path


def html(rows: list[dict[str, str]], *, charset: str, style: str = "") -> str:
    heads = "".join(f"<th>{name}</th>" for name in rows[0])
    body = "".join(f"<tr{style}>{''.join(f'<td>{cell}</td>' for cell in row.values())}</tr>" for row in rows)
    return (
        f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}"></head><body>'
        f"<table><tr><td colspan={len(rows[0])}>监测对象信息</td></tr><tr><td></td></tr><tr>{heads}</tr>{body}"
        "</table></body></html>"
    )


def csv_text(rows: list[dict[str, str]], delimiter: str = ",") -> str:
    lines = [["监测对象信息"], [], list(rows[0]), *(list(row.values()) for row in rows)]
    return "\r\n".join(delimiter.join(line) for line in lines)


def known_village() -> list[object]:
    from fieldapp.register.entities import Area

    return [
        Area(code="411025100", parent="411025", name="城关镇", level="town"),
        Area(code="411025100201", parent="411025100", name="王庄村", level="village"),
    ]


def test_an_xlsx_is_read(tmp_path: Path) -> None:
    reading = read(save_book(tmp_path / "a.xlsx", GOOD))
    assert (reading.counts.households, reading.counts.persons) == (1, 2)
    assert reading.findings == []


def test_a_real_xls_is_read_with_its_hidden_row_and_its_lost_digits() -> None:
    reading = read(FIXTURES / "real.xls")
    assert [household.house_no for household in reading.households] == ["H1", "H2"]
    assert [p.facts["name"] for p in reading.households[0].persons] == ["张三", "李四"]
    hidden = only(reading, "warning")
    assert (hidden.code, hidden.zh) == ("ROW-022", "有 1 行是隐藏的，也一样读了（第 5 行）。")
    lost = [finding for finding in reading.findings if finding.code == "ROW-002"]
    assert [(finding.sheet, finding.row, finding.column) for finding in lost] == [(PERSONS, 7, "证件号码")]


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gbk", "gb18030")]
)
def test_a_web_page_named_xls_is_read(tmp_path: Path, charset: str, encoding: str) -> None:
    path = tmp_path / "监测对象信息.xls"
    path.write_bytes(html([person(姓名="丁㛃"), wife()], charset=charset).encode(encoding))
    reading = read(path, areas=known_village())
    assert [p.facts["name"] for p in reading.households[0].persons] == ["丁㛃", "李四"]
    assert reading.households[0].facts["area_code"] == "411025100201"


def test_rows_that_a_web_page_does_not_show_are_read_and_told(tmp_path: Path) -> None:
    path = tmp_path / "监测对象信息.xls"
    path.write_text(html([person(), wife()], charset="utf-8", style=' style="display:none"'), "utf-8")
    assert only(read(path, areas=known_village()), "warning").code == "ROW-022"


@pytest.mark.parametrize(
    ("encoding", "delimiter", "name"),
    [
        ("gb18030", ",", "a.csv"),
        ("utf-8-sig", ",", "a.csv"),
        ("utf-8", ";", "a.csv"),
        ("utf-16", "\t", "a.xls"),
        ("gb18030", "\t", "a.xls"),
    ],
)
def test_csv_is_read_in_the_encodings_of_chinese_machines(
    tmp_path: Path, encoding: str, delimiter: str, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(csv_text([person(), wife()], delimiter).encode(encoding))
    reading = read(path, areas=known_village())
    assert reading.households[0].persons[0].facts["id_number"] == HEAD_ID
    assert codes(reading) == []


def test_csv_that_went_through_excel_has_lost_its_digits(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(csv_text([person(证件号码="4.1999919700101E+17")]), "utf-8")
    reading = read(path, areas=known_village())
    assert (codes(reading, "error"), reading.households) == (["ROW-002", "ROW-007"], [])


def test_a_protected_book_asks_for_its_password_and_takes_the_right_one(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "a.xlsx", "襄城2026")
    assert refused(path).code == "BOOK-005"
    assert refused(path, "wrong").code == "BOOK-006"
    assert read(path, password="襄城2026").counts.persons == 2


def test_a_book_that_is_only_write_protected_needs_no_password(tmp_path: Path) -> None:
    assert read(encrypted(tmp_path / "a.xlsx", "VelvetSweatshop")).counts.persons == 2


def test_an_et_file_is_sent_back_to_wps(tmp_path: Path) -> None:
    path = tmp_path / "登记.et"
    path.write_bytes((FIXTURES / "real.xls").read_bytes())
    error = refused(path)
    assert (error.code, error.remedy_zh) == ("BOOK-003", "请在 WPS 另存为 .xlsx")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "BOOK-008"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 64, "BOOK-002"),
        (b"PK\x03\x04 not really", "BOOK-004"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "BOOK-004"),
        ("<html><body>您的登录已超时</body></html>".encode(), "BOOK-002"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">', "BOOK-011"),
    ],
)
def test_what_is_no_workbook_is_refused_with_a_reason(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes(content)
    assert refused(path).code == code


def test_a_zip_of_something_else_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert refused(path).code == "BOOK-002"


def test_a_file_that_is_gone_is_a_known_error(tmp_path: Path) -> None:
    assert refused(tmp_path / "gone.xlsx").code == "BOOK-001"


def test_a_book_that_would_fill_the_memory_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "MOST_UNPACKED_MB", -1)
    assert refused(save_book(tmp_path / "a.xlsx", GOOD)).code == "BOOK-010"


def test_a_cell_far_from_the_data_is_told_before_it_takes_the_memory(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", GOOD)
    change_book(path, lambda book: book[PERSONS].cell(1_048_576, 300, "x"))
    error = refused(path)
    assert (error.code, error.details["rows"], error.details["columns"]) == ("BOOK-012", 1_048_576, 300)


def test_hidden_sheets_and_rows_are_known(tmp_path: Path) -> None:
    path = save_book(tmp_path / "a.xlsx", GOOD)

    def hide(book: openpyxl.Workbook) -> None:
        book[PERSONS].row_dimensions[5].hidden = True
        book[VILLAGES].sheet_state = "hidden"

    change_book(path, hide)
    handles = open_book(path).sheets
    assert [handle.visible for handle in handles] == [False, True]
    assert handles[1].load().hidden == {5}
    assert set(codes(read(path))) == {"ROW-022", "ROW-023"}


_XLSX = book_bytes(GOOD)
_XLS = (FIXTURES / "real.xls").read_bytes()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=st.sampled_from([_XLSX, _XLS]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
    length=st.floats(0.2, 1),
)
def test_a_damaged_book_is_read_or_refused_but_never_crashes(
    tmp_path: Path, source: bytes, cuts: list[tuple[float, int]], length: float
) -> None:
    damaged = bytearray(source[: int(len(source) * length)])
    for place, value in cuts:
        damaged[int(place * (len(damaged) - 1))] = value
    path = tmp_path / "damaged.xls"
    path.write_bytes(damaged)
    try:
        outcome = "read" if read(path).counts.persons <= 4 else "too many"
    except KnownError as error:
        outcome = error.code[:5]
    assert outcome in ("read", "BOOK-")


def test_a_zip_that_is_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    told = set()
    for number, damaged in enumerate(damaged_archives(_XLSX, number=400)):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(damaged)
        try:
            read(path)
        except KnownError as error:
            told.add(error.code)
    assert {code[:5] for code in told} == {"BOOK-"}
