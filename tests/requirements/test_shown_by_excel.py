"""Rows of the table about lists that go to Excel and come back: who works away and who came back."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from fieldapp.services.workspace import Workspace
from tests.services.asking import homes


@pytest.mark.requirement("A108")
def test_who_works_away_and_who_came_back_is_listed_by_group_as_it_changes(
    clerk: Workspace, tmp_path: Path
) -> None:
    before = clerk.workers.lines(homes(clerk))
    groups = Counter(line.group for line in before)
    away = next(line for line in before if line.group == "elsewhere")
    home, person = away.household_id, away.person_id
    clerk.households.correct(home, "persons", person, "working", "false", "电话核实")
    clerk.households.correct(home, "persons", person, "returned_on", "2026-11-20", "电话核实")
    after = clerk.workers.lines(homes(clerk))
    now = Counter(line.group for line in after)
    assert (now["elsewhere"], now["returned"]) == (groups["elsewhere"] - 1, groups["returned"] + 1)
    (back,) = [line for line in after if line.person_id == person]
    assert (back.group, back.back) == ("returned", "2026-11-20")
    returned = [line for line in after if line.group == "returned"]
    clerk.workers.save(returned, tmp_path / "返乡.xlsx", purpose="返乡人员就业服务")
    sheet = openpyxl.load_workbook(tmp_path / "返乡.xlsx").worksheets[0]
    names = [sheet.cell(row, 5).value for row in range(4, sheet.max_row + 1)]
    assert names == [line.name for line in returned]


@pytest.mark.requirement("A177")
def test_everybody_able_to_work_is_in_the_ledger_with_age_schooling_and_skill(
    clerk: Workspace, tmp_path: Path
) -> None:
    lines = clerk.workers.lines(homes(clerk))
    listed = {line.person_id for line in lines}
    members = [person for home in homes(clerk) for person in clerk.households.file(home).members]
    able = [
        person
        for person in members
        if person.get("labour") in ("skilled", "ordinary")
        and not person.get("school_state")
        and 16 <= int(clerk.today().year) - int(str(person.birth_date)[:4]) <= 60
    ]
    assert able
    assert {person.id for person in able} <= listed
    somebody = able[0]
    clerk.households.correct(somebody.household_id, "persons", somebody.id, "skill", "电焊", "电话核实")
    again = clerk.workers.lines(homes(clerk))
    (line,) = [line for line in again if line.person_id == somebody.id]
    assert (line.skill, line.labour in ("技能劳动力", "普通劳动力")) == ("电焊", True)
    clerk.workers.save(again, tmp_path / "劳动力底数.xlsx", purpose="劳动力底数")
    sheet = openpyxl.load_workbook(tmp_path / "劳动力底数.xlsx").worksheets[0]
    headings = [cell.value for cell in sheet[3]]
    assert {"年龄", "文化程度", "劳动技能", "掌握的技能", "培训意愿", "分类"} <= set(headings)
    assert sheet.max_row == 3 + len(again)
