"""The paper asks what the form asks, in the form's order, so that typing in is one pass down the sheet."""

from __future__ import annotations

import re

from fieldapp.common.resources import forms_dir
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.visit_sheet import VisitSheet, visit_sheet

#: What the laptop fills in itself, or what the head of the sheet already says.
FILLED_IN = {"household", "start", "end", "known_id", "fresh_id"}
SHEET = visit_sheet(TemplateFolder())


def form_rows(sheet: str) -> list[list[str]]:
    """Return the rows of one markdown table of the visit form."""
    lines = (forms_dir() / "visit.md").read_text("utf-8").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {sheet}"))
    rows = []
    for line in lines[start + 1 :]:
        if not line.startswith("|  |"):
            break
        rows.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[2:-1]])
    return rows


#: Asked only while a campaign runs, so not on the paper of every day.
CAMPAIGN = "six"


def form_questions() -> list[tuple[str, str]]:
    """Return type and name of every question, without groups and what fills itself in."""
    return [
        (row[0], row[1])
        for row in form_rows("survey")[1:]
        if row[1]
        and row[0] != "hidden"
        and not row[1].startswith(CAMPAIGN)
        and not row[0].startswith(("begin", "end "))
        and row[1] not in FILLED_IN
    ]


def test_the_paper_has_every_question_of_the_form_in_its_order() -> None:
    assert list(SHEET.question_names) == [name for _, name in form_questions()]


def test_the_boxes_are_the_choices_of_the_form() -> None:
    labels: dict[str, list[str]] = {}
    for row in form_rows("choices")[1:]:
        labels.setdefault(row[0], []).append(row[2])
    lists = {name: kind.split()[1] for kind, name in form_questions() if kind.startswith("select_")}
    asked = [each for section in SHEET.sections for each in section.questions if each.names[0] in lists]
    assert len(asked) > 10
    for each in asked:
        wanted = [label for name in each.names if name in lists for label in labels[lists[name]]]
        assert list(each.boxes) == wanted, each.names


def test_the_sections_are_the_groups_of_the_form() -> None:
    rows = form_rows("survey")[1:]
    titles = [row[2] for row in rows if row[0].startswith("begin") and not row[1].startswith(CAMPAIGN)]
    assert [section.title for section in SHEET.sections] == titles


def test_it_is_a_value() -> None:
    assert isinstance(SHEET, VisitSheet)
    assert SHEET.title == "入户走访记录"
