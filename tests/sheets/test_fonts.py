"""Shipped fonts are always there; a PC's own come first where they are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.sheets import fonts
from fieldapp.sheets.fonts import SHIPPED, FontFile, choice_among, fonts_dir, installed_choice, load_fonts
from fieldapp.sheets.glyphs import coverage
from fieldapp.sheets.making import PrintSetup, make_file
from tests.sheets.extremes import empty
from tests.sheets.reading import STAMP, all_text, only


def test_the_folder_holds_the_families_of_paper_and_screen() -> None:
    assert set(load_fonts(SHIPPED).families()) == {
        "Noto Serif SC",
        "Noto Sans SC",
        "Rare Ming A",
        "Rare Ming B",
    }


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    for name in ("LICENSE-Noto.txt", "LICENSE-Hanazono.txt"):
        assert "SIL OPEN FONT LICENSE Version 1.1" in (fonts_dir() / name).read_text("utf-8")


def test_the_renamed_copies_keep_no_reserved_name() -> None:
    from fontTools.ttLib import TTFont

    for file in ("RareMingA.ttf", "RareMingB.ttf"):
        with TTFont(fonts_dir() / file, lazy=True) as font:
            names = [str(record) for record in font["name"].names if record.nameID in (1, 3, 4, 6)]
        assert names
        assert not any("hana" in name.lower() or "花園" in name for name in names)


def test_the_pcs_fangsong_and_xiaobiaosong_come_first_and_ours_stay_behind_them() -> None:
    fangsong = FontFile(Path("simfang.ttf"))
    choice = choice_among({"FangSong": fangsong, "SimSun": FontFile(Path("simsun.ttc"))})
    assert choice.text_chain[:2] == ("FangSong", "Noto Serif SC")
    assert choice.title_chain[0] == "Noto Serif SC"
    assert choice.file_of("FangSong") == fangsong
    assert choice.file_of("Noto Serif SC").path.parent == fonts_dir()


def test_without_such_fonts_the_choice_is_the_shipped_one() -> None:
    assert choice_among({"DejaVu Sans": FontFile(Path("x.ttf"))}) == SHIPPED


def test_what_this_pc_has_can_be_asked_and_printed_with() -> None:
    setup = PrintSetup(fonts=installed_choice())
    sheet = only(make_file([empty()], "full", **STAMP, setup=setup))
    assert "赵丙寅" in all_text(sheet.pdf)


def test_a_font_of_the_pc_is_used_and_checked_by_its_own_file() -> None:
    own = FontFile(fonts_dir() / "NotoSansSC-Regular.otf")
    choice = choice_among({"FangSong": own})
    assert coverage(choice.file_of(choice.text_chain[0])) == coverage(own)


def test_a_missing_font_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for file in fonts_dir().glob("Noto*"):
        (tmp_path / file.name).symlink_to(file)
    monkeypatch.setattr(fonts, "fonts_dir", lambda: tmp_path)
    with pytest.raises(KnownError) as caught:
        load_fonts(SHIPPED)
    assert caught.value.code == "SHEET-003"
    assert "RareMingA.ttf、RareMingB.ttf" in caught.value.zh
