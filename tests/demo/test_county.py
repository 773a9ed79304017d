"""The generated county: exact figures, the same again from the same seed, kept once it is there."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.demo.generate import FULL, SMALL, generate_county
from fieldapp.demo.generate.manifest import MANIFEST_NAME
from tests.demo.small_county import SEED, TODAY, county, households, ledger, register


def test_the_books_hold_exactly_the_planned_households_and_persons() -> None:
    counts = register().counts
    assert (counts.listed_households, counts.listed_persons) == (60, 180)
    assert (SMALL.listed.households, SMALL.listed.persons) == (60, 180)
    made = county().manifest
    assert (made.households, made.persons) == (counts.households, counts.persons)
    assert (made.listed_households, made.listed_persons) == (60, 180)
    assert made.visits == len(ledger().visits)


@pytest.mark.requirement("A027", "A028")
def test_each_category_has_its_exact_number() -> None:
    kinds = dict(SMALL.quotas)
    for kind in ("unstable", "marginal"):
        monitored = [house for house in households() if house.facts.get("monitor_kind") == kind]
        assert len(monitored) == kinds[kind].households
        assert sum(len(house.persons) for house in monitored) == kinds[kind].persons


@pytest.mark.requirement("A035")
def test_the_full_village_has_all_its_households_ordinary_ones_included() -> None:
    village = county().manifest.full_village_code
    inside = [house for house in households() if house.facts["area_code"] == village]
    ordinary = households(listed=False)
    assert len(inside) == SMALL.full_village == county().manifest.full_village_households
    assert ordinary
    assert {house.facts["area_code"] for house in ordinary} == {village}


def test_the_full_scale_is_the_county_of_the_sources() -> None:
    assert (FULL.listed.households, FULL.listed.persons) == (12_081, 36_782)
    assert (FULL.towns, FULL.villages, FULL.full_village) == (16, 430, 400)
    quotas = dict(FULL.quotas)
    out = (quotas["plain"], quotas["unstable"])
    assert (sum(q.households for q in out), sum(q.persons for q in out)) == (11_548, 35_538)
    assert (quotas["unstable"].households, quotas["unstable"].persons) == (354, 915)
    assert (quotas["marginal"].households, quotas["marginal"].persons) == (533, 1_244)


def test_a_good_book_gives_no_finding_but_the_page_of_notes() -> None:
    assert [(finding.code, finding.sheet) for finding in register().findings] == [("ROW-025", "说明")]
    assert ledger().findings == []


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    again = generate_county(tmp_path / "a", seed=SEED, today=TODAY, scale=SMALL)
    other = generate_county(tmp_path / "b", seed=SEED + 1, today=TODAY, scale=SMALL)
    mine = [path.read_bytes() for path in (*county().register_books, *county().ledgers)]
    assert [path.read_bytes() for path in (*again.register_books, *again.ledgers)] == mine
    assert [path.read_bytes() for path in (*other.register_books, *other.ledgers)] != mine


def test_a_complete_folder_is_used_again_and_a_broken_one_is_made_anew(tmp_path: Path) -> None:
    first = generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL)
    assert not first.reused
    assert generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL).reused
    assert generate_county(tmp_path, seed=1, today=date(2026, 12, 31), scale=SMALL).reused
    first.ledgers[0].write_bytes(b"cut")
    assert not generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL).reused
    (tmp_path / MANIFEST_NAME).write_text("{", "utf-8")
    assert not generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL).reused


@pytest.mark.parametrize(("seed", "today"), [(2, TODAY), (1, date(2027, 1, 1)), (1, date(2026, 11, 1))])
def test_another_seed_year_or_an_earlier_day_is_made_anew(tmp_path: Path, seed: int, today: date) -> None:
    generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL)
    assert not generate_county(tmp_path, seed=seed, today=today, scale=SMALL).reused


def test_progress_is_told_and_cancelling_leaves_no_manifest_and_no_half_book(tmp_path: Path) -> None:
    steps: list[Progress] = []
    cancel = CancelToken()

    def watch(progress: Progress) -> None:
        steps.append(progress)
        cancel.cancel()

    with pytest.raises(KnownError) as caught:
        generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL, progress=watch, cancel=cancel)
    assert caught.value.code == "TASK-001"
    assert steps[0].label_zh == "正在生成城关镇"
    assert {path.suffix for path in tmp_path.iterdir()} <= {".xlsx"}
    assert not generate_county(tmp_path, seed=1, today=TODAY, scale=SMALL).reused


def test_a_folder_that_cannot_be_made_is_a_known_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(KnownError) as caught:
        generate_county(tmp_path / "file" / "county", seed=1, today=TODAY, scale=SMALL)
    assert caught.value.code == "DISK-002"


def test_folder_and_every_sheet_say_that_the_people_are_invented() -> None:
    assert "合成" in (county().folder / "README.txt").read_text("utf-8")
    for path in (*county().register_books, *county().ledgers):
        book = openpyxl.load_workbook(path, read_only=True)
        for sheet in book.worksheets:
            top = " ".join(str(cell) for row in sheet.iter_rows(max_row=2, values_only=True) for cell in row)
            assert "合成" in top or sheet.title == "说明"
        book.close()


def test_the_books_have_the_form_of_the_national_export() -> None:
    book = openpyxl.load_workbook(county().register_books[0])
    assert book.sheetnames == [
        *(
            "说明",
            "（自定义）行政村信息",
            "（自定义）干部信息",
            "（自定义）监测对象信息",
            "（自定义）一般农户信息",
        ),
        *(
            "（乡村建设）户信息_20261122",
            "（务工月监测）已外出务工信息",
            "（务工月监测）计划外出务工信息",
            "（自定义）家庭收入信息",
            "（自定义）帮扶措施信息",
            "（自定义）帮扶责任人信息",
        ),
    ]
    sheet = book["（自定义）监测对象信息"]
    assert (sheet["A3"].value, sheet["H3"].value, sheet["FU3"].value) == ("省", "户编号", "备注")
    for heading in ("户编号", "人口编号", "证件号码"):
        column = next(cell.column for cell in sheet[3] if cell.value == heading)
        assert all(
            sheet.cell(row, column).data_type == "s" for row in range(4, 30) if sheet.cell(row, column).value
        )


def test_the_command_writes_a_county(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "fieldapp.demo.generate", str(tmp_path / "县"), "--small"]
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*command, "--today", "2026-11-22"],
        capture_output=True,
        check=True,
        env=environment,
        encoding="utf-8",
    )
    assert "60 户 180 人在册" in done.stdout
    assert len(list((tmp_path / "县").glob("*.xlsx"))) == 2


def test_the_monthly_monitoring_names_who_works_away_and_who_plans_to() -> None:
    book = openpyxl.load_workbook(county().register_books[0])
    for name, heading in (("已外出务工信息", "务工企业名称"), ("计划外出务工信息", "计划务工所在县")):
        sheet = book[f"（务工月监测）{name}"]
        column = next(cell.column for cell in sheet[3] if cell.value == heading)
        assert sheet.max_row > 3
        assert all(sheet.cell(row, column).value for row in range(4, sheet.max_row + 1))
