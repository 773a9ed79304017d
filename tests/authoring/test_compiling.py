"""XLSForms become XForms that the engine opens."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.authoring import compile_form
from fieldapp.common.errors import KnownError
from fieldapp.common.resources import forms_dir
from fieldapp.xform import load_form

BROKEN = """
| survey |
|        | type    | name | label |
|        | integer | age  | Age   |
|        | integer | age  | Again |
"""


def test_the_shipped_visit_form_compiles_and_opens() -> None:
    definition = load_form(compile_form(forms_dir() / "visit.md").xml)
    assert (definition.form_id, definition.default_language) == ("visit", "中文 (zh)")


def test_pyxforms_refusal_is_a_known_error(tmp_path: Path) -> None:
    path = tmp_path / "broken.md"
    path.write_text(BROKEN, "utf-8")
    with pytest.raises(KnownError, match="CHECK-004"):
        compile_form(path)


@pytest.mark.parametrize(
    ("name", "code"), [("form.et", "CHECK-001"), ("broken.xlsx", "CHECK-002"), ("no.md", "CHECK-002")]
)
def test_what_is_no_form_is_refused_with_a_sentence(tmp_path: Path, name: str, code: str) -> None:
    path = tmp_path / name
    if name != "no.md":
        path.write_bytes(b"PK\x03\x04 not a workbook")
    with pytest.raises(KnownError, match=code):
        compile_form(path)
