"""Rare characters print, in one hand; what cannot print is found before printing and named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.common.errors import KnownError
from fieldapp.sheets.fonts import SHIPPED
from fieldapp.sheets.glyphs import GETA, GlyphBook, clean
from fieldapp.sheets.making import make_carry, make_file, missing_glyphs
from tests.sheets.extremes import empty
from tests.sheets.reading import STAMP, all_text, only
from tests.sheets.samples import ordinary

BOOK = GlyphBook(SHIPPED)
RARE = "𬱖𫖯䶮㛃𠅤𨭎𣲘𬭼𫍣𬤝㵑𡐓𤧛𥖄𦒍𧿹𩽾𪟝䴘㙍"
#: Extension H, and a private character as old systems left them in names.
UNPRINTABLE = ("\U00031350", "\ue86c")


@pytest.mark.parametrize("character", RARE)
def test_a_rare_character_of_names_is_printable(character: str) -> None:
    assert BOOK.printable(character)


def test_every_ideograph_of_gbk_is_printable() -> None:
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    decoded = {pair.decode("gbk", "ignore") for pair in pairs}
    ideographs = {text for text in decoded if len(text) == 1 and "\u4e00" <= text <= "\u9fff"}
    assert len(ideographs) == 20_902
    assert {text for text in ideographs if not BOOK.printable(text)} == set()


def test_a_name_with_a_rare_character_is_set_in_one_hand() -> None:
    assert BOOK.rare(["王𨭎", "李茂森", "王𨭎", "陈䶮"]) == ["王𨭎"]


def test_a_rare_name_reaches_paper_whole() -> None:
    text = all_text(only(make_file([ordinary()], "full", **STAMP)).pdf)
    assert "李𨭎" in text


@pytest.mark.parametrize("character", UNPRINTABLE)
@pytest.mark.parametrize("make", [make_file, make_carry])
def test_a_name_that_cannot_be_set_is_refused_before_the_first_sheet(make: object, character: str) -> None:
    paper = ordinary()
    member = replace(paper.members[2], name=f"李建{character}")
    bad = replace(paper, members=(*paper.members[:2], member))
    with pytest.raises(KnownError) as caught:
        make([empty(), bad], "full", **STAMP)  # type: ignore[operator]
    assert caught.value.code == "SHEET-002"
    assert f"李建{character}" in caught.value.zh
    assert f"U+{ord(character):04X}" in caught.value.zh


def test_the_households_that_cannot_be_printed_can_be_asked_for() -> None:
    bad = replace(empty(), village_name="石\ue000村")
    assert [(each.name, each.character) for each in missing_glyphs([ordinary(), bad])] == [
        ("石\ue000村", "\ue000")
    ]


def test_an_unprintable_character_in_free_text_prints_as_a_geta_and_is_reported() -> None:
    paper = ordinary()
    visit = replace(paper.visits[0].visit, summary="老人高兴\U0001f600，说\u200b一切都好\ufe0f")
    sheet = only(
        make_file([replace(paper, visits=(replace(paper.visits[0], visit=visit),))], "full", **STAMP)
    )
    assert f"老人高兴{GETA}，说一切都好" in all_text(sheet.pdf)
    assert sheet.replaced == ("\U0001f600",)


@given(st.text())
def test_tidied_text_can_always_be_printed(text: str) -> None:
    replaced: set[str] = set()
    content = BOOK.tidy({"plain": text, "deep": {"list": [text]}, "n": 3, "image": [1, 2]}, replaced)
    tidied = str(content["plain"])
    assert all(BOOK.printable(character) for character in tidied)
    assert content["deep"] == {"list": [tidied]}
    assert (content["n"], content["image"]) == (3, [1, 2])
    assert not any(BOOK.printable(character) for character in replaced)


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
