"""The page for authors of rules names everything there is, and counts the shipped rules right."""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path

from fieldapp.common.resources import resources_dir
from fieldapp.register.checks import LEVEL_ZH, LEVELS, shipped_rules
from fieldapp.register.checks.aggregates import AGGREGATES
from fieldapp.register.checks.functions import FUNCTIONS
from fieldapp.register.checks.kinds import vocabulary_of
from fieldapp.register.checks.scopes import LISTS, SCALARS, SCOPES
from fieldapp.register.schema import register_schema

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "checks.md").read_text("utf-8")


def test_the_page_names_every_word_of_the_language() -> None:
    schema = register_schema()
    derived = {
        fact
        for name, facts in vocabulary_of(schema).items()
        for fact in facts
        if fact not in schema.lists[name].properties
    }
    words = {*SCOPES, *LISTS, *SCALARS, *FUNCTIONS, *AGGREGATES, *derived, *LEVELS}
    assert sorted(word for word in words if f"`{word}`" not in PAGE) == []
    assert all(zh in PAGE for zh in LEVEL_ZH.values())


def test_the_page_counts_the_shipped_rules() -> None:
    assert f"{len(shipped_rules().rules)} rules" in PAGE
    for path in sorted((resources_dir() / "checks").glob("*.toml")):
        levels = Counter(row["level"] for row in tomllib.loads(path.read_text("utf-8"))["rule"])
        counts = " | ".join(str(levels[level]) for level in LEVELS)
        assert f"| `{path.name}` | {levels.total()} | {counts} |" in PAGE


def test_the_example_on_the_page_is_a_shipped_rule() -> None:
    assert any(rule.id == "welfare-post-from-70" for rule in shipped_rules().rules)


def test_every_public_word_of_the_package_exists() -> None:
    import fieldapp.register.checks as package

    assert all(hasattr(package, name) for name in package.__all__)
    assert sorted(package.__all__, key=str.casefold) == sorted(set(package.__all__), key=str.casefold)
