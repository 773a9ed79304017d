"""Rows of the table about names of categories: the county's own, by year, on every laptop."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.county.importing import import_register_book
from fieldapp.county.publishing import publish_policy
from fieldapp.services.printing import PrintOrder
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from fieldapp.tables.register import HouseholdRow
from tests.county.test_importing import workbook
from tests.county.world import rows_of
from tests.services.asking import homes
from tests.services.world import World
from tests.sheets.reading import all_text

_COLUMNS = ("县", "乡", "村", "户编号", "人口编号", "姓名", "证件号码", "与户主关系", "户类型")
_CODES = """
[labels.household_type]
out_of_poverty = "脱困户"
[extra]
household_type = [["not_yet", "未脱贫户", "not yet out of poverty"]]
[aliases.household_type]
"困难户" = "not_yet"
"""


def kinds(workspace: Workspace) -> set[str]:
    return {row.household_type for row in workspace.worklist.rows(workspace.worklist.ids(WorkFilter()))}


@pytest.mark.requirement("A031", "A175")
def test_a_local_name_of_the_county_stands_on_every_laptop_after_the_next_unlock(
    world: World, clerk: Workspace
) -> None:
    assert "脱贫户" in kinds(clerk)
    publish_policy(world.county, [("codes.toml", _CODES)])
    clerk.sync.run()
    clerk.close()
    again = world.unlocked("clerk")
    assert "脱困户" in kinds(again)
    assert "脱贫户" not in kinds(again)
    rows = again.worklist.rows(again.worklist.ids(WorkFilter()))
    home = next(row.household_id for row in rows if row.household_type == "脱困户")
    (sheet,) = again.printing.make(PrintOrder("file", (home,)))
    assert "脱困户" in all_text(sheet.pdf)


@pytest.mark.requirement("A026")
def test_a_category_of_former_years_is_the_countys_own_code_and_is_imported(
    world: World, clerk: Workspace, tmp_path: Path
) -> None:
    home = homes(clerk)[0]
    publish_policy(world.county, [("codes.toml", _CODES)])
    (row,) = rows_of(world.county, HouseholdRow, id=home)
    file = clerk.households.file(home)
    head = file.members[0]
    cells = ("襄城县", file.town_name, file.village_name, row.house_no, head.person_no, head.name)
    line = (*cells, head.id_number, "户主", "困难户")
    book = workbook(tmp_path / "export.xlsx", {"（自定义）监测对象信息": [_COLUMNS, line]})
    import_register_book(world.county, book)
    assert rows_of(world.county, HouseholdRow, id=home)[0].household_type == "not_yet"
    clerk.sync.run()
    clerk.close()
    again = world.unlocked("clerk")
    assert "未脱贫户" in kinds(again)
