"""The ledger of work through the services."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from fieldapp.register.id_formats import IdFormat, format_id_number
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes


def test_every_member_is_in_one_group_with_place_and_job(clerk: Workspace) -> None:
    lines = clerk.workers.lines(homes(clerk))
    assert len({line.person_id for line in lines}) == len(lines)
    away = [line for line in lines if line.group == "elsewhere"]
    assert away
    assert all(line.village and line.head_name and line.name for line in lines)
    monitored = next(line for line in away if line.employer)
    person = next(
        p for p in clerk.households.file(monitored.household_id).members if p.id == monitored.person_id
    )
    assert str(person.get("work_county")) in monitored.place
    assert clerk.workers.lines([]) == []


@pytest.mark.parametrize("form", ["plain", "quoted", "masked", "last4", "split", "upper"])
def test_the_ledger_shows_identity_numbers_in_the_form_asked_for_and_is_noted(
    clerk: Workspace, tmp_path: Path, form: IdFormat
) -> None:
    lines = [line for line in clerk.workers.lines(homes(clerk)) if line.id_number][:5]
    path = tmp_path / "务工.xlsx"
    assert clerk.workers.save(lines, path, purpose="就业服务", id_format=form) == 5
    sheet = openpyxl.load_workbook(path).worksheets[0]
    headings = [cell.value for cell in sheet[3]]
    at = headings.index("证件号码") + 1
    shown = [sheet.cell(row, at).value for row in range(4, 9)]
    assert shown == [format_id_number(line.id_number, form) for line in lines]
    act = clerk.printing.log()[0]
    assert (act.sheet, act.to, act.purpose, act.profile) == ("work_ledger", "务工.xlsx", "就业服务", form)
    assert act.households == tuple(dict.fromkeys(line.household_id for line in lines))
