"""Rows of the table that are papers: made at the clerk's laptop and read back from the PDF."""

from __future__ import annotations

import re

import pytest

from fieldapp.services.printing import PrintOrder, SheetKind
from fieldapp.services.worklist import WorkFilter, WorkRow
from fieldapp.services.workspace import Workspace
from tests.forms.conftest import clerk, made, offline
from tests.forms.playing import play
from tests.services.asking import first
from tests.sheets.reading import all_text, page_texts

__all__ = ["clerk", "made", "offline"]


def printed(clerk: Workspace, kind: SheetKind, *homes: str) -> list[str]:
    """Make a paper and return the text of its pages without white space."""
    (sheet,) = clerk.printing.make(PrintOrder(kind, homes, purpose="发给农户"))
    return page_texts(sheet.pdf)


def rows(clerk: Workspace, wanted: WorkFilter) -> list[WorkRow]:
    return clerk.worklist.rows(clerk.worklist.ids(wanted))


@pytest.mark.requirement("A043")
def test_the_card_of_facts_names_this_years_help_the_trades_and_whom_to_ask(clerk: Workspace) -> None:
    home = play(clerk, "plan")
    file = clerk.households.file(home)
    (text,) = printed(clerk, "facts_card", home)
    assert "家庭医生签约" in text
    helper = next(one for one in file.pairings if not one.ended)
    assert helper.staff_name in text
    assert clerk.person.name in text, "the clerk of the village is one of those to ask"
    assert "监测" not in text
    assert (clerk.printing.log()[0].sheet, clerk.printing.log()[0].purpose) == ("facts_card", "发给农户")


@pytest.mark.requirement("A046")
def test_all_help_a_household_received_stands_on_one_list_by_year(clerk: Workspace) -> None:
    home = play(clerk, "plan")
    text = "".join(printed(clerk, "received", home))
    assert "买走土鸡" in text
    assert "县水利局" in text
    assert "养牛（贷款50,000.00元，要还）" in text
    for measure in clerk.households.file(home).measures:
        if measure.get("state") in ("running", "done"):
            assert "".join(str(measure.get("item")).split()) in text


@pytest.mark.requirement("A045")
def test_grades_a_and_b_are_signed_for_and_get_a_plate_without_a_name(clerk: Workspace) -> None:
    home = first(clerk)
    clerk.households.correct(home, "households", home, "house_grade", "A", "鉴定表")
    clerk.households.correct(home, "households", home, "door_no", "66号", "门牌")
    head = clerk.households.file(home).household.head_name
    confirm, plate = printed(clerk, "house_grade", home)
    assert "没有异议" in confirm
    assert head in confirm
    assert "A级" in plate
    assert "66号" in plate
    assert head not in plate
    clerk.households.correct(home, "households", home, "house_grade", "D", "复核")
    assert len(printed(clerk, "house_grade", home)) == 1, "nothing to hang on the door of an unsafe house"


@pytest.mark.requirement("A047")
def test_every_figure_of_the_page_can_be_counted_in_the_list(clerk: Workspace) -> None:
    everybody = rows(clerk, WorkFilter())
    village = everybody[0].village_name
    homes = [row.household_id for row in everybody if row.village_name == village]
    (text,) = printed(clerk, "figures", *homes)
    assert f"{village}一口清" in text

    def figure(label: str, unit: str = "户") -> int:
        found = re.search(rf"{re.escape(label)}([\d,]+){unit}", text)
        assert found is not None, label
        return int(found[1].replace(",", ""))

    place = clerk.households.file(homes[0]).household.area_code
    assert figure("农户合计") == len(homes)
    for label, asked in (
        ("脱贫户", WorkFilter(area_code=place, kinds=frozenset({"out_of_poverty"}))),
        ("一般农户", WorkFilter(area_code=place, kinds=frozenset({"ordinary"}))),
        ("监测对象", WorkFilter(area_code=place, kinds=frozenset({"monitored"}))),
        ("低保对象", WorkFilter(area_code=place, groups=frozenset({"low_income_allowance"}))),
        ("四类重点对象（合计）", WorkFilter(area_code=place, groups=frozenset({"housing_focus"}))),
        ("已超期", WorkFilter(area_code=place, states=frozenset({"overdue"}))),
        ("今年已走满", WorkFilter(area_code=place, states=frozenset({"fulfilled"}))),
    ):
        assert figure(label) == len(rows(clerk, asked)), label
    year, seen = f"{clerk.today().year}", [clerk.households.file(home) for home in homes]
    met = [
        line
        for file in seen
        for line in file.visits
        if line.visit.outcome == "met" and line.visit.visit_date[:4] == year
    ]
    assert figure(f"{year}年见到人的走访", "次") == len(met)
    persons = re.search(r"农户合计[\d,]+户([\d,]+)人", text)
    assert persons is not None
    assert int(persons[1].replace(",", "")) == sum(len(file.members) for file in seen)
    assert "县里还没有定参考线" in text
    other = next((row for row in everybody if row.village_name != village), None)
    if other is not None:
        (sheet,) = clerk.printing.make(PrintOrder("figures", (homes[0], other.household_id)))
        assert village not in all_text(sheet.pdf).split("一口清")[0]
