"""The two sheets of 务工月监测: who works away, who plans to."""

from __future__ import annotations

from pathlib import Path

from fieldapp.exchange import BookReading
from tests.exchange.workbooks import (
    HEAD_ID,
    PERSONS,
    VILLAGE,
    VILLAGES,
    WIFE_ID,
    codes,
    only,
    person,
    read,
    save_book,
    wife,
)

AWAY = "（务工月监测）已外出务工信息"
PLANNED = "计划外出务工信息"
HOUSE = "4110250000001"


def away(**facts: object) -> dict[str, object]:
    return {
        "户编号": HOUSE,
        "姓名": "李四",
        "证件号码": WIFE_ID,
        "是否已务工": "是",
        "务工所在省": "广东省",
        "务工所在县": "东莞市",
        "务工企业名称": "长安电子厂",
        "务工所属行业": "制造业",
        "就业渠道": "亲友介绍",
        "是否点对点输送": "否",
        "务工月收入": 4500,
        "务工开始时间": "202603",
        **facts,
    }


def planned(**facts: object) -> dict[str, object]:
    return {
        "户编号": HOUSE,
        "证件号码": HEAD_ID,
        "计划务工所在县": "昆山市",
        "就业服务需求": "技能培训",
        **facts,
    }


def read_jobs(
    folder: Path, *jobs: dict[str, object], plans: tuple[dict[str, object], ...] = ()
) -> BookReading:
    rows = [person(), wife()]
    sheets: dict[str, list[dict[str, object]]] = {VILLAGES: [dict(VILLAGE)], PERSONS: rows, AWAY: list(jobs)}
    if plans:
        sheets[PLANNED] = list(plans)
    return read(save_book(folder / "book.xlsx", sheets))


def test_the_sheets_are_read_into_the_members_of_the_same_book(tmp_path: Path) -> None:
    reading = read_jobs(tmp_path, away(), plans=(planned(),))
    assert codes(reading) == []
    head, spouse = reading.households[0].persons
    assert {name: spouse.facts[name] for name in ("working", "work_province", "work_county", "employer")} == {
        "working": True,
        "work_province": "广东省",
        "work_county": "东莞市",
        "employer": "长安电子厂",
    }
    assert (spouse.facts["industry"], spouse.facts["job_channel"]) == ("factory", "relatives")
    assert (spouse.facts["point_to_point"], spouse.facts["monthly_wage"]) == (False, "4500")
    assert spouse.facts["work_started"] == "2026-03"
    assert (head.facts["planned_county"], head.facts["service_need"]) == ("昆山市", "技能培训")
    assert reading.counts.refused == 0


def test_the_person_number_comes_before_the_document(tmp_path: Path) -> None:
    reading = read_jobs(tmp_path, away(人口编号="411025000000001"))
    head, spouse = reading.households[0].persons
    assert head.facts["employer"] == "长安电子厂"
    assert "employer" not in spouse.facts


def test_what_the_members_own_row_says_stays(tmp_path: Path) -> None:
    rows = [person(), wife(就业渠道="自主就业")]
    book = {VILLAGES: [VILLAGE], PERSONS: rows, AWAY: [away()]}
    reading = read(save_book(tmp_path / "book.xlsx", book))
    assert reading.households[0].persons[1].facts["job_channel"] == "self"


def test_a_stranger_is_refused_with_the_number_masked(tmp_path: Path) -> None:
    found = only(read_jobs(tmp_path, away(证件号码=HEAD_ID[:-1] + "0")))
    assert (found.code, found.sheet, found.row) == ("ROW-030", AWAY, 4)
    assert HEAD_ID[:-1] not in found.value_masked


def test_a_row_without_any_number_and_a_member_twice_are_refused(tmp_path: Path) -> None:
    reading = read_jobs(tmp_path, away(), away(务工企业名称="别的厂"), away(证件号码=""))
    assert codes(reading) == ["ROW-004", "ROW-001"]
    assert reading.households[0].persons[1].facts["employer"] == "长安电子厂"


def test_a_number_cut_by_excel_refuses_the_row(tmp_path: Path) -> None:
    reading = read_jobs(tmp_path, away(证件号码=419999197202021020))
    assert codes(reading, "error") == ["ROW-002"]


def test_an_industry_nobody_knows_is_told_and_the_rest_taken(tmp_path: Path) -> None:
    reading = read_jobs(tmp_path, away(务工所属行业="炼丹"))
    assert only(reading, "warning").column == "务工所属行业"
    assert reading.households[0].persons[1].facts["employer"] == "长安电子厂"


def test_a_book_of_these_sheets_alone_speaks_of_members_without_listing_them(tmp_path: Path) -> None:
    reading = read(save_book(tmp_path / "月监测.xlsx", {AWAY: [away()], PLANNED: [planned()]}))
    (household,) = reading.households
    assert household.persons == ()
    assert [(one.id_number, one.name) for one in household.members] == [(WIFE_ID, "李四"), (HEAD_ID, "")]
    assert household.members[1].facts == {"planned_county": "昆山市", "service_need": "技能培训"}


def test_sheets_of_another_name_are_known_by_their_headings(tmp_path: Path) -> None:
    reading = read(save_book(tmp_path / "月监测.xlsx", {"Sheet1": [away()]}))
    assert reading.households[0].members[0].facts["work_county"] == "东莞市"
