"""The table of incomes and the line of each year."""

from __future__ import annotations

import pytest

from fieldapp.register.entities import IncomeYear
from fieldapp.register.policy import VisitRule, YearPolicy, income_line_of
from fieldapp.register.schema import register_schema
from fieldapp.sheets.income import LINE_MISSING, against_line, income_table
from fieldapp.sheets.wording import Wording
from tests.sheets.samples import NOW, ordinary

RULE = VisitRule(6, 2, True)
POLICIES = (
    YearPolicy(2026, "今年", RULE, None, ""),
    YearPolicy(2025, "去年", RULE, 8700, ""),
    YearPolicy(2022, "历史", RULE, 6700, ""),
)
WORDS = Wording(register_schema(), "full", NOW.date())


def table(*incomes: IncomeYear) -> tuple[list[str], dict[str, list[str]]]:
    content = income_table(incomes, WORDS, POLICIES)
    years, rows = content["years"], content["rows"]
    assert isinstance(years, list)
    assert isinstance(rows, list)
    return years, {row["label"]: row["cells"] for row in rows}


def test_only_a_line_of_that_very_year_is_a_line() -> None:
    assert income_line_of(2025, POLICIES) == 8700
    assert income_line_of(2022, POLICIES) == 6700
    assert income_line_of(2023, POLICIES) is None
    assert income_line_of(2026, POLICIES) is None
    assert income_line_of(2010, POLICIES) is None


@pytest.mark.parametrize(
    ("per_capita", "line", "shown"),
    [
        ("8700.5", 8700, "高于 0.50"),
        ("8000", 8700, "低于 700.00"),
        ("8700", 8700, "持平"),
        (None, 8700, ""),
        ("9000", None, LINE_MISSING),
    ],
)
def test_income_stands_against_the_line_in_words(
    per_capita: str | None, line: int | None, shown: str
) -> None:
    assert against_line(per_capita, line) == shown


def test_years_run_from_left_to_right_and_old_ones_stay_in_older_prints() -> None:
    years, rows = table(
        *(
            IncomeYear(id=f"i{y}", household_id="h", year=y, wage=str(y))
            for y in (2025, 2021, 2024, 2023, 2022)
        )
    )
    assert years == ["2022年", "2023年", "2024年", "2025年"]
    assert rows["工资性收入"] == ["2,022.00", "2,023.00", "2,024.00", "2,025.00"]


def test_parts_of_transfers_stand_below_where_they_are_known() -> None:
    _, rows = table(*ordinary().incomes)
    labels = list(rows)
    assert labels.index("其中：养老保险金") == labels.index("转移性收入") + 1
    assert "其中：低保金" not in labels


def test_unknown_amounts_stay_blank_and_removed_years_are_left_out() -> None:
    years, rows = table(
        IncomeYear(id="a", household_id="h", year=2025, net="100"),
        IncomeYear(id="b", household_id="h", year=2024, net="1", status="removed"),
    )
    assert years == ["2025年"]
    assert rows["工资性收入"] == [""]
    assert rows["家庭纯收入"] == ["100.00"]
    assert rows["当年收入参考线（人均）"] == ["8,700.00"]
