"""The questions of the 走访记录 as they stand on paper: ``resources/sheets/visit_sheet.toml`` as values."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from fieldapp.register.checks import Finding
from fieldapp.register.schema import register_schema
from fieldapp.sheets.settings import Reader
from fieldapp.sheets.templates import TemplateFolder

__all__ = ["Clarify", "PaperQuestion", "PaperSection", "VisitSheet", "visit_sheet"]


@dataclass(frozen=True)
class PaperQuestion:
    """One row of paper: boxes to tick, labelled blanks behind them, lines below.

    ``names`` are the questions of the form that the row answers, in the order in which they are typed in.
    """

    names: tuple[str, ...]
    label: str
    boxes: tuple[str, ...]
    blanks: tuple[str, ...]
    lines: int
    columns: tuple[str, ...]


@dataclass(frozen=True)
class PaperSection:
    title: str
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True)
class Clarify:
    """Which findings stand on the sheet: at most so many, about these lists, without words the family may not read."""

    title: str
    heads: tuple[str, ...]
    most: int
    lists: frozenset[str]
    properties_never: frozenset[str]
    never: tuple[str, ...]

    def allows(self, finding: Finding) -> bool:
        """Tell whether the family may read a finding and can say something to it."""
        return (
            finding.level != "hint"
            and finding.list in self.lists
            and finding.property not in self.properties_never
            and not any(word in finding.zh for word in self.never)
        )


@dataclass(frozen=True)
class VisitSheet:
    title: str
    hint: str
    last_time: str
    clarify: Clarify
    sections: tuple[PaperSection, ...]
    leaves_out: frozenset[str] = frozenset()  # questions of the form that the paper does not ask

    @property
    def question_names(self) -> tuple[str, ...]:
        """The form's questions in the order of the paper."""
        return tuple(name for section in self.sections for row in section.questions for name in row.names)


@functools.lru_cache(maxsize=8)
def visit_sheet(templates: TemplateFolder) -> VisitSheet:
    """Return the questions. Raises SHEET-004 for a mistake in the settings."""
    reader = Reader("visit_sheet.toml", templates.settings("visit_sheet.toml"))
    sections = tuple(
        PaperSection(section.text("title"), tuple(_question(row) for row in section.tables("row")))
        for section in reader.tables("section")
    )
    return VisitSheet(
        reader.text("title"),
        reader.text("hint"),
        reader.text("last_time"),
        _clarify(reader.table("clarify")),
        sections,
        frozenset(reader.texts("leaves_out")),
    )


def _clarify(reader: Reader) -> Clarify:
    return Clarify(
        title=reader.text("title"),
        heads=reader.texts("heads"),
        most=int(reader.number("most")),
        lists=frozenset(reader.texts("lists", frozenset(register_schema().lists))),
        properties_never=frozenset(reader.texts("properties_never")),
        never=reader.texts("never"),
    )


def _question(row: Reader) -> PaperQuestion:
    schema = register_schema()
    codes = row.texts("codes", frozenset(schema.codes))
    listed = tuple(code.zh for name in codes for code in schema.codes[name].codes)
    yes_no = ("是", "否") if row.flag("yes_no") else ()
    return PaperQuestion(
        names=row.texts("name"),
        label=row.text("label"),
        boxes=(*yes_no, *listed, *row.texts("choices")),
        blanks=row.texts("blanks"),
        lines=int(row.number("lines", 0)),
        columns=row.texts("columns"),
    )
