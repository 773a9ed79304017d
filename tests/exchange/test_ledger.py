"""Visit ledgers: one row a visit, refused row by row, and the same visit once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.common.errors import KnownError
from tests.exchange.workbooks import codes, only, read_visits, save_book


def visit(**facts: object) -> dict[str, object]:
    return {
        "户编号": "4110250000001",
        "户主姓名": "张　三",
        "走访日期": "2026年3月5日",
        "走访方式": "入户",
        "走访结果": "见到本人或家人",
        "走访人": "赵 六",
        "走访人电话": "13800000001",
        "走访情况": "查看住房和饮水。",
        **facts,
    }


def ledger(folder: Path, *rows: dict[str, object]) -> Path:
    return save_book(folder / "走访台账.xlsx", {"走访台账": list(rows)})


def test_a_visit_is_read(tmp_path: Path) -> None:
    row = visit(家中变化="健康、就业", 签字方式="纸质签字", 录入时间="2026-03-06 19:30", 诉求="想找活干")
    (read,) = read_visits(ledger(tmp_path, row)).visits
    assert (read.house_no, read.visit_date, read.mode, read.visitor_key) == (
        "4110250000001",
        "2026-03-05",
        "door",
        "赵六|13800000001",
    )
    assert read.facts == {
        "visit_date": "2026-03-05",
        "mode": "door",
        "outcome": "met",
        "visitor_name": "赵六",
        "summary": "查看住房和饮水。",
        "changes": ["health", "job"],
        "signing": "paper",
        "requests": "想找活干",
        "entered_at": "2026-03-06T11:30:00Z",
        "source": "imported",
    }


def test_a_ledger_without_way_and_outcome_is_one_of_visits_at_the_door(tmp_path: Path) -> None:
    row = {key: value for key, value in visit().items() if key not in ("走访方式", "走访结果")}
    (read,) = read_visits(ledger(tmp_path, row)).visits
    assert (read.facts["mode"], read.facts["outcome"]) == ("door", "met")


def test_an_empty_way_is_the_door_and_an_unknown_one_refuses_the_row(tmp_path: Path) -> None:
    reading = read_visits(ledger(tmp_path, visit(走访方式=""), visit(走访方式="托梦", 走访日期="20260401")))
    assert [read.mode for read in reading.visits] == ["door"]
    assert only(reading).code == "ROW-008"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"走访日期": "2026-11-23"}, "ROW-029"),
        ({"走访日期": "三月"}, "ROW-010"),
        ({"走访日期": "202603"}, "ROW-011"),
        ({"走访日期": ""}, "ROW-001"),
        ({"户编号": ""}, "ROW-001"),
        ({"走访人": ""}, "ROW-001"),
    ],
)
def test_a_row_that_is_no_visit_is_refused_and_the_others_go_in(
    tmp_path: Path, facts: dict[str, object], code: str
) -> None:
    reading = read_visits(ledger(tmp_path, visit(**facts), visit(走访日期="20260102")))
    assert (only(reading).code, only(reading).row) == (code, 4)
    assert [read.visit_date for read in reading.visits] == ["2026-01-02"]
    assert (reading.counts.rows, reading.counts.taken, reading.counts.refused) == (2, 1, 1)


def test_the_same_visit_twice_is_taken_once(tmp_path: Path) -> None:
    other_day, other_way = visit(走访日期="20260306"), visit(走访方式="电话")
    reading = read_visits(ledger(tmp_path, visit(), visit(), other_day, other_way))
    assert len(reading.visits) == 3
    assert (only(reading).code, only(reading).row) == ("ROW-004", 5)


def test_a_ledger_without_a_needed_column_is_refused_whole(tmp_path: Path) -> None:
    row = {key: value for key, value in visit().items() if key != "走访日期"}
    with pytest.raises(KnownError) as caught:
        read_visits(ledger(tmp_path, row))
    assert (caught.value.code, caught.value.details["columns"]) == ("BOOK-007", "「走访日期」")


def test_totals_in_a_ledger_are_no_visits(tmp_path: Path) -> None:
    reading = read_visits(ledger(tmp_path, visit(), {"户编号": "合计", "走访情况": "1 次"}))
    assert (len(reading.visits), codes(reading)) == (1, ["ROW-021"])
