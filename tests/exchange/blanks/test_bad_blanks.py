"""Blanks that are none, are damaged, or say what nobody knows: told with a remedy, and nothing is written."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.exchange.blanks import read_blank
from fieldapp.exchange.blanks.package import MOST_PARTS
from tests.common.damage import damaged_archives
from tests.exchange.blanks.making import VOCABULARY, document


def code_of(path: Path) -> str:
    with pytest.raises(KnownError) as told:
        read_blank(path, VOCABULARY)
    assert told.value.remedy_zh
    return told.value.code


def test_other_files_old_formats_passwords_and_macros_are_told_apart_from_damage(tmp_path: Path) -> None:
    text, old, cut = tmp_path / "a.xlsx", tmp_path / "b.doc", tmp_path / "c.docx"
    text.write_text("姓名,人口", "utf-8")
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    whole = document(tmp_path / "whole.docx", "<w:p/>").read_bytes()
    cut.write_bytes(whole[: len(whole) // 2])
    macros = tmp_path / "m.xlsx"
    with zipfile.ZipFile(macros, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        archive.writestr("xl/vbaProject.bin", b"x")
    other = tmp_path / "o.docx"
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert [code_of(path) for path in (text, old, macros, other)] == ["BLANK-001"] * 4
    assert code_of(cut) == "BLANK-002"
    assert code_of(tmp_path / "gone.xlsx") == "BLANK-002"


def test_a_bomb_and_xml_with_entities_are_refused(tmp_path: Path) -> None:
    bomb, many, laugh = tmp_path / "bomb.docx", tmp_path / "many.docx", tmp_path / "laugh.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (301 << 20))
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(MOST_PARTS + 1):
            archive.writestr(f"{number}", b"")
    with zipfile.ZipFile(laugh, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "x">]><a>&b;</a>')
    assert code_of(bomb) == code_of(many) == "BLANK-001"
    assert code_of(laugh) == "BLANK-002"


def test_a_word_nobody_knows_is_named_with_its_place_and_the_nearest_known_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "登记表"
    book.active["B3"] = "【户主性名】"
    book.active["B4"] = "【证件号码|横着写】"
    book.active["B5"] = "【家庭人口|隐】"
    book.save(tmp_path / "错.xlsx")
    with pytest.raises(KnownError) as told:
        read_blank(tmp_path / "错.xlsx", VOCABULARY)
    assert told.value.code == "BLANK-003"
    assert "登记表!B3【户主性名】（是不是【户主姓名】）" in told.value.zh
    assert "登记表!B4【证件号码|横着写】" in told.value.zh
    assert "登记表!B5" in told.value.zh, "only a number has forms"


def test_a_blank_without_a_placeholder_says_so(tmp_path: Path) -> None:
    assert code_of(document(tmp_path / "空.docx", "<w:p/>")) == "BLANK-004"


def test_a_blank_that_is_damaged_anywhere_is_read_or_refused(tmp_path: Path) -> None:
    whole = document(tmp_path / "whole.docx", "<w:p><w:r><w:t>【户主姓名】</w:t></w:r></w:p>").read_bytes()
    told = set()
    for number, damaged in enumerate(damaged_archives(whole, number=400)):
        path = tmp_path / f"{number}.docx"
        path.write_bytes(damaged)
        try:
            read_blank(path, VOCABULARY)
        except KnownError as error:
            told.add(error.code)
    assert "BLANK-002" in told
    assert {code[:6] for code in told} == {"BLANK-"}
