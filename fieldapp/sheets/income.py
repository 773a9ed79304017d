"""The income of the years as a table: classes in rows, years in columns, the line of each year below.

Only the household's net income is divided by heads, as the national forms do; single items never are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from fieldapp.register.entities import IncomeYear
from fieldapp.register.policy import YearPolicy, income_line_of
from fieldapp.sheets.wording import Wording, yuan

__all__ = ["LINE_MISSING", "YEARS_SHOWN", "against_line", "income_table"]

#: A table has room for this many years beside each other; older ones are in earlier prints.
YEARS_SHOWN = 4
LINE_MISSING = "待县里填"
_CLASSES = ("wage", "business", "property", "transfer")
_TRANSFERS = (
    "family_planning_grant",
    "low_income_grant",
    "hardship_grant",
    "pension",
    "ecology_grant",
    "other_transfer",
)


def against_line(per_capita: str | None, line: int | None) -> str:
    """Return how the income a head stands against the line, in words."""
    if line is None:
        return LINE_MISSING
    try:
        difference = Decimal(per_capita or "") - line
    except InvalidOperation:
        return ""
    if difference == 0:
        return "持平"
    return f"{'高' if difference > 0 else '低'}于 {yuan(str(abs(difference)))}"


def income_table(
    incomes: Sequence[IncomeYear], words: Wording, policies: tuple[YearPolicy, ...] | None
) -> dict[str, object]:
    """Return years and rows of the table, oldest year at the left."""
    active = [income for income in incomes if income.status == "active"]
    shown = sorted(active, key=lambda income: income.year)[-YEARS_SHOWN:]
    rows = [_row(name, shown, words, level=0) for name in _CLASSES]
    rows += [
        _row(name, shown, words, level=1)
        for name in _TRANSFERS
        if any(income.get(name) is not None for income in shown)
    ]
    rows += [_row("expense", shown, words, level=0), _row("net", shown, words, level=0, strong=True)]
    rows.append(_row("per_capita", shown, words, level=0, strong=True))
    lines = [income_line_of(income.year, policies) for income in shown]
    rows.append(
        {
            "label": "当年收入参考线（人均）",
            "cells": [LINE_MISSING if line is None else yuan(str(line)) for line in lines],
            "level": 0,
            "strong": False,
        }
    )
    rows.append(
        {
            "label": "人均纯收入与参考线相比",
            "cells": [
                against_line(income.per_capita, line) for income, line in zip(shown, lines, strict=True)
            ],
            "level": 0,
            "strong": False,
        }
    )
    if any(income.get("compliant_medical") is not None for income in shown):
        rows.append(_row("compliant_medical", shown, words, level=0))
    return {"years": [f"{income.year}年" for income in shown], "rows": rows}


def _row(
    name: str, shown: Sequence[IncomeYear], words: Wording, *, level: int, strong: bool = False
) -> dict[str, object]:
    prop = words.schema.lists["incomes"].properties[name]
    label = f"其中：{prop.zh}" if level else prop.zh
    return {
        "label": label,
        "cells": [words.fact(income, name) for income in shown],
        "level": level,
        "strong": strong,
    }
