"""Incomes, measures, helpers and cadres of a book."""

from __future__ import annotations

from pathlib import Path

from fieldapp.exchange.areas import common_area
from tests.exchange.workbooks import (
    INCOMES,
    PAIRINGS,
    PERSONS,
    VILLAGE,
    VILLAGES,
    another_household,
    codes,
    only,
    person,
    read,
    read_rows,
    save_book,
)

HOUSE = "4110250000001"


def income(**facts: object) -> dict[str, object]:
    return {
        "户编号": HOUSE,
        "年度": "2025",
        "工资性收入": 20000.0,
        "生产经营性收入": 5000,
        "财产性收入": 300,
        "转移性收入": 1200,
        "生产经营性支出": 2000,
        "家庭纯收入": 24500,
        "人均纯收入": 12250,
        **facts,
    }


def test_income_years_are_read(tmp_path: Path) -> None:
    rows = [income(), income(年度="2024年", 工资性收入=19000, 家庭纯收入=23500)]
    reading = read_rows(tmp_path, person(), incomes=rows)
    years = reading.households[0].incomes
    assert [(year.year, year.facts["net"]) for year in years] == [(2025, "24500"), (2024, "23500")]
    assert codes(reading) == []


def test_a_net_income_that_is_no_sum_is_kept_and_told(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), incomes=[income(家庭纯收入=99999)])
    assert only(reading, "warning").zh == "家庭纯收入和各项合计差 75499 元，已照原样导入。"
    assert reading.households[0].incomes[0].facts["net"] == "99999"


def test_a_year_that_is_none_and_a_year_twice_are_refused(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), incomes=[income(), income(), income(年度="25")])
    assert codes(reading) == ["ROW-004", "ROW-009"]
    assert len(reading.households[0].incomes) == 1


def test_details_of_a_household_that_is_not_imported_are_refused(tmp_path: Path) -> None:
    reading = read_rows(tmp_path, person(), incomes=[income(户编号="404")])
    found = only(reading)
    assert (found.code, found.sheet, found.row, found.house_no) == ("ROW-017", INCOMES, 4, "404")


def test_measures_of_the_persons_row_are_completed_by_their_own_sheet(tmp_path: Path) -> None:
    row = {
        "户编号": HOUSE,
        "措施类别": "产业帮扶",
        "措施内容": "产业奖补",
        "开始时间": "202603",
        "落实状态": "在办",
    }
    reading = read_rows(
        tmp_path,
        person(产业帮扶="产业奖补、入股分红", 健康帮扶="慢病卡；医疗救助"),
        measures=[{**row, "金额(元)": 800, "受益人人口编号": "411025000000001"}],
    )
    measures = reading.households[0].measures
    assert [(measure.group, measure.item, measure.started) for measure in measures] == [
        ("industry", "入股分红", ""),
        ("health", "慢病卡", ""),
        ("health", "医疗救助", ""),
        ("industry", "产业奖补", "2026-03"),
    ]
    assert measures[-1].person_no == "411025000000001"
    assert (measures[-1].facts["state"], measures[-1].facts["amount"]) == ("running", "800")


def test_the_same_measure_twice_is_refused_the_second_time(tmp_path: Path) -> None:
    row = {"户编号": HOUSE, "措施类别": "产业帮扶", "措施内容": "产业奖补"}
    assert codes(read_rows(tmp_path, person(), measures=[row, row])) == ["ROW-004"]


def pairing(**facts: object) -> dict[str, object]:
    told = {"户编号": HOUSE, "帮扶责任人姓名": "赵 六", "帮扶单位": "襄城县水利局"}
    return {**told, "帮扶责任人电话": "13800000001", "结对开始时间": "20230105", **facts}


def test_helpers_are_paired_and_become_staff_with_the_area_of_their_households(tmp_path: Path) -> None:
    villages = [VILLAGE, {**VILLAGE, "村": "李庄村", "行政村代码": "411025100202"}]
    path = save_book(
        tmp_path / "a.xlsx",
        {
            VILLAGES: villages,
            PERSONS: [person(), another_household(村="李庄村")],
            PAIRINGS: [pairing(), pairing(户编号="4110250000002", 结对结束时间="2026.1.31")],
        },
    )
    reading = read(path)
    (pair,) = reading.households[0].pairings
    assert (pair.staff_key, pair.started) == ("赵六|13800000001", "2023-01-05")
    assert reading.households[1].pairings[0].facts["ended"] == "2026-01-31"
    (staff,) = reading.staff
    assert (staff.name, staff.role, staff.area_code, staff.unit_name) == (
        "赵六",
        "helper",
        "411025100",
        "襄城县水利局",
    )


def test_cadres_have_the_role_of_their_post_and_the_place_named(tmp_path: Path) -> None:
    def cadre(name: str, post: str, **facts: str) -> dict[str, str]:
        return {
            "县": "襄城县",
            "乡": "城关镇",
            "村": "王庄村",
            "姓名": name,
            "职务": post,
            "联系电话": "13800000002",
            **facts,
        }

    reading = read_rows(
        tmp_path,
        person(),
        staff=[
            cadre("甲某", "乡村振兴专干"),
            cadre("乙某", "乡镇防返贫监测专干", 村=""),
            cadre("丙某", "县防返贫监测专班", 乡="", 村=""),
            cadre("丁某", "联络员"),
            cadre("戊某", "第一书记", 村="天边村"),
        ],
    )
    assert [(cadre.name, cadre.role, cadre.area_code) for cadre in reading.staff] == [
        ("甲某", "clerk", "411025100201"),
        ("乙某", "town", "411025100"),
        ("丙某", "county", "411025"),
        ("丁某", "helper", "411025100201"),
    ]
    assert only(reading).code == "ROW-016"


def test_the_common_area_of_villages_is_the_narrowest_that_holds_them() -> None:
    assert common_area(["411025100201"]) == "411025100201"
    assert common_area(["411025100201", "411025100202"]) == "411025100"
    assert common_area(["411025100201", "411025115202"]) == "411025"
    assert common_area(["411025100201", "420000100202"]) == ""
    assert common_area([]) == ""
