"""Importing the national workbooks: upsert, twice changes nothing, visits are not overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource, derived_id
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.county.importing import import_books, import_ledger, import_register_book, import_units
from fieldapp.county.publishing import publish_shipped_policy
from fieldapp.county.setup import County, init_county
from fieldapp.county.shared_rows import known_areas, staff_id
from fieldapp.county.tables import FeedRow
from fieldapp.register.entities import Area
from fieldapp.tables.history import FactRow
from fieldapp.tables.register import (
    HouseholdRow,
    IncomeRow,
    MeasureRow,
    PairingRow,
    PersonRow,
    StaffRow,
    UnitRow,
    VisitRow,
)
from fieldapp.wire.patches import PatchBody
from fieldapp.wire.records import PATCH, Record
from tests.county.test_changes import fetch_all, ids
from tests.county.world import CODE, Laptop, enrolled, new_clock, rows_of

VILLAGES = ("县", "乡", "村", "行政村代码")
PERSONS = (
    "县",
    "乡",
    "村",
    "户编号",
    "人口编号",
    "姓名",
    "证件号码",
    "与户主关系",
    "户类型",
    "户联系电话",
    "产业帮扶",
)
HOUSEHOLDS = ("户编号", "户主姓名", "耕地面积(亩)", "住房安全等级")
INCOMES = ("户编号", "年度", "工资性收入", "家庭纯收入")
PAIRINGS = ("户编号", "帮扶责任人姓名", "帮扶责任人电话", "帮扶单位")
STAFF = ("县", "乡", "村", "姓名", "职务", "联系电话")
LEDGER = ("户编号", "走访日期", "走访人", "走访人电话", "走访情况")

PLACE = ("样例县", "东镇", "张庄村")
HELPER_KEY = "李帮扶|13900000001"


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a book as the national system does: two lines of titles, the headings in row 3, then the rows."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.append([name])
        sheet.append([])
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return path


def person(
    house: str, number: str, name: str, relation: str, phone: str = "13800000001", item: str = ""
) -> tuple[str, ...]:
    return (*PLACE, house, number, name, "", relation, "脱贫户", phone, item)


def town_book(path: Path, *, phone: str = "13800000001", extra: Sequence[tuple[str, ...]] = ()) -> Path:
    return workbook(
        path,
        {
            "（自定义）行政村信息": [VILLAGES, (*PLACE, "419925100201")],
            "（自定义）干部信息": [STAFF, (*PLACE, "王文书", "村文书", "13900000002")],
            "（自定义）监测对象信息": [
                PERSONS,
                person("H001", "P001", "赵大", "户主", phone, "种苗补贴、入股分红"),
                person("H001", "P002", "钱二", "配偶", phone),
                person("H002", "P003", "孙三", "户主"),
                *extra,
            ],
            "（乡村建设）户信息_20261101": [HOUSEHOLDS, ("H001", "赵大", "3.5", "A级")],
            "（自定义）家庭收入信息": [INCOMES, ("H001", "2025", "30000", "28000.5")],
            "（自定义）帮扶责任人信息": [PAIRINGS, ("H001", "李帮扶", "13900000001", "县农业农村局")],
        },
    )


@pytest.fixture
def empty(tmp_path: Path) -> County:
    clock = new_clock()
    county = init_county(
        tmp_path / "county",
        county_code=CODE,
        name="样例县",
        admin_name="管理员",
        admin_password="correct horse",
        clock=clock,
        ids=IdSource(clock),
    )
    publish_shipped_policy(county)
    return county


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return town_book(tmp_path / "东镇.xlsx")


def home_of(house_no: str) -> str:
    return derived_id("household", CODE, house_no)


@pytest.mark.requirement("A167")
def test_a_book_becomes_the_register(empty: County, book: Path) -> None:
    report = import_register_book(empty, book)
    assert [finding.code for finding in report.findings if finding.level == "error"] == []
    assert {name: counts.new for name, counts in report.lists.items()} == {
        "households": 2,
        "persons": 3,
        "incomes": 1,
        "measures": 2,
        "pairings": 1,
    }
    (household,) = rows_of(empty, HouseholdRow, house_no="H001")
    assert (household.id, household.head_name, household.area_code, household.member_count) == (
        home_of("H001"),
        "赵大",
        "419925100201",
        2,
    )
    assert household.properties["arable_mu"] == "3.5"
    assert {row.household_id for row in rows_of(empty, PersonRow)} == {home_of("H001"), home_of("H002")}
    (income,) = rows_of(empty, IncomeRow)
    assert (income.year, income.net) == (2025, 2800050)
    assert {row.item for row in rows_of(empty, MeasureRow)} == {"种苗补贴", "入股分红"}
    (pairing,) = rows_of(empty, PairingRow)
    assert pairing.staff_id == staff_id(CODE, HELPER_KEY)
    assert {row.name: row.role for row in rows_of(empty, StaffRow)} == {"王文书": "clerk", "李帮扶": "helper"}
    assert [area.code for area in known_areas_of(empty)] == ["419925", "419925100", "419925100201"]


def known_areas_of(county: County) -> list[Area]:
    with county.database.read() as connection:
        return known_areas(connection, county.code)


def test_the_same_book_twice_changes_nothing(empty: County, book: Path) -> None:
    import_register_book(empty, book)
    tables = (HouseholdRow, PersonRow, IncomeRow, MeasureRow, PairingRow, StaffRow, FeedRow, FactRow)
    before = [list(rows_of(empty, table)) for table in tables]
    report = import_register_book(empty, book)
    assert report.changed == 0
    assert [list(rows_of(empty, table)) for table in tables] == before


@pytest.mark.requirement("A167")
def test_next_months_book_changes_what_changed_and_keeps_the_history(
    empty: County, book: Path, tmp_path: Path
) -> None:
    import_register_book(empty, book)
    newcomer = person("H002", "P004", "周小", "之子")
    report = import_register_book(
        empty, town_book(tmp_path / "next.xlsx", phone="13811111111", extra=[newcomer])
    )
    assert (report.lists["households"].changed, report.lists["persons"].new) == (2, 1)
    (household,) = rows_of(empty, HouseholdRow, house_no="H001")
    assert (household.phone, household.version) == ("13811111111", 2)
    (fact,) = rows_of(empty, FactRow, entity_id=household.id, name="phone")
    assert (fact.before, fact.value, fact.writer) == ("13800000001", "13811111111", "county")
    (other,) = rows_of(empty, HouseholdRow, house_no="H002")
    assert other.member_count == 2


def test_the_cadres_get_what_was_imported(empty: County, book: Path) -> None:
    import_register_book(empty, book)
    helper = enrolled(empty, staff_id(CODE, HELPER_KEY))
    rows, cursor = fetch_all(helper)
    assert ids(rows, "households") == {home_of("H001")}
    assert len(ids(rows, "persons")) == 2
    assert len(ids(rows, "measures")) == 2
    assert cursor


def correct_phone(laptop: Laptop, phone: str) -> None:
    home = home_of("H001")
    body = PatchBody("households", home, home, 1, False, {"phone": ("13800000001", phone)})
    record = Record(laptop.new_id(), PATCH, laptop.person, "2026-11-22T08:00:00Z", body.to_json())
    assert laptop.send(record)[0].status == "applied"


@pytest.mark.requirement("A167")
def test_an_import_does_not_undo_what_a_visit_corrected(empty: County, book: Path, tmp_path: Path) -> None:
    import_register_book(empty, book)
    correct_phone(enrolled(empty, staff_id(CODE, HELPER_KEY)), "13999999999")
    report = import_register_book(empty, town_book(tmp_path / "again.xlsx"))
    assert (report.lists["households"].kept, report.changed) == (1, 0)
    (household,) = rows_of(empty, HouseholdRow, house_no="H001")
    assert household.phone == "13999999999"


def test_good_rows_go_in_and_the_bad_ones_are_told(empty: County, tmp_path: Path) -> None:
    headless = person("H009", "P090", "无户主", "配偶")
    report = import_register_book(empty, town_book(tmp_path / "bad.xlsx", extra=[headless]))
    errors = [finding for finding in report.findings if finding.level == "error"]
    assert [finding.house_no for finding in errors] == ["H009"]
    assert report.lists["households"].new == 2


def test_facts_of_a_household_nobody_knows_are_left_out_and_named(
    empty: County, book: Path, tmp_path: Path
) -> None:
    import_register_book(empty, book)
    alone = workbook(
        tmp_path / "户.xlsx",
        {"（乡村建设）户信息_20261101": [HOUSEHOLDS, ("H001", "赵大", "4", ""), ("H777", "谁", "1", "")]},
    )
    report = import_register_book(empty, alone)
    assert report.unknown_households == ("H777",)
    (household,) = rows_of(empty, HouseholdRow, house_no="H001")
    assert household.properties["arable_mu"] == "4"
    assert len(rows_of(empty, HouseholdRow)) == 2


def test_the_monthly_monitoring_completes_members_and_names_who_is_unknown(
    empty: County, book: Path, tmp_path: Path
) -> None:
    import_register_book(empty, book)
    rows = [
        ("户编号", "人口编号", "姓名", "证件号码", "是否已务工", "务工所在县", "务工月收入"),
        ("H001", "P002", "钱二", "", "是", "东莞市", 4500),
        ("H001", "P777", "谁", "", "是", "东莞市", 4500),
    ]
    alone = workbook(tmp_path / "月监测.xlsx", {"（务工月监测）已外出务工信息": rows})
    report = import_register_book(empty, alone)
    assert report.unknown_members == ("H001 P777",)
    (person,) = rows_of(empty, PersonRow, person_no="P002")
    assert (person.name, person.properties["work_county"]) == ("钱二", "东莞市")
    assert (person.properties["working"], person.properties["monthly_wage"]) == (True, "4500")
    assert len(rows_of(empty, PersonRow)) == 3
    assert report.lists["persons"].changed == 1
    again = import_register_book(empty, alone)
    assert (again.lists["persons"].changed, again.changed) == (0, 0)


def test_a_helper_of_two_villages_does_not_flip_between_books(
    empty: County, book: Path, tmp_path: Path
) -> None:
    other = workbook(
        tmp_path / "西镇.xlsx",
        {
            "（自定义）行政村信息": [VILLAGES, ("样例县", "西镇", "李庄村", "419925101201")],
            "（自定义）监测对象信息": [
                PERSONS,
                ("样例县", "西镇", "李庄村", "H100", "P100", "李四", "", "户主", "脱贫户", "", ""),
            ],
            "（自定义）帮扶责任人信息": [
                PAIRINGS,
                ("H100", "李帮扶", "13900000001", ""),
                ("H100", "王文书", "13900000002", ""),
            ],
        },
    )
    import_books(empty, [book, other])
    staff = {row.name: (row.role, row.area_code, row.unit_name) for row in rows_of(empty, StaffRow)}
    assert staff == {
        "李帮扶": ("helper", CODE, "县农业农村局"),
        "王文书": ("clerk", "419925100201", ""),
    }
    assert sum(report.changed for report in import_books(empty, [book, other])) == 0
    assert {row.name: (row.role, row.area_code, row.unit_name) for row in rows_of(empty, StaffRow)} == staff


def test_a_ledger_brings_the_visits_of_the_year_once(empty: County, book: Path, tmp_path: Path) -> None:
    import_register_book(empty, book)
    ledger = workbook(
        tmp_path / "走访台账.xlsx",
        {
            "走访台账": [
                LEDGER,
                ("H001", "2026-03-05", "李帮扶", "13900000001", "了解春耕"),
                ("H001", "2026-05-06", "外来人", "", "政策宣传"),
                ("H777", "2026-05-06", "李帮扶", "13900000001", "不存在的户"),
            ]
        },
    )
    report = import_ledger(empty, ledger)
    assert (report.lists["visits"].new, report.unknown_households) == (2, ("H777",))
    visits = {row.visit_date: row for row in rows_of(empty, VisitRow)}
    assert (visits["2026-03-05"].visitor_id, visits["2026-03-05"].source) == (
        staff_id(CODE, HELPER_KEY),
        "imported",
    )
    assert visits["2026-05-06"].visitor_id == ""
    assert import_ledger(empty, ledger).changed == 0
    rows, _ = fetch_all(enrolled(empty, staff_id(CODE, HELPER_KEY)))
    assert len(ids(rows, "visits")) == 2


def test_units_come_with_the_cadres_and_get_whom_to_call_from_the_list_of_units(
    empty: County, book: Path, tmp_path: Path
) -> None:
    import_register_book(empty, book)
    assert [(unit.name, unit.phone) for unit in rows_of(empty, UnitRow)] == [("县农业农村局", "")]
    names = workbook(
        tmp_path / "单位名册.xlsx",
        {
            "单位名册": [
                ("单位", "类别", "联系人", "联系电话"),
                ("县农业农村局", "帮扶单位", "周科长", "0374-3561234"),
                ("县住建局", "行业部门", "", "13800000009"),
            ]
        },
    )
    told = import_units(empty, names).lists["units"]
    assert (told.new, told.changed, told.same) == (1, 1, 0)
    assert import_units(empty, names).changed == 0
    import_register_book(empty, book)
    units = {unit.name: (unit.kind, unit.contact_name, unit.phone) for unit in rows_of(empty, UnitRow)}
    assert units == {
        "县农业农村局": ("helping", "周科长", "0374-3561234"),
        "县住建局": ("leading", "", "13800000009"),
    }
    rows, _ = fetch_all(enrolled(empty, staff_id(CODE, HELPER_KEY)))
    assert len(ids(rows, "units")) == 2


def test_progress_is_told_and_cancel_stops_between_books(empty: County, book: Path) -> None:
    told: list[Progress] = []
    import_books(empty, [book], progress=told.append)
    assert [(step.done, step.total) for step in told] == [(0, 1), (1, 1)]
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(KnownError) as caught:
        import_books(empty, [book], cancel=cancel)
    assert caught.value.code == "TASK-001"


def test_a_book_that_is_none_of_ours_changes_nothing(empty: County, tmp_path: Path) -> None:
    path = workbook(tmp_path / "x.xlsx", {"Sheet1": [("甲", "乙"), ("1", "2")]})
    with pytest.raises(KnownError) as caught:
        import_register_book(empty, path)
    assert caught.value.code.startswith("BOOK-")
    assert not rows_of(empty, FeedRow, list="households")
