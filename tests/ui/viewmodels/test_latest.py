"""Each keystroke cancels the query before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.ui.viewmodels.latest import Latest
from tests.ui.runners import HeldRunner


def test_only_the_newest_of_a_burst_is_answered() -> None:
    runner, answers, asked = HeldRunner(), list[str](), list[str]()
    latest: Latest[str] = Latest(runner, answers.append, lambda error: pytest.fail(str(error)))

    def query(text: str) -> str:
        asked.append(text)
        return text

    for text in ("z", "zh", "zha", "zhang"):
        latest.ask(lambda wanted=text: query(wanted))  # type: ignore[misc]
    while len(runner):
        runner.step()
    assert answers == ["zhang"]
    assert asked == ["z", "zhang"], "those between were never asked"
    assert not latest.busy


def test_an_outdated_failure_is_not_shown() -> None:
    runner, answers, errors = HeldRunner(), list[str](), list[Exception]()
    latest: Latest[str] = Latest(runner, answers.append, errors.append)

    def broken() -> str:
        raise ValueError("old")

    latest.ask(broken)
    latest.ask(lambda: "new")
    runner.step()
    runner.step()
    assert (answers, errors) == (["new"], [])
    latest.ask(broken)
    runner.step()
    assert len(errors) == 1


@given(st.lists(st.booleans(), max_size=40))
def test_whatever_the_rhythm_the_last_question_is_answered_last(steps: list[bool]) -> None:
    runner, answers = HeldRunner(), list[int]()
    latest: Latest[int] = Latest(runner, answers.append, lambda error: pytest.fail(str(error)))
    asked = 0
    for is_question in steps:
        if is_question:
            asked += 1
            latest.ask(lambda number=asked: number)  # type: ignore[misc]
        elif len(runner):
            runner.step()
    while len(runner):
        runner.step()
    assert answers == sorted(answers)
    assert not asked or answers[-1] == asked
