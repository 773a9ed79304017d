"""What an author forgot: unused choice lists, missing translations, features that are not supported."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.authoring.errors import NOT_SUPPORTED, UNTRANSLATED, UNUSED_LIST
from fieldapp.authoring.features import unsupported_types
from fieldapp.authoring.findings import Finding, finding_of
from fieldapp.authoring.workbook import Row, Sheet, Workbook

__all__ = ["unsupported", "untranslated", "unused_lists"]

_TEXTS = {
    "label": ("显示文字", "label"),
    "hint": ("提示", "hint"),
    "guidance_hint": ("详细说明", "guidance"),
    "constraint_message": ("不合要求时的提示", "constraint message"),
    "required_message": ("必填提示", "required message"),
}


def unused_lists(book: Workbook) -> list[Finding]:
    """Return a warning for each choice list that no question names."""
    survey, choices = book.sheet("survey"), book.sheet("choices")
    used = {word for row in survey.rows for word in row.get("type").split()[1:2]}
    texts = " ".join(text for row in survey.rows for text in row.cells.values())
    first: dict[str, int] = {}
    for row in choices.rows:
        if row.get("list_name"):
            first.setdefault(row.get("list_name"), row.number)
    return [
        finding_of(
            UNUSED_LIST(name=name), "choices", number, choices.shown.get("list_name", "list_name"), "warning"
        )
        for name, number in first.items()
        if name not in used and f"instance('{name}')" not in texts and f'instance("{name}")' not in texts
    ]


def _languages(sheet: Sheet, base: str) -> list[str]:
    return [column for column in sheet.shown if column.startswith(base + "::")]


def _row_gaps(sheet: Sheet, row: Row, base: str, columns: list[str]) -> list[Finding]:
    if not any(row.get(column) for column in [*columns, base]):
        return []
    zh, en = _TEXTS[base]
    return [
        finding_of(
            UNTRANSLATED(language=column.partition("::")[2].strip(), what_zh=zh, what_en=en),
            sheet.name,
            row.number,
            sheet.shown[column],
            "warning",
        )
        for column in columns
        if not row.get(column)
    ]


def untranslated(book: Workbook) -> list[Finding]:
    """Return a warning for each text that exists in one language and not in another."""
    found: list[Finding] = []
    for name in ("survey", "choices"):
        sheet = book.sheet(name)
        for base in _TEXTS:
            columns = _languages(sheet, base)
            for row in sheet.rows if columns else ():
                found += _row_gaps(sheet, row, base, columns)
    return found


def unsupported(book: Workbook) -> list[Finding]:
    """Return an error for each use of a feature that this program does not support."""
    refused = unsupported_types()
    found: list[Finding] = []
    for sheet_name, columns in (
        ("survey", ("type", "appearance", "parameters")),
        ("settings", ("public_key",)),
    ):
        sheet = book.sheet(sheet_name)
        for row in sheet.rows:
            for column in columns:
                text = column if column == "public_key" and row.get(column) else row.get(column)
                word = _refused_word(text, refused.keys(), column)
                if word is not None:
                    feature = refused[word]
                    error = NOT_SUPPORTED(
                        feature=feature.name, instead_zh=feature.note_zh, instead_en=feature.note_en
                    )
                    found.append(finding_of(error, sheet.name, row.number, sheet.shown.get(column, column)))
    return found


def _refused_word(text: str, refused: Iterable[str], column: str) -> str | None:
    words = text.split()
    for word in refused:
        if (
            column in ("appearance", "parameters")
            and word.endswith((":", "(", "="))
            and any(part.startswith(word) for part in words)
        ):
            return word
        if word in words:
            return word
    return None
