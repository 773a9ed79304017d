"""Every link of every page leads somewhere, and no page tells of the machine it was written on."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.architecture.tree import ROOT, relative
from tests.docs.pages import anchors_of, links_of, pages

PAGES = pages()
NAMES = [relative(page) for page in PAGES]
#: Folders of one machine, and the places that packages are fetched from.
_OF_ONE_MACHINE = re.compile(
    r"(?<![\w:/.-])/(?:work|tmp|root)(?:/|\b)|(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com|net)\b|/simple/",
)


def broken_links(page: Path, text: str) -> list[str]:
    """Return the links of a page's text that lead nowhere: no such file, or no such heading in it."""
    broken = []
    for link in links_of(text):
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        inside = target.is_relative_to(ROOT) and target.exists()
        if not inside or (
            anchor and target.suffix == ".md" and anchor not in anchors_of(target.read_text("utf-8"))
        ):
            broken.append(link)
    return broken


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_leads_to_something_in_the_repository(page: Path) -> None:
    assert broken_links(page, page.read_text("utf-8")) == []


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_no_page_tells_of_one_machine_or_of_a_package_registry(page: Path) -> None:
    assert _OF_ONE_MACHINE.findall(page.read_text("utf-8")) == []


def test_the_pages_are_those_that_people_read() -> None:
    assert {"README.md", "README.zh-CN.md", "CHANGELOG.md", "docs/cadre.md", "docs/forms/README.md"} <= set(
        NAMES
    )


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("[here](no-such-page.md)", ["no-such-page.md"]),
        ("![picture](pictures/none.png)", ["pictures/none.png"]),
        ("[out](../../../etc/passwd)", ["../../../etc/passwd"]),
        ("[no heading](glossary.md#nothing-here)", ["glossary.md#nothing-here"]),
        ("[heading](glossary.md#词汇表--glossary)", []),
        ("[folder](decisions) [page](cadre.md) [web](https://example.org/x.md)", []),
        ("`[code](is-no-link.md)`", []),
    ],
)
def test_a_link_that_leads_nowhere_is_noticed(text: str, broken: list[str]) -> None:
    assert broken_links(ROOT / "docs" / "made-up.md", text) == broken


@pytest.mark.parametrize(
    ("text", "noticed"),
    [
        ("see /work/main/docs", True),
        ("in /tmp, then", True),
        ("`/root/.venv`", True),
        ("https://pypi.org/project/x", True),
        ("/srv/fieldapp and https://example.org/work/1", False),
        ("the homework/tmpfile of rootless", False),
    ],
)
def test_a_path_of_one_machine_is_noticed(text: str, noticed: bool) -> None:
    assert bool(_OF_ONE_MACHINE.search(text)) is noticed
