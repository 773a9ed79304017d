"""Rows of the table that stand in a ledger: what the forms of the set record, and what the register shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from fieldapp.services.ledgers import LedgerKey
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from tests.forms.conftest import clerk, made, offline
from tests.services.asking import first
from tests.services.forms import fill_required

__all__ = ["clerk", "made", "offline"]

_HURRY = {"signing": "paper", "health": "healthy", "medical_insurance": "resident", "labour": "ordinary"}


def told(clerk: Workspace, form: str, answers: dict[str, str]) -> str:
    """Fill a form in for the first household with some answers; return the household."""
    home = first(clerk)
    draft = clerk.visits.start_form(home, form)
    for _ in range(2):
        for name, text in answers.items():
            draft.session.set(f"/data/{name}", text)
    fill_required(draft.session, _HURRY)
    clerk.visits.finish(draft)
    return home


def lines(clerk: Workspace, key: LedgerKey, home: str) -> list[dict[str, str | float]]:
    """Return a household's lines of a ledger by heading."""
    ledger = clerk.ledgers.open(key)
    heads = [column.zh for column in ledger.columns]
    return [dict(zip(heads, row.cells, strict=True)) for row in ledger.rows if row.household_id == home]


@pytest.mark.requirement("A056")
def test_a_gift_is_recorded_on_the_plan_form_and_listed_with_its_giver(
    clerk: Workspace, tmp_path: Path
) -> None:
    home = told(
        clerk,
        "plan",
        {
            "aids[1]/aid_item": "棉被两床",
            "aids[1]/aid_kind": "donation",
            "aids[1]/received_on": "2026-11-20",
            "aids[1]/aid_amount": "260",
            "aids[1]/giver": "县红十字会",
        },
    )
    (line,) = lines(clerk, "given", home)
    assert [line[name] for name in ("类别", "内容", "日期", "金额或折价（元）", "提供单位或个人")] == [
        *("捐款捐物", "棉被两床", "2026-11-20", 260.0, "县红十字会")
    ]
    path = tmp_path / "慰问.xlsx"
    assert clerk.ledgers.save("given", None, path, id_format="masked", purpose="年底汇总") == 1
    rows = list(load_workbook(path)["台账"].iter_rows(values_only=True))
    assert rows[0][0] == "捐赠、志愿服务、慰问台账"
    assert "棉被两床" in rows[3]
    act = clerk.printing.log()[0]
    assert (act.sheet, act.households, act.purpose, act.to) == (
        "ledger_given",
        (home,),
        "年底汇总",
        path.name,
    )


@pytest.mark.requirement("A055")
def test_a_call_to_the_hotline_is_a_lead_and_stands_in_the_ledger_of_cases(clerk: Workspace) -> None:
    home = told(
        clerk,
        "lead",
        {
            "lead/found_on": "2026-11-20",
            "lead/source": "petition",
            "lead/channel": "hotline",
            "lead/risks": "illness",
            "lead/situation": "12345 转办：反映住院自付多",
        },
    )
    (line,) = lines(clerk, "cases", home)
    assert [line[name] for name in ("登记日期", "来源", "渠道", "反映的情况", "状态")] == [
        *("2026-11-20", "信访", "热线", "12345 转办：反映住院自付多", "待受理")
    ]


@pytest.mark.requirement("A050")
def test_children_out_of_school_and_aided_pupils_stand_in_their_ledgers(
    clerk: Workspace, tmp_path: Path
) -> None:
    before = clerk.ledgers.open("out_of_school")
    pupil = next(
        (home, member)
        for row in clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))
        for home in [row.household_id]
        for member in clerk.households.file(home).members
        if str(member.get("school_state") or "") in ("primary", "grade7", "grade8", "grade9")
        and str(member.id_number)[6:10] >= "2012"
    )
    home, member = pupil

    def correct(name: str, text: str) -> None:
        clerk.households.correct(home, "persons", member.id, name, text, "入户核实")

    correct("dropout_reason", "厌学，随父母外出")
    correct("dropout_measure", "persuaded")
    correct("student_aid", "寄宿生生活补助")
    (child,) = [line for line in lines(clerk, "out_of_school", home) if line["姓名"] == member.name]
    assert (child["未上学原因"], child["控辍保学措施"]) == ("厌学，随父母外出", "劝返复学")
    assert "*" in str(child["证件号码"])
    assert len(clerk.ledgers.open("out_of_school").rows) == len(before.rows) + 1
    aided = [line for line in lines(clerk, "student_aid", home) if line["姓名"] == member.name]
    assert "寄宿生生活补助" in [line["资助"] for line in aided]
    path = tmp_path / "控辍.xlsx"
    clerk.ledgers.save("out_of_school", None, path, id_format="plain", purpose="报教体局")
    cells = {cell for row in load_workbook(path)["台账"].iter_rows(values_only=True) for cell in row}
    assert member.id_number in cells


def test_a_ledger_of_one_village_has_its_households_only_and_says_so(
    clerk: Workspace, tmp_path: Path
) -> None:
    whole = clerk.ledgers.open("low_listed", 2025)
    village = next(area for area in clerk.worklist.areas() if area.level == "village")
    inside = set(clerk._store.homes_in(village.code))
    part = clerk.ledgers.open("low_listed", 2025, area_code=village.code)
    assert [row for row in whole.rows if row.household_id in inside] == list(part.rows)
    out = tmp_path / "a.xlsx"
    clerk.ledgers.save("low_listed", 2025, out, id_format="masked", purpose="核对", area_code=village.code)
    title = str(load_workbook(out).worksheets[0]["A1"].value)
    assert title.startswith(village.name)
    assert clerk.ledgers.open("low_listed", 2025, area_code="999999").rows == ()
