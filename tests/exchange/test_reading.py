"""What a good row says becomes facts; what disagrees or is unusual is told and does not stop the row."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.register.entities import Area
from tests.exchange.workbooks import (
    HEAD_ID,
    HOUSEHOLDS,
    INCOMES,
    PERSONS,
    VILLAGE,
    VILLAGES,
    WIFE_ID,
    another_household,
    change_book,
    codes,
    number,
    only,
    person,
    read,
    read_rows,
    save_book,
    wife,
)


def test_padding_apostrophes_and_full_width_digits_go(tmp_path: Path) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in HEAD_ID[:-1]) + HEAD_ID[-1].lower()
    reading = read_rows(
        tmp_path,
        person(姓名="张　三", 证件号码=f"'{wide}", 户编号="\u00a04110250000001 ", 村="王庄村村委会"),
        wife(姓名="\u00a0李 四\ufeff", 证件号码=f" {WIFE_ID} "),
    )
    assert codes(reading) == []
    household = reading.households[0]
    assert [member.facts["name"] for member in household.persons] == ["张三", "李四"]
    assert [member.facts["id_number"] for member in household.persons] == [HEAD_ID, WIFE_ID]
    assert household.facts["area_code"] == "411025100201"


def test_the_separator_of_long_names_becomes_the_prescribed_one(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(姓名="阿卜杜・热合曼●买买提", 民族="维吾尔"))
    facts = reading.households[0].persons[0].facts
    assert (facts["name"], facts["ethnicity"]) == ("阿卜杜·热合曼·买买提", "uyghur")


def test_totals_and_notes_are_left_out_and_told(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        person(),
        wife(),
        {"乡": "合　计", "人口编号": 2},
        another_household(),
        {"户编号": "小计：1 户"},
        {"乡": "填表人：李干部"},
    )
    assert (reading.counts.persons, reading.counts.totals) == (3, 3)
    assert only(reading, "info").zh == "有 3 行是合计行，没有当作数据导入（第 6、8、9 行）。"


def test_a_house_number_merged_over_its_family_belongs_to_all_of_them(tmp_path: Path) -> None:
    path = save_book(
        tmp_path / "a.xlsx", {VILLAGES: [VILLAGE], PERSONS: [person(), wife(户编号="", 乡="", 村="")]}
    )

    def merge(book: openpyxl.Workbook) -> None:
        for column in (1, 2, 3):
            book[PERSONS].merge_cells(start_row=4, end_row=5, start_column=column, end_column=column)

    reading = read(change_book(path, merge))
    assert [len(household.persons) for household in reading.households] == [2]
    assert codes(reading) == []


def test_sex_birth_and_kind_of_document_come_from_the_number(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path, person(性别="", 出生日期="", 证件类型=""), wife(性别="男", 出生日期="19720203")
    )
    head, spouse = reading.households[0].persons
    assert (head.facts["sex"], head.facts["birth_date"], head.facts["id_type"]) == (
        "male",
        "1970-01-01",
        "id_card",
    )
    assert (spouse.facts["sex"], spouse.facts["birth_date"]) == ("female", "1972-02-02")
    assert codes(reading, "warning") == ["ROW-014", "ROW-014"]


def test_a_disability_certificate_says_kind_and_level(tmp_path: Path) -> None:
    facts = read_rows(tmp_path, person(证件号码=HEAD_ID + "43")).households[0].persons[0].facts
    assert (facts["id_type"], facts["disability_kind"], facts["disability_level"]) == (
        "disability_card",
        "4",
        "3",
    )


@pytest.mark.parametrize(("told", "code"), [("", "ROW-012"), ("999999202601010011", "ROW-013")])
def test_a_person_without_number_is_imported_without_document(tmp_path: Path, told: str, code: str) -> None:
    child = wife(证件号码=told, 与户主关系="之女", 出生日期="20260101")
    reading = read_rows(tmp_path, person(), child)
    facts = reading.households[0].persons[1].facts
    assert ("id_number" in facts, facts["id_type"], facts["birth_date"]) == (False, "none", "2026-01-01")
    assert codes(reading) == [code]


def test_a_newborn_said_to_have_no_document_is_not_remarked_on(tmp_path: Path) -> None:
    child = wife(证件号码="", 证件类型="无证件", 与户主关系="之女", 出生日期="20260101")
    assert codes(read_rows(tmp_path, person(), child)) == []


def test_rows_of_a_household_that_disagree_follow_the_head(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, wife(户类型="一般农户", 脱贫年度="2017"), person(村民小组="第一村民小组"))
    facts = reading.households[0].facts
    assert (facts["household_type"], facts["out_of_poverty_year"], facts["group_name"]) == (
        "out_of_poverty",
        2017,
        "第一村民小组",
    )
    told = only(reading, "warning")
    assert (told.code, told.row, told.column) == ("ROW-015", 4, "户类型")
    assert [member.facts["line_no"] for member in reading.households[0].persons] == [1, 2]
    assert reading.households[0].persons[0].facts["name"] == "张三"


def test_the_counted_members_are_those_imported(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(人数=3), wife(人数=3))
    assert reading.households[0].facts["member_count"] == 2
    assert only(reading, "warning").zh == "「人数」写的是 3 人，表里导入了 2 人。"


def test_monitoring_is_read_with_its_months_and_risks(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        person(
            户类型="一般户",
            监测对象类别="边缘户",
            识别监测时间="202205",
            风险是否已消除="是",
            消除监测时间="2023年6月",
            风险消除方式="帮扶消除",
            致贫返贫风险1="1因病",
            致贫返贫风险2="因残",
            致贫返贫风险3="因病",
        ),
    )
    facts = reading.households[0].facts
    assert {name: facts[name] for name in ("household_type", "monitor_kind", "risk_cleared", "risks")} == {
        "household_type": "ordinary",
        "monitor_kind": "marginal",
        "risk_cleared": True,
        "risks": ["illness", "disability"],
    }
    assert (facts["identified_month"], facts["cleared_month"], facts["clear_way"]) == (
        "2022-05",
        "2023-06",
        "helped",
    )
    assert (reading.counts.listed_households, reading.counts.listed_persons) == (1, 1)


def test_two_yes_no_columns_make_one_insurance(tmp_path: Path) -> None:
    residents, employees = "是否参加城乡居民基本医疗保险", "是否参加城镇职工基本医疗保险"
    reading = read_rows(
        tmp_path,
        person(**{residents: "否", employees: "是"}),
        wife(**{residents: "否", employees: "否"}),
        another_household(**{residents: "", employees: ""}),
    )
    told = [member.facts.get("medical_insurance") for house in reading.households for member in house.persons]
    assert told == ["employee", "none", None]


def test_an_empty_grade_clears_the_grade_and_other_empty_cells_say_nothing(tmp_path: Path) -> None:
    facts = (
        read_rows(tmp_path, person(文化程度="初中", 在校生状况="", 民族="")).households[0].persons[0].facts
    )
    assert (facts["education"], facts["school_state"]) == ("junior", None)
    assert "ethnicity" not in facts


def test_odd_phones_are_kept_and_told(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path, person(家庭成员联系电话="1380000"), wife(家庭成员联系电话="+86 138-0000-0000")
    )
    assert [member.facts["phone"] for member in reading.households[0].persons] == ["1380000", "13800000000"]
    assert only(reading, "warning").code == "ROW-019"


def test_areas_the_county_knows_stand_in_for_the_sheet_of_villages(tmp_path: Path) -> None:
    known = [
        Area(code="411025100", parent="411025", name="城关镇", level="town"),
        Area(code="411025100201", parent="411025100", name="王庄村", level="village"),
    ]
    reading = read(save_book(tmp_path / "a.xlsx", {PERSONS: [person()]}), areas=known)
    assert reading.households[0].facts["area_code"] == "411025100201"
    assert reading.areas == []


def test_the_area_tree_comes_from_the_sheet_of_villages(tmp_path: Path) -> None:
    areas = read_rows(tmp_path, person()).areas
    assert [(area.code, area.parent, area.name, area.level) for area in areas] == [
        ("411025", "", "襄城县", "county"),
        ("411025100", "411025", "城关镇", "town"),
        ("411025100201", "411025100", "王庄村", "village"),
    ]


def test_a_book_of_household_sheets_only_gives_households_without_persons(tmp_path: Path) -> None:
    path = save_book(
        tmp_path / "a.xlsx",
        {
            HOUSEHOLDS: [{"户编号": "7", "户主姓名": "张三", "耕地面积(亩)": 3.5, "是否不愁吃": "是"}],
            INCOMES: [{"户编号": "7", "年度": 2025, "家庭纯收入": "12,345.60元"}],
        },
    )
    (household,) = read(path).households
    assert (household.house_no, household.persons) == ("7", ())
    assert household.facts == {"house_no": "7", "arable_mu": "3.5", "food_ok": True}
    assert household.incomes[0].facts == {"year": 2025, "net": "12345.6"}


def test_every_row_is_taken_or_refused(tmp_path: Path) -> None:
    reading = read_rows(
        tmp_path,
        person(),
        wife(证件号码="1"),
        another_household(人口编号=""),
        another_household(户编号="", 人口编号="9", 证件号码=number("41999919650303202")),
    )
    counts = reading.counts
    assert (counts.rows, counts.taken, counts.refused) == (5, 2, 3)
