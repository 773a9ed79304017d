"""The check refuses what would fail on the laptop or on a phone, and says where and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.authoring import Finding, check_form, compile_form
from fieldapp.common.resources import forms_dir
from tests.authoring.forms import checked, write_form
from tests.xform.scenario import form

A = {"type": "integer", "name": "a", "label": "A"}
LIST = [{"list_name": "yn", "name": n, "label": n} for n in ("yes", "no")]


def calculated(text: str) -> list[dict[str, str]]:
    return [A, {"type": "calculate", "name": "b", "calculation": text}]


def only(findings: list[Finding], level: str = "error") -> Finding:
    chosen = [finding for finding in findings if finding.level == level]
    assert len(chosen) == 1, chosen
    return chosen[0]


def test_the_shipped_visit_form_has_no_errors() -> None:
    assert [f for f in check_form(forms_dir() / "visit.md") if f.level == "error"] == []


@pytest.mark.parametrize(
    ("expression", "code", "said"),
    [
        ("if(${a} = 1,", "FORM-010", "没有写完"),
        ("if(${a} = 1, 2, 3", "FORM-010", "少了「)」"),
        ("${a} + frobnicate(1)", "CHECK-010", "没有函数「frobnicate」"),
        ("conct(${a}, 1)", "CHECK-010", "是不是「concat」"),
        ("if(${a} = 1)", "CHECK-010", "要 3 个参数，写了 1 个"),
        ("${a} ＋ 1", "FORM-010", "全角"),
        ("${b2} + 1", "CHECK-011", "没有名为「b2」的问题"),
        ("concat('x, ${a})", "FORM-010", "引号没有成对"),
    ],
)
def test_a_wrong_expression_is_found_with_its_cell(
    tmp_path: Path, expression: str, code: str, said: str
) -> None:
    finding = only(checked(tmp_path, calculated(expression)))
    assert (finding.code, finding.sheet, finding.row, finding.column) == (code, "survey", 3, "calculation")
    assert said in finding.zh
    assert finding.remedy_zh
    assert finding.remedy_en


def test_a_cycle_is_listed_node_by_node(tmp_path: Path) -> None:
    rows = [
        {"type": "calculate", "name": name, "calculation": f"${{{source}}} + 1"}
        for name, source in (("x", "z"), ("y", "x"), ("z", "y"))
    ]
    finding = only(checked(tmp_path, [A, *rows]))
    assert finding.code == "FORM-012"
    assert finding.sheet == "survey"
    assert finding.row in (3, 4, 5)
    assert all(f"/data/{name}" in finding.zh for name in "xyz")


def test_one_mistake_does_not_hide_the_next(tmp_path: Path) -> None:
    rows = [A, *({"type": "calculate", "name": f"c{n}", "calculation": "oops(1"} for n in range(3))]
    assert [f.row for f in checked(tmp_path, rows) if f.level == "error"] == [3, 4, 5]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"type": "integer", "name": "a", "label": "again"}, "重名"),
        ({"type": "intger", "name": "q", "label": "Q"}, "不认识的题型"),
        ({"type": "select_one nolist", "name": "q", "label": "Q"}, "选项表不存在"),
        ({"type": "end group", "name": "", "label": ""}, "end"),
        ({"type": "integer", "name": "1st", "label": "Q"}, "名称里有不允许的字符"),
    ],
)
def test_pyxforms_errors_have_the_same_shape(tmp_path: Path, row: dict[str, str], said: str) -> None:
    finding = only(checked(tmp_path, [A, row], choices=LIST))
    assert finding.code == "CHECK-013"
    assert said in finding.zh
    assert finding.remedy_zh
    assert finding.remedy_en


def test_dead_questions_and_unknown_choices_are_warned_of(tmp_path: Path) -> None:
    rows = [
        {"type": "select_one yn", "name": "s", "label": "S"},
        {"type": "text", "name": "t", "label": "T", "relevant": "${s} = 'maybe'"},
        {"type": "text", "name": "u", "label": "U", "relevant": "${s} = 'yes' or selected(${s}, 'ja')"},
    ]
    found = {(f.code, f.row) for f in checked(tmp_path, rows, choices=LIST)}
    assert {("CHECK-030", 3), ("CHECK-031", 3), ("CHECK-031", 4)} <= found
    assert ("CHECK-030", 4) not in found


def test_unused_lists_and_missing_translations_are_warned_of(tmp_path: Path) -> None:
    rows = [
        {"type": "text", "name": "t", "label::中文 (zh)": "名", "label::English (en)": ""},
        {"type": "select_one yn", "name": "s", "label::中文 (zh)": "是否", "label::English (en)": "S"},
    ]
    other = [{"list_name": "old", "name": "x", "label::中文 (zh)": "旧", "label::English (en)": "Old"}]
    words = [{**row, "label::中文 (zh)": "词", "label::English (en)": "word", "label": ""} for row in LIST]
    lists = [{k: v for k, v in row.items() if k != "label"} for row in words] + other
    found = {(f.code, f.sheet, f.row, f.column) for f in checked(tmp_path, rows, choices=lists)}
    assert ("CHECK-032", "choices", 4, "list_name") in found
    assert ("CHECK-033", "survey", 2, "label::English (en)") in found


@pytest.mark.parametrize(
    ("kind", "relevant", "code"),
    [
        ("date", "${q} > '2026-01-01'", "CHECK-040"),
        ("date", "number(${q}) > 20000", "CHECK-040"),
        ("integer", "floor(${q}) = 1", "CHECK-041"),
        ("text", "regex(${q}, '[0-9]')", "CHECK-040"),
        ("text", "not(${q})", "CHECK-040"),
        ("integer", "round(-${q}) = 1", "CHECK-040"),
        ("text", "number('1,000') = 1", "CHECK-040"),
        ("text", "substring(${q}, 1) = 'a'", "CHECK-041"),
    ],
)
def test_what_phones_and_browsers_disagree_on_is_warned_of(
    tmp_path: Path, kind: str, relevant: str, code: str
) -> None:
    rows = [{"type": kind, "name": "q", "label": "Q"}, {**A, "relevant": relevant}]
    finding = only(checked(tmp_path, rows), "warning")
    assert (finding.code, finding.row, finding.column) == (code, 3, "relevant")


def test_sums_over_blanks_are_warned_of(tmp_path: Path) -> None:
    rows = [
        {"type": "begin repeat", "name": "r", "label": "R"},
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "end repeat", "name": "", "label": ""},
        {"type": "calculate", "name": "s", "label": "", "calculation": "sum(${n})"},
        {"type": "calculate", "name": "m", "label": "", "calculation": "if(${n} = 2, 1, 0)"},
    ]
    assert [(f.code, f.row) for f in checked(tmp_path, rows)] == [("CHECK-040", 5), ("CHECK-040", 6)]


@pytest.mark.parametrize(
    "row",
    [
        {"type": "background-audio", "name": "q", "label": "", "appearance": ""},
        {"type": "text", "name": "q", "label": "Q", "appearance": "ex:org.app"},
        {"type": "date", "name": "q", "label": "Q", "appearance": "ethiopian"},
    ],
)
def test_what_is_not_supported_is_refused(tmp_path: Path, row: dict[str, str]) -> None:
    codes = {f.code for f in checked(tmp_path, [{**A, "appearance": ""}, row]) if f.level == "error"}
    assert "CHECK-020" in codes


def test_compiled_forms_are_checked_by_line(tmp_path: Path) -> None:
    path = tmp_path / "form.xml"
    path.write_bytes(form("<a/><b/>", '\n<bind nodeset="/data/b" calculate="nope(/data/a)"/>'))
    finding = only(check_form(path))
    assert (finding.code, finding.sheet, finding.column) == ("FORM-010", "xml", "calculate")
    assert finding.row == 2


def test_excel_workbooks_are_checked_alike(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in (
        ("type", "name", "label", "relevant"),
        ("integer", "a", "A", ""),
        ("text", "b", "B", "${a} = "),
    ):
        sheet.append(row)
    path = tmp_path / "form.xlsx"
    book.save(path)
    finding = only(check_form(path))
    assert (finding.code, finding.row, finding.column) == ("FORM-010", 3, "relevant")


def test_the_form_is_written_once(tmp_path: Path) -> None:
    path = write_form(tmp_path, [A])
    before = path.read_bytes()
    check_form(path)
    assert (path.read_bytes(), [p.name for p in tmp_path.iterdir()]) == (before, ["form.md"])


AUDIT = {"type": "audit", "name": "audit", "label": ""}


def test_a_form_may_ask_for_an_audit_log(tmp_path: Path) -> None:
    told = {"parameters": "track-changes=true identify-user=true track-changes-reasons=on-form-edit"}
    assert checked(tmp_path, [{"type": "text", "name": "q", "label": "Q"}, AUDIT | told]) == []


def test_positions_in_the_audit_log_are_refused_once_and_at_their_cell(tmp_path: Path) -> None:
    told = {"parameters": "location-priority=balanced location-min-interval=60 location-max-age=120"}
    (finding,) = checked(tmp_path, [{"type": "text", "name": "q", "label": "Q"}, AUDIT | told])
    assert (finding.code, finding.level, finding.row, finding.column) == (
        "CHECK-020",
        "error",
        3,
        "parameters",
    )
    assert "不采集位置" in finding.remedy_zh


def test_positions_in_the_audit_log_of_a_compiled_form_are_refused_too(tmp_path: Path) -> None:
    told = {"parameters": "location-priority=balanced location-min-interval=60 location-max-age=120"}
    xml = tmp_path / "form.xml"
    rows = [{"type": "text", "name": "q", "label": "Q"}, AUDIT | told]
    xml.write_bytes(compile_form(write_form(tmp_path, rows)).xml)
    (finding,) = check_form(xml)
    assert (finding.code, finding.level) == ("FORM-013", "error")
