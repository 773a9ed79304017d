"""空白表: any form on paper, to be written on by hand, in the order of the screen so that typing in follows the paper.

Choices are boxes with the figures of the keys that choose them; rosters are tables with the known rows filled in and
spare ones below; a roster with many questions goes over several tables, each beginning with who it is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace

from fieldapp.sheets.mark import PaperMark, qr_svg
from fieldapp.sheets.paper import HouseholdPaper
from fieldapp.sheets.settings import Reader
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.visit_sheet import PaperQuestion, PaperSection, VisitSheet
from fieldapp.sheets.wording import Wording, date_zh

__all__ = [
    "BlankForm",
    "BlankPart",
    "BlankQuestion",
    "BlankRow",
    "BlankWords",
    "as_visit_sheet",
    "blank_content",
    "blank_words",
    "names_on",
]

#: So many columns beside the first one fit upright.
MOST_COLUMNS = 6
#: Boxes are printed where there are few and short ones; else the answer is written, by the list below the question.
MOST_BOXES = 12
MOST_CHARACTERS = 90
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class BlankQuestion:
    """One question. ``known`` is what the register says; ``sometimes``: it is asked only after certain answers."""

    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    lines: int = 1
    date: bool = False
    known: str = ""
    sometimes: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A known row of a roster: what the register says, by question."""

    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BlankPart:
    """A section of the form, or with ``spare`` rows a roster: its questions are the columns."""

    title: str
    questions: tuple[BlankQuestion, ...]
    rows: tuple[BlankRow, ...] = ()
    spare: int = 0
    of_people: bool = False


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A form as it goes to paper."""

    title: str
    version: str
    parts: tuple[BlankPart, ...]
    names: frozenset[str] = frozenset()  # of all questions, those too that are not on paper


@dataclass(frozen=True, slots=True)
class BlankWords:
    """The words around the questions: ``resources/sheets/blank_form.toml``."""

    hint: str
    known_label: str
    several_label: str
    sometimes_label: str


def blank_words(templates: TemplateFolder) -> BlankWords:
    """Return the words. Raises SHEET-004 for a mistake in the settings."""
    reader = Reader("blank_form.toml", templates.settings("blank_form.toml"))
    names = ("hint", "known_label", "several_label", "sometimes_label")
    return BlankWords(*(reader.text(name) for name in names))


def names_on(form: BlankForm) -> Iterator[str]:
    """Return the texts of the register on the paper: names among them, which must print."""
    for part in form.parts:
        yield from (question.known for question in part.questions if question.known)
        yield from (value for row in part.rows for value in row.values if value)


def blank_content(
    form: BlankForm, paper: HouseholdPaper, around: BlankWords, words: Wording, version: str
) -> dict[str, object]:
    """Return the texts of a household's sheet."""
    household, pairing = paper.household, paper.current_pairing
    items = [
        ("户主", household.head_name, True),
        ("户编号", household.house_no, False),
        ("住址", f"{paper.place}{household.door_no}", False),
        ("家庭人口", words.fact(household, "member_count"), False),
        ("帮扶责任人", pairing.staff_name if pairing else "", True),
    ]
    return {
        "head": {
            "county": paper.county_name,
            "items": [{"label": label, "value": value, "name": name} for label, value, name in items],
            "qr": qr_svg(PaperMark(household.house_no, version).text),
        },
        "title": form.title,
        "form_version": form.version,
        **asdict(around),
        "parts": [_part(part, words) for part in form.parts],
    }


def _part(part: BlankPart, words: Wording) -> dict[str, object]:
    if not part.spare:
        return {"title": part.title, "rows": [_row(each, words) for each in part.questions], "tables": []}
    return {"title": part.title, "rows": [], "tables": list(_tables(part, words))}


def _row(question: BlankQuestion, words: Wording) -> dict[str, object]:
    boxed = _boxed(question)
    numbered = [f"{number} {text}" for number, text in enumerate(question.choices, 1)]
    return {
        "label": question.label,
        "hint": question.hint,
        "boxes": numbered if boxed else [],
        "list": "" if boxed or not question.choices else "　".join(numbered),
        "several": question.several and bool(question.choices),
        "lines": 0 if boxed else question.lines,
        "date": question.date,
        "known": _known(question.known, words),
        "sometimes": question.sometimes,
    }


def as_visit_sheet(form: BlankForm, shipped: VisitSheet) -> VisitSheet | None:
    """Return the questions of a county's own visit form as the 走访记录 prints them, None where the shipped ones fit. The
    members are not among them: they stand on the comparison sheet.
    """
    parts = [part for part in form.parts if not part.of_people]
    printed = set(shipped.question_names)
    asked = {question.name for part in parts for question in part.questions}
    if printed <= form.names and asked <= printed | shipped.leaves_out:
        return None
    sections = tuple(PaperSection(part.title or form.title, tuple(_paper_rows(part))) for part in parts)
    return replace(shipped, title=form.title, sections=sections)


def _paper_rows(part: BlankPart) -> Iterator[PaperQuestion]:
    """Return the rows of a part; of a roster its first two questions as a little table."""
    asked = part.questions
    if part.spare and len(asked) > 1:
        heads = tuple(question.label for question in asked[:2])
        yield PaperQuestion((asked[0].name, asked[1].name), part.title, (), (), part.spare, heads)
        asked = asked[2:]
    for question in asked:
        boxes = tuple(f"{number} {text}" for number, text in enumerate(question.choices, 1))
        blanks = ("date",) if question.date else ()
        lines = part.spare or (0 if boxes or blanks else question.lines)
        yield PaperQuestion((question.name,), question.label, boxes, blanks, lines, ())


def _boxed(question: BlankQuestion) -> bool:
    return 0 < len(question.choices) <= MOST_BOXES and sum(map(len, question.choices)) <= MOST_CHARACTERS


def _tables(part: BlankPart, words: Wording) -> Iterator[dict[str, object]]:
    """Return a roster as tables: the first question names the row in each of them."""
    first, rest = part.questions[0], list(range(1, len(part.questions)))
    chunks: Sequence[Sequence[int]] = [
        rest[at : at + MOST_COLUMNS] for at in range(0, len(rest), MOST_COLUMNS)
    ]
    for chunk in chunks or [[]]:
        asked = [first, *(part.questions[number] for number in chunk)]
        rows = [[_known(row.values[number], words) for number in (0, *chunk)] for row in part.rows]
        yield {
            "heads": [question.label for question in asked],
            "rows": rows,
            "widths": [_width(column) for column in zip(*rows, strict=True)] or [1] * len(asked),
            "spare": part.spare,
            "keys": list(_keys(asked)),
        }


def _keys(asked: Iterable[BlankQuestion]) -> Iterator[dict[str, str]]:
    """Return what the figures written in a column mean."""
    for question in asked:
        if question.choices:
            text = "　".join(f"{number} {choice}" for number, choice in enumerate(question.choices, 1))
            yield {"label": question.label + ("（可多选）" if question.several else ""), "text": text}
        elif question.hint:
            yield {"label": question.label, "text": question.hint}


def _width(column: Iterable[str]) -> float:
    """Return a column's share of the width: a certificate number cannot be broken."""
    return 2.2 if any(len(text) >= 13 and text.isascii() for text in column) else 1


def _known(text: str, words: Wording) -> str:
    """Return a known value as this profile prints it: certificate and phone numbers masked where it says so."""
    plain = text.strip()
    if _DAY.fullmatch(plain):
        return date_zh(plain)
    if len(plain) >= 15 and plain[:14].isdigit():
        return words.id_number(plain)
    return words.phone(plain) if len(plain) == 11 and plain.isdigit() else text
