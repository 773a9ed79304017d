"""The press: PDF/A-2b, the same bytes again, and a template's mistake as file, line, column and sentence."""

from __future__ import annotations

import io
from datetime import timedelta
from pathlib import Path

import pikepdf
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import resources_dir
from fieldapp.sheets.diagnostics import chinese_reason, template_error
from fieldapp.sheets.making import PrintSetup, make_file, make_visit_list
from fieldapp.sheets.press import press
from tests.sheets.extremes import empty, list_rows
from tests.sheets.reading import STAMP, all_text, only
from tests.sheets.samples import CLOCK, NOW, ordinary


def county(folder: Path, name: str, text: str) -> PrintSetup:
    """Return a setup in which the county has replaced one file."""
    (folder / name).write_text(text, "utf-8")
    return PrintSetup(county_templates=folder)


def refusal(setup: PrintSetup) -> KnownError:
    with pytest.raises(KnownError) as caught:
        only(make_file([empty()], "full", **STAMP, setup=setup))
    return caught.value


def shipped(name: str) -> str:
    return (resources_dir() / "sheets" / name).read_text("utf-8")


def test_a_sheet_declares_pdf_a_2b_and_embeds_every_font() -> None:
    sheet = only(make_file([ordinary()], "full", **STAMP))
    with pikepdf.open(io.BytesIO(sheet.pdf)) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")
        fonts = [thing for thing in document.objects if _is(thing, "/FontDescriptor")]
        assert len(fonts) >= 3
        for font in fonts:
            assert any(key in font for key in ("/FontFile", "/FontFile2", "/FontFile3"))
        assert document.Root.OutputIntents
        assert "/Encrypt" not in document.trailer


def _is(thing: pikepdf.Object, kind: str) -> bool:
    return isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == kind


def test_the_same_facts_at_the_same_time_are_the_same_bytes() -> None:
    first, second = (only(make_file([ordinary()], "full", **STAMP)).pdf for _ in range(2))
    assert first == second


def test_the_time_of_printing_is_the_injected_one() -> None:
    frame = {"duplex": True, "rare_names": [], "fonts": {}}
    pdf = press().print("parts.typ", {"frame": frame}, NOW + timedelta(days=1))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert str(document.docinfo["/CreationDate"]).startswith("D:20261123063000")


def test_resting_keeps_the_press_able_to_print() -> None:
    first = only(make_file([empty()], "full", **STAMP)).pdf
    press().rest()
    assert only(make_file([empty()], "full", **STAMP)).pdf == first


def test_a_misspelt_variable_is_shown_with_its_place(tmp_path: Path) -> None:
    text = shipped("file.typ").replace("#sheet-start", "#sheet-strat", 1)
    error = refusal(county(tmp_path, "file.typ", text))
    line = text[: text.index("#sheet-strat")].count("\n") + 1
    assert error.code == "SHEET-001"
    assert (
        error.zh
        == f"表样「file.typ」第 {line} 行第 1 列写得不对：没有叫「sheet-strat」的变量，是不是拼错了。"
    )
    assert "unknown variable" in error.en


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("#table(", "没有配对"),
        ("#data.nobody", "数据里没有「nobody」这一项"),
        ('#image("stamp.png")', "找不到要引用的文件"),
        ("#text(colour: red)[x]", "没有叫「colour」的参数"),
        ("#(1 + [x])", "不能放在一起计算"),
        ("#let = 3", "这里缺少名字"),
        ("#text(size: 3)[x]", "这里应为长度，却写成了整数"),
        ("#for each in 3 [x]", "整数不能逐项取用"),
        ('#import "base.typ": seal', "被引用的文件里没有这个名字"),
        ("#text(font: frame.fonts.text)[\U00031350]", "在所有字体里都没有"),
    ],
)
def test_common_mistakes_are_explained_in_chinese(tmp_path: Path, bad: str, words: str) -> None:
    error = refusal(county(tmp_path, "file.typ", f'#import "base.typ": *\n\n  {bad}\n'))
    assert words in error.zh
    assert (error.details["file"], error.details["line"]) == ("file.typ", 3)


def test_a_template_reaches_the_countys_folder_and_nothing_else(tmp_path: Path) -> None:
    folder = tmp_path / "county"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("不该读到", "utf-8")
    (folder / "note.txt").write_text("县里的说明", "utf-8")
    begin = '#import "base.typ": *\n#set text(font: frame.fonts.text)\n'
    setup = county(folder, "file.typ", begin + '#read("note.txt")')
    assert "县里的说明" in all_text(only(make_file([empty()], "full", **STAMP, setup=setup)).pdf)
    for outside in ("../secret.txt", str(tmp_path / "secret.txt"), "/etc/hostname"):
        error = refusal(county(folder, "file.typ", f'{begin}#read("{outside}")'))
        assert error.code == "SHEET-001"
        assert str(tmp_path) not in str(error)


def test_a_package_of_the_network_is_refused_without_asking_for_it(tmp_path: Path) -> None:
    error = refusal(county(tmp_path, "parts.typ", 'x\n#import "@preview/cetz:0.3.0": canvas\n'))
    assert (error.details["file"], error.details["line"], error.details["column"]) == ("parts.typ", 2, 2)
    assert "不联网" in error.zh


def test_a_template_that_is_not_utf_8_says_so(tmp_path: Path) -> None:
    (tmp_path / "file.typ").write_bytes("第一行\n".encode() + "中文".encode("gbk"))
    error = refusal(PrintSetup(county_templates=tmp_path))
    assert error.details["line"] == 2
    assert "UTF-8" in error.zh


def test_a_county_may_replace_one_file_and_keep_the_others(tmp_path: Path) -> None:
    text = shipped("file.typ").replace("农户信息档案", "农户家庭情况")
    sheet = only(make_file([empty()], "full", **STAMP, setup=county(tmp_path, "file.typ", text)))
    assert "农户家庭情况" in all_text(sheet.pdf)


def test_a_mended_template_is_read_anew(tmp_path: Path) -> None:
    setup = county(tmp_path, "visit_list.toml", shipped("visit_list.toml"))
    first = make_visit_list(list_rows(2), "full", **STAMP, setup=setup)
    county(tmp_path, "visit_list.toml", shipped("visit_list.toml").replace("走访名单", "入户走访安排表"))
    second = make_visit_list(list_rows(2), "full", **STAMP, setup=setup)
    assert (first.title, second.title) == ("走访名单", "入户走访安排表")


def test_an_unknown_message_is_quoted() -> None:
    assert chinese_reason("the moon is in the way") == "编译程序说：the moon is in the way"


def test_a_message_without_a_place_still_is_an_error_of_the_template() -> None:
    error = template_error("layout did not converge within 5 attempts", "")
    assert "循环引用" in error.zh
    assert error.details["file"] == "?"


def test_the_clock_of_these_tests_stands_still() -> None:
    assert CLOCK.now() == NOW
