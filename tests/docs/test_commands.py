"""Every command that a page shows is one that the program takes, options and all."""

from __future__ import annotations

from pathlib import Path

import pytest

import start
from fieldapp import cli
from fieldapp.authoring import commands as form_commands
from fieldapp.county import commands as county_commands
from tests.architecture.tree import relative
from tests.docs.pages import pages, shown_commands

#: What start.py does itself, or hands to another program than ours.
_OF_START = {"demo", "doctor", "freeze", "setup", "test"}

SHOWN = [(page, command) for page in pages() for command in shown_commands(page.read_text("utf-8"))]


def refusal(command: list[str]) -> str:
    """Return why a command is not taken; nothing when it is."""
    try:
        _parse(list(command))
    except SystemExit as stopped:
        return f"exit {stopped.code}"
    return ""


def _parse(command: list[str]) -> None:
    if command[0] == "county":
        county_commands._parser().parse_args(command[1:])
    elif command[0] == "form":
        form_commands._parser().parse_args(command[1:])
    else:
        plan = start.plan_for(command[0], command[1:], False)
        if plan.arguments[:2] == ("-m", "fieldapp"):
            cli._parser().parse_args(plan.arguments[2:])
        elif command[0] not in _OF_START:
            raise SystemExit(2)


@pytest.mark.parametrize(
    ("page", "command"), SHOWN, ids=[f"{relative(page)}: {' '.join(words[:2])}" for page, words in SHOWN]
)
def test_a_command_on_a_page_is_one_that_the_program_takes(page: Path, command: list[str]) -> None:
    assert refusal(command) == ""


def test_the_pages_show_how_to_run_a_county_and_a_form() -> None:
    shown = {" ".join(command[:2]) for _, command in SHOWN}
    assert {"county init", "county import", "county code", "form check", "county publish-form"} <= shown
    assert len(SHOWN) > 15


@pytest.mark.parametrize("command", ["county fly", "form check", "recover answer x --nowhere y", "no-such"])
def test_a_command_that_the_program_does_not_take_is_noticed(command: str) -> None:
    assert refusal(command.split()) == "exit 2"
