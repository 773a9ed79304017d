"""Writes the column tables of docs/exchange/national-workbooks.md from the layouts: ``python -m tests.exchange.layout_page``."""

from __future__ import annotations

from pathlib import Path

from fieldapp.exchange import shipped_layouts
from fieldapp.exchange.findings import column_letter
from fieldapp.exchange.layouts import Column, Layout, SheetLayout
from fieldapp.register.schema import register_schema

__all__ = ["PAGE", "page_with_tables"]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "exchange" / "national-workbooks.md"
_MARK = "<!-- columns: written by tests/exchange/layout_page.py from resources/layouts, do not edit below -->"


def page_with_tables(page: str) -> str:
    """Return the page with its tables made anew; what stands above the mark is kept."""
    head = page.partition(_MARK)[0]
    layouts = shipped_layouts()
    return (
        head
        + _MARK
        + "\n\n"
        + "\n".join(_layout(layout) for layout in (layouts.register, layouts.ledger, layouts.units))
    )


def _layout(layout: Layout) -> str:
    # The two person sheets have the same columns.
    seen: dict[tuple[Column, ...], SheetLayout] = {}
    parts = [f"## {layout.zh} / {layout.en}\n"]
    for sheet in layout.sheets:
        names = "、".join(f"`{pattern}`" for pattern in sheet.patterns)
        parts.append(f"### {sheet.zh} / {sheet.en}\n\n工作表名 sheet name: {names}; `{sheet.write_name}`\n")
        if sheet.columns in seen:
            parts.append(f"列同“{seen[sheet.columns].zh}” / columns as above.\n")
            continue
        seen[sheet.columns] = sheet
        parts.append("| 列 | 列名 heading | 也认 also | 登记册 register | 说明 note |\n|---|---|---|---|---|")
        parts += [_row(at, column) for at, column in enumerate(sheet.columns)]
        parts.append("")
    return "\n".join(parts)


def _row(at: int, column: Column) -> str:
    also = "、".join(sorted(column.headings - {column.heading}))
    notes = []
    if column.required:
        notes.append("必需 required")
    if column.refuses_row:
        notes.append("出错整行不导入 error refuses the row")
    if column.flag:
        notes.append(
            f"“是”= {register_schema().label(column.prop.codes or '', column.flag)}" if column.prop else ""
        )
    if column.join:
        notes.append("多列合成一项 joined")
    if column.items:
        notes.append(f"措施类别 {column.items}")
    if column.clears:
        notes.append("空白即清空 empty clears")
    if column.default:
        notes.append(f"空白= {column.default}")
    return f"| {column_letter(at)} | {column.heading} | {also} | {column.target} | {'；'.join(notes)} |"


if __name__ == "__main__":
    PAGE.write_text(page_with_tables(PAGE.read_text("utf-8")), "utf-8")
