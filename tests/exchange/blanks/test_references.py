"""References when rows are added below a row: cells, ranges, formulas with sheets and texts in them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.exchange.blanks.references import (
    column_number,
    moved_cell,
    moved_formula,
    moved_range,
    moved_ranges,
)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("A5", "A5"),
        ("A6", "A8"),
        ("A1:D5", "A1:D7"),
        ("A5:D5", "A5:D7"),
        ("A6:D9", "A8:D11"),
        ("A1:D4", "A1:D4"),
        ("$B$6", "$B$8"),
    ],
)
def test_what_lies_below_moves_and_what_reaches_the_row_grows(before: str, after: str) -> None:
    assert moved_range(before, 5, 2) == after


def test_a_single_cell_in_the_row_becomes_the_new_rows_in_a_list_of_ranges() -> None:
    assert moved_ranges("B5 D9 A1:A2", 5, 2) == "B5:B7 D11 A1:A2"
    assert moved_ranges("B5", 5, 0) == "B5"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("SUM(C5:C5)", "SUM(C5:C7)"),
        ("A6+$B$1", "A8+$B$1"),
        ("别的!A6", "别的!A6"),
        ("'登记表'!A6", "'登记表'!A8"),
        ('IF(A6="A6",1,0)', 'IF(A8="A6",1,0)'),
        ("LOG10(A6)", "LOG10(A8)"),
        ("A6:B9", "A8:B11"),
    ],
)
def test_formulas_follow_and_texts_and_other_sheets_do_not(before: str, after: str) -> None:
    assert moved_formula(before, 5, 2, "登记表", own=True) == after


def test_a_formula_of_another_sheet_follows_only_where_it_names_this_one() -> None:
    assert moved_formula("A6+登记表!A6", 5, 2, "登记表", own=False) == "A6+登记表!A8"


@given(st.integers(1, 900), st.integers(1, 900), st.integers(0, 60))
def test_the_order_of_cells_never_changes(row: int, pattern: int, more: int) -> None:
    moved = int(moved_cell(f"C{row}", pattern, more)[1:])
    following = int(moved_cell(f"C{row + 1}", pattern, more)[1:])
    assert moved < following
    assert moved == row or row > pattern


def test_columns_are_counted_from_one() -> None:
    assert [column_number(cell) for cell in ("A1", "Z9", "AA1", "XFD1")] == [1, 26, 27, 16384]
