"""Our facts in another system's columns, and that system's incomes against ours: out and in by the same meanings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldapp.common.clock import FixedClock
from fieldapp.common.errors import KnownError
from fieldapp.exchange.foreign.guessing import targets
from fieldapp.register.schema import register_schema
from fieldapp.services.foreign_sheets import FillRequest, SheetOrder
from fieldapp.services.print_log import PrintLog
from fieldapp.services.workspace import Workspace
from tests.exchange.foreign.test_foreign import book
from tests.services.asking import first, homes
from tests.services.test_foreign_sheets import accept_all, order_of, people
from tests.services.world import MOMENT

SCHEMA = register_schema()
PLATFORM = ("户编号", "户主姓名", "年度", "工资性收入", "转移性收入", "家庭纯收入")


def incomes(clerk: Workspace, home: str, year: int) -> dict[str, object]:
    found = next((one for one in clerk.households.file(home).incomes if one.year == year), None)
    return {} if found is None else {name: found.get(name) for name in ("wage", "transfer", "net")}


def platform(clerk: Workspace, path: Path, *rows: tuple[object, ...]) -> SheetOrder:
    return order_of(clerk, book(path, PLATFORM, *rows, name="家庭收入"), "facts")


def test_incomes_of_a_platform_are_compared_and_taken_over_cell_by_cell(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = first(clerk)
    file = clerk.households.file(home)
    now = incomes(clerk, home, 2025)
    number, head = file.household.house_no, file.household.head_name
    order = platform(
        clerk, tmp_path / "省平台.xlsx", (number, head, 2025, 43210.5, now["transfer"], now["net"])
    )
    checked = clerk.foreign_sheets.check(order)
    (line,) = checked.lines
    assert (line.what_zh, line.after, line.head_name) == ("工资性收入 2025", "43210.5元", head)
    assert accept_all(clerk, checked) == 1
    assert incomes(clerk, home, 2025) == {**now, "wage": "43210.5"}
    assert clerk.foreign_sheets.check(order).lines == ()


def test_a_year_that_the_register_does_not_have_is_made_once_whatever_is_accepted_first(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = first(clerk)
    number = clerk.households.file(home).household.house_no
    order = platform(clerk, tmp_path / "省平台.xlsx", (number, "", 2019, 100, 200, 300))
    checked = clerk.foreign_sheets.check(order)
    assert [line.what_zh for line in checked.lines] == [
        "工资性收入 2019",
        "转移性收入 2019",
        "家庭纯收入 2019",
    ]
    clerk.foreign_sheets.accept(checked, [1])
    assert incomes(clerk, home, 2019) == {"wage": None, "transfer": "200", "net": None}
    clerk.foreign_sheets.accept(checked, [0, 2])
    assert incomes(clerk, home, 2019) == {"wage": "100", "transfer": "200", "net": "300"}
    years = [one.year for one in clerk.households.file(home).incomes]
    assert years.count(2019) == 1


def test_the_year_is_asked_for_where_no_column_tells_it(clerk: Workspace, tmp_path: Path) -> None:
    home = first(clerk)
    number = clerk.households.file(home).household.house_no
    path = book(tmp_path / "表.xlsx", ("户编号", "工资性收入"), (number, 55))
    with pytest.raises(KnownError) as caught:
        clerk.foreign_sheets.check(order_of(clerk, path, "facts"))
    assert (caught.value.code, "哪一年" in caught.value.zh) == ("LIST-001", True)
    (line,) = clerk.foreign_sheets.check(order_of(clerk, path, "facts", year=2024)).lines
    assert line.what_zh == "工资性收入 2024"


def test_rows_of_one_households_members_tell_its_income_once_and_disagreement_is_told(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = next(h for h in homes(clerk) if len(clerk.households.file(h).members) > 1)
    members = clerk.households.file(home).members[:2]
    rows = [(member.id_number, 2018, amount) for member, amount in zip(members, (70, 70), strict=True)]
    heading = ("身份证号", "年度", "工资性收入")
    same = clerk.foreign_sheets.check(order_of(clerk, book(tmp_path / "a.xlsx", heading, *rows), "facts"))
    assert [line.state for line in same.lines] == ["changed"]
    rows[1] = (members[1].id_number, 2018, 71)
    told = clerk.foreign_sheets.check(order_of(clerk, book(tmp_path / "b.xlsx", heading, *rows), "facts"))
    assert [line.state for line in told.lines] == ["changed", "twice"]


def test_our_facts_go_out_under_the_platforms_own_heading(clerk: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "省平台模板.xlsx"
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "采集"
    for row in (
        ("家庭成员采集表",),
        ("序号", "姓名", "公民身份号码", "文化程度", "务工月数", "平台代码", "享受低保政策"),
    ):
        made.active.append(list(row))
    made.active.append([1, "样例", "110101199001011234", "", "", "", ""])
    made.save(path)
    (sheet,) = clerk.foreign_sheets.look(path)
    mapping, _ = clerk.foreign_sheets.meanings(sheet)
    mapping |= {4: "persons.work_months"}
    order = SheetOrder(path, sheet.name, sheet.header_row, sheet.headings, mapping, "facts")
    chosen = tuple(homes(clerk)[:2])
    out = tmp_path / "上传.xlsx"
    members = [member for home in chosen for member in clerk.households.file(home).members]
    assert clerk.foreign_sheets.fill(order, FillRequest(chosen, "上传省平台", "plain"), out) == len(members)
    rows = list(openpyxl.load_workbook(out)["采集"].iter_rows(values_only=True))
    assert rows[0][0] == "家庭成员采集表"
    assert rows[1] == sheet.headings
    assert [row[1:3] for row in rows[2:]] == [(member.name, member.id_number or None) for member in members]
    assert [row[0] for row in rows[2:]] == list(range(1, len(members) + 1))
    assert {row[5] for row in rows[2:]} == {None}, "a column without a meaning stays empty"
    act = PrintLog(clerk._store, clerk.person, FixedClock(MOMENT)).acts()[0]
    assert (act.purpose, act.to, set(act.households)) == ("上传省平台", "上传.xlsx", set(chosen))


def test_an_export_says_what_for_and_whom_it_is_about(clerk: Workspace, tmp_path: Path) -> None:
    order = platform(clerk, tmp_path / "省平台.xlsx", ("1", "", 2025, 1, 2, 3))
    for request, code in (
        (FillRequest((first(clerk),), " "), "CORR-003"),
        (FillRequest((first(clerk),), "核对"), "LIST-001"),
    ):
        with pytest.raises(KnownError) as caught:
            clerk.foreign_sheets.fill(order, request, tmp_path / "out.xlsx")
        assert caught.value.code == code
        assert not (tmp_path / "out.xlsx").exists()


@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_goes_out_comes_back_without_a_difference(
    clerk: Workspace, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Whatever columns are asked for: a system that hands our own sheet back has nothing that differs."""
    folder = tmp_path_factory.mktemp("out")
    facts = data.draw(
        st.lists(
            st.sampled_from(
                [t for t in targets(SCHEMA) if "." in t and t[:4] not in ("key.", "chec", "pay.")]
            ),
            unique=True,
            min_size=1,
            max_size=12,
        )
    )
    key = data.draw(st.sampled_from(["key.id_number", "key.person_no"]))
    headings = ("号码", *(f"列{n}" for n in range(len(facts))))
    template = book(folder / "模板.xlsx", headings, ("x", *("y" for _ in facts)), name="表")
    mapping = {0: key, **dict(enumerate(facts, 1))}
    order = SheetOrder(template, "表", 1, headings, mapping, "facts", year=2025)
    out = folder / "出.xlsx"
    chosen = tuple({person.household_id for person in people(clerk, 6)})
    clerk.foreign_sheets.fill(order, FillRequest(chosen, "核对", "plain"), out)
    back = clerk.foreign_sheets.check(replace(order, path=out))
    odd = [line for line in back.lines if line.state not in ("not_found", "several")]
    assert odd == []


def test_a_year_that_a_sheet_has_made_is_gone_when_the_sheet_is_taken_back(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = first(clerk)
    before = [one.year for one in clerk.households.file(home).incomes]
    number = clerk.households.file(home).household.house_no
    order = platform(clerk, tmp_path / "省平台.xlsx", (number, "", 2019, 100, 200, 300))
    accept_all(clerk, clerk.foreign_sheets.check(order))
    (made,) = clerk.foreign_sheets.imports()
    clerk.foreign_sheets.take_back(made.id)
    assert [one.year for one in clerk.households.file(home).incomes] == before
    accept_all(clerk, clerk.foreign_sheets.check(order))
    assert incomes(clerk, home, 2019) == {"wage": "100", "transfer": "200", "net": "300"}


def test_a_year_to_which_somebody_has_added_stays_with_what_was_added(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = first(clerk)
    number = clerk.households.file(home).household.house_no
    order = platform(clerk, tmp_path / "省平台.xlsx", (number, "", 2019, 100, 200, 300))
    accept_all(clerk, clerk.foreign_sheets.check(order))
    made = next(one for one in clerk.households.file(home).incomes if one.year == 2019)
    clerk.households.correct(home, "incomes", made.id, "property", "55", "补登")
    clerk.foreign_sheets.take_back(clerk.foreign_sheets.imports()[0].id)
    (left,) = [one for one in clerk.households.file(home).incomes if one.year == 2019]
    assert (left.get("wage"), left.get("net"), left.get("property")) == (None, None, "55")
    assert clerk.set_aside.lines() == [], "nothing of it was refused"
