"""The forms offer the register's own codes, in its words, and an ad-hoc survey stays short."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from fieldapp.authoring.checking import check_form
from fieldapp.common.resources import forms_dir
from fieldapp.register.schema import register_schema

FORMS = sorted(forms_dir().glob("*.md"))
_MOST_QUESTIONS = 30
#: Rows of a form that ask nobody anything.
_SILENT = ("start", "end", "begin", "calculate", "hidden", "note", "audit", "select_one_from_file")


def _rows(path: Path, sheet: str) -> list[list[str]]:
    block = path.read_text("utf-8").split(f"| {sheet} |", 1)[1].split("\n\n", 1)[0]
    return [
        [cell.strip() for cell in line.split("|")[2:-1]] for line in block.splitlines()[2:] if line.strip()
    ]


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_choices_are_the_register_s_codes_in_its_words(path: Path) -> None:
    codes = register_schema().codes
    offered: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for list_name, name, label, *_ in _rows(path, "choices"):
        offered[list_name].append((name, label))
    for list_name, choices in offered.items():
        if list_name in codes:
            assert choices == [(code.code, code.zh) for code in codes[list_name].codes], list_name


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_form_check_finds_nothing_but_the_list_that_every_laptop_has(path: Path) -> None:
    assert {finding.code for finding in check_form(path)} <= {"CHECK-050"}


def test_the_ad_hoc_survey_has_at_most_thirty_questions() -> None:
    asked = [row for row in _rows(forms_dir() / "adhoc.md", "survey") if not row[0].startswith(_SILENT)]
    assert 0 < len(asked) <= _MOST_QUESTIONS
