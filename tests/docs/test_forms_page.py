"""The form author's page names registers and properties that exist, and that a form may write."""

from __future__ import annotations

import re

import pytest

from fieldapp.register.schema import register_schema
from tests.architecture.tree import ROOT

PAGE = (ROOT / "docs" / "forms" / "README.md").read_text("utf-8")
SAVED = re.findall(r"`([a-z]+)#([a-z_]+)`", PAGE)


@pytest.mark.parametrize(("list_name", "name"), SAVED)
def test_a_property_on_the_page_is_one_that_a_form_may_write(list_name: str, name: str) -> None:
    prop = register_schema().lists[list_name].properties[name]
    assert prop.write == "form"


def test_every_register_on_the_page_is_one_of_ours_by_both_names() -> None:
    lists = register_schema().lists
    named = dict(re.findall(r"`([a-z]+)`（([^）]+)）", PAGE))
    assert {"households", "persons", "measures", "issues", "leads"} <= set(named)
    for name, zh in named.items():
        assert zh in lists[name].zh, name


def test_the_page_shows_where_an_answer_is_saved() -> None:
    assert SAVED
