"""Cells become stored values of their property's type, or say why not."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldapp.exchange.cells import Unreadable, cell_text, converter_of, shown
from fieldapp.exchange.grids import Cell
from fieldapp.exchange.layouts import Column, shipped_layouts
from fieldapp.register.schema import Code, register_schema
from fieldapp.register.values import Value


def convert(target: str, cell: Cell) -> Value | str:
    """Return the value of a cell in the column of ``target``, or the code of what is wrong."""
    column = next(
        column
        for layout in (shipped_layouts().register, shipped_layouts().ledger)
        for sheet in layout.sheets
        for column in sheet.columns
        if column.target == target
    )
    value = converter_of(column, register_schema())(cell)
    return value.spec.code if isinstance(value, Unreadable) else value


@pytest.mark.parametrize(
    ("target", "cell", "value"),
    [
        ("persons.sex", "女", "female"),
        ("persons.work_place", "乡（镇）内", "town"),
        ("persons.health", "长期慢性病，残疾", ["chronic", "disabled"]),
        ("persons.health", "残疾;患有大病", ["serious", "disabled"]),
        ("persons.welfare_post", "无", "none"),
        ("persons.school_state", "无", None),
        ("persons.id_type", "身份证", "id_card"),
        ("persons.work_months", "10个月", 10),
        ("persons.work_months", 8.0, 8),
        ("persons.work_months", "半年", "ROW-009"),
        ("persons.low_income_allowance", "√", True),
        ("persons.low_income_allowance", "无", False),
        ("persons.low_income_allowance", True, True),
        ("persons.low_income_allowance", "也许", "ROW-008"),
        ("households.arable_mu", "３．５０亩", "3.5"),
        ("households.arable_mu", 2.25, "2.25"),
        ("incomes.net", "12,345.60", "12345.6"),
        ("incomes.net", "¥ 1,000 元", "1000"),
        ("incomes.net", "1.2万元", "ROW-009"),
        ("incomes.net", "-", None),
        ("incomes.net", "=A1", "ROW-009"),
        ("households.house_year", 1998.0, 1998),
        ("households.identified_month", "20220315", "2022-03"),
        ("households.identified_month", "/", None),
        ("households.identified_month", "去年", "ROW-010"),
        ("persons.birth_date", "202203", "ROW-011"),
        ("pairings.started", date(2023, 1, 5), "2023-01-05"),
        ("households.house_no", "'4110250000001", "4110250000001"),
        ("households.house_no", "4.11025E+12", "ROW-002"),
        ("households.house_no", 4110250000001.0, "4110250000001"),
        ("households.house_no", 4.11e16, "ROW-002"),
        ("persons.id_number", 419999197001011.0, "ROW-002"),
        ("persons.id_number", "无", None),
        ("persons.name", "张　三", "张三"),
        ("persons.dropout_reason", " 因病 \n休学 ", "因病 休学"),
        ("persons.ethnicity", "#REF!", "ROW-028"),
        ("visits.entered_at", "2026-03-05 20:14", "2026-03-05T12:14:00Z"),
        ("visits.entered_at", "不详", "ROW-010"),
    ],
)
def test_cells_are_converted_by_the_propertys_type(target: str, cell: Cell, value: Value) -> None:
    assert convert(target, cell) == value


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7.0, "7"),
        (7.5, "7.5"),
        (True, "是"),
        (datetime(2026, 1, 5, 8, 0), "2026-01-05"),  # noqa: DTZ001 - as spreadsheets give it
        (time(3, 4), "03:04:00"),
    ],
)
def test_any_cell_has_a_text(cell: Cell, text: str) -> None:
    assert cell_text(cell) == text


@settings(deadline=None)
@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_that_excel_keeps_is_shown_with_all_its_digits(number: int) -> None:
    assert (cell_text(float(number)), shown(float(number))) == (str(number), str(number)[:40])


@settings(deadline=None)
@given(st.sampled_from([code for codes in register_schema().codes.values() for code in codes.codes]))
def test_every_label_of_the_register_is_read_back(code: Code) -> None:
    schema = register_schema()
    for prop in (prop for spec in schema.lists.values() for prop in spec.properties.values() if prop.codes):
        if code not in schema.codes[prop.codes or ""].codes:
            continue
        column = Column("x", frozenset("x"), "x", prop.name, prop)
        label = schema.label(prop.codes or "", code.code)
        assert converter_of(column, schema)(label) in (code.code, [code.code])
