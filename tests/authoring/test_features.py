"""The table of features in the docs is the program's own list, and what it refuses is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.authoring.features import FEATURES, as_json, as_markdown, unsupported_types
from tests.authoring.forms import checked

DOCS = Path(__file__).resolve().parents[2] / "docs" / "forms"


def test_the_docs_are_generated() -> None:
    assert (DOCS / "features.json").read_text("utf-8") == as_json()
    assert (DOCS / "features.md").read_text("utf-8") == as_markdown()


def test_what_is_not_supported_says_what_to_do_instead() -> None:
    assert [
        f.name for f in FEATURES if f.support == "no" and not (f.refused and f.note_zh and f.note_en)
    ] == []


@pytest.mark.parametrize("word", sorted(unsupported_types()))
def test_every_unsupported_word_is_refused(tmp_path: Path, word: str) -> None:
    row = {"type": "text", "name": "q", "label": "Q", "appearance": ""}
    settings = [{"form_id": "f", "public_key": "MIIB" if word == "public_key" else ""}]
    if word.endswith("="):
        row |= {"type": "audit", "name": "audit", "label": "", "parameters": f"{word}60"}
    elif word in ("start-geopoint", "background-audio", "select_one_external"):
        row["type"] = word + (" list" if word == "select_one_external" else "")
    elif word != "public_key":
        row["appearance"] = word + ("x" if word.endswith((":", "(")) else "")
    assert "CHECK-020" in {f.code for f in checked(tmp_path, [row], settings=settings)}
