"""走访未遇联系单, read back from its PDF: what hangs on a door tells nothing of the household."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.resources import resources_dir
from fieldapp.sheets.making import PrintSetup, make_missed_slips
from fieldapp.sheets.missed_slip import MissedSlip
from tests.sheets.reading import STAMP, page_texts

SLIP = MissedSlip(
    name="李茂森",
    address="石门村第三村民组36号",
    village="石门村",
    visited_on="2026-11-22",
    visitor="胡建志",
    phone="13800000001",
    again_on="2026-11-29",
)
LONG = MissedSlip(
    name="阿卜杜热合曼·买买提依明·吐尔逊·阿卜杜拉",
    address="一个名字很长的村民委员会所在的自然村第十二村民小组靠河边的那一排房子最里头一家136号",
    visitor="古丽巴哈尔·阿卜杜热合曼",
)


def test_it_says_who_came_when_how_to_call_and_when_again() -> None:
    sheet = make_missed_slips([SLIP], "full", **STAMP)
    (text,) = page_texts(sheet.pdf)
    assert (sheet.kind, sheet.household_id) == ("missed_slip", None)
    for told in (
        "石门村第三村民组36号",
        "李茂森",
        "2026年11月22日",
        "胡建志",
        "13800000001",
        "2026年11月29日",
    ):
        assert told in text
    for word in ("帮扶", "脱贫", "监测", "风险", "贫困", "农户", "户编号", "打印"):
        assert word not in text


@pytest.mark.parametrize(("many", "pages"), [(1, 1), (2, 1), (3, 2), (5, 3)])
def test_two_stand_on_a_page_long_names_too(many: int, pages: int) -> None:
    for slip in (SLIP, LONG):
        sheet = make_missed_slips([slip] * many, "full", **STAMP)
        texts = page_texts(sheet.pdf)
        assert len(texts) == sheet.pages == pages
        assert sum(text.count("走访联系单") for text in texts) == many
        assert sum(text.count("".join(slip.address.split())) for text in texts) == many


def test_a_blank_one_knows_the_village_and_who_comes() -> None:
    blank = MissedSlip(village="石门村", visitor="胡建志", phone="13800000001")
    (text,) = page_texts(make_missed_slips([blank, blank], "full", **STAMP).pdf)
    assert text.count("石门村组（及家人）：") == 2
    assert text.count("13800000001") == 2


def test_a_county_may_say_it_in_its_own_words(tmp_path: Path) -> None:
    shipped = (resources_dir() / "sheets" / "missed_slip.toml").read_text("utf-8")
    own = tmp_path / "missed_slip.toml"
    own.write_text(shipped.replace("打扰了，谢谢！", "给您添麻烦了！"), "utf-8")
    (text,) = page_texts(
        make_missed_slips([SLIP], "full", **STAMP, setup=PrintSetup(county_templates=tmp_path)).pdf
    )
    assert "给您添麻烦了！" in text
    other = tmp_path / "other"
    other.mkdir()
    (other / "missed_slip.toml").write_text(shipped.replace('"来访人", ', ""), "utf-8")
    with pytest.raises(KnownError) as caught:
        make_missed_slips([SLIP], "full", **STAMP, setup=PrintSetup(county_templates=other))
    assert caught.value.code == "SHEET-004"
    assert "「fields」要 4 项" in caught.value.zh
