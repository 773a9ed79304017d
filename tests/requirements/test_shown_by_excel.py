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
