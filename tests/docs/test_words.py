"""One word for one thing: what the glossary has retired stands on no page, no sheet and in no form of today."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.tree import ROOT, parsed, python_files, relative
from tests.docs.pages import retired_terms

#: The national system's column names are its own, with the words of their years.
_HISTORIC = ROOT / "resources" / "layouts"
#: Older spellings met in workbooks are understood, never shown; former names only for facts of their days.
_UNDERSTOOD = frozenset({"aliases", "former"})


def shown_in_code(path: Path) -> Iterator[str]:
    """Yield the texts of a Python file but for its docstrings."""
    tree = parsed(path)
    spoken = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spoken:
            yield node.value


def shown_in_table(value: Any) -> Iterator[str]:
    """Yield the names and texts of a TOML document but for what is only understood."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from shown_in_table(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in _UNDERSTOOD:
                yield name
                yield from shown_in_table(each)


def shown_texts() -> Iterator[tuple[str, str]]:
    """Yield (file, text) of everything the program shows, prints or asks."""
    for path in python_files("fieldapp"):
        for text in shown_in_code(path):
            yield relative(path), text
    resources = ROOT / "resources"
    for path in sorted(resources.rglob("*.toml")):
        if not path.is_relative_to(_HISTORIC):
            for text in shown_in_table(tomllib.loads(path.read_text("utf-8"))):
                yield relative(path), text
    for path in sorted([*resources.rglob("*.typ"), *(ROOT / "forms").rglob("*.md")]):
        yield relative(path), path.read_text("utf-8")


def found_in(text: str) -> list[str]:
    return [old for old in retired_terms() if old in text]


def test_the_glossary_lists_what_is_no_longer_said() -> None:
    retired = retired_terms()
    assert {"住户", "贫困户", "扶贫车间", "新农合", "五保", "帮扶联系人"} <= set(retired)
    assert all(new and not found_in(new) for new in retired.values())


def test_no_retired_word_is_shown_printed_or_asked() -> None:
    assert [(file, old) for file, text in shown_texts() for old in found_in(text)] == []


def test_the_texts_are_those_of_pages_sheets_and_forms() -> None:
    files = {file for file, _ in shown_texts()}
    assert {"forms/visit.md", "resources/register.toml", "resources/sheets/file.toml"} <= files
    assert any(file.startswith("fieldapp/ui/pages/") for file in files)
    assert any(file.endswith(".typ") for file in files)


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ('"""住户"""\nx = "农户"\n', ["农户"]),
        ('def f() -> None:\n    """五保"""\n    say(f"新农合{1}")\n', ["新农合"]),
    ],
)
def test_docstrings_are_not_shown_and_other_texts_are(tmp_path: Path, code: str, shown: list[str]) -> None:
    path = tmp_path / "code.py"
    path.write_text(code, "utf-8")
    assert list(shown_in_code(path)) == shown


def test_aliases_are_understood_and_not_shown() -> None:
    table = tomllib.loads('x = ["甲"]\n[aliases]\njob = { "扶贫车间" = "workshop" }\n[b]\n"乙" = 1\n')
    assert list(shown_in_table(table)) == ["x", "甲", "b", "乙"]
