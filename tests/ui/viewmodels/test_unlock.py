"""The way in."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.errors import ErrorSpec
from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.viewmodels.unlock import UnlockViewModel, may_be_accepted
from tests.ui.fakes import DEAD_SERVER, FakeLaptop
from tests.ui.people import PASSWORD
from tests.ui.runners import HeldRunner


@pytest.fixture
def model(laptop: FakeLaptop) -> UnlockViewModel:
    made = UnlockViewModel(laptop, InlineRunner())
    made.load()
    return made


def test_the_people_of_the_laptop_are_known(model: UnlockViewModel) -> None:
    assert [person.name for person in model.people] == ["李晓梅", "张建国"]


def test_the_right_password_opens(model: UnlockViewModel, laptop: FakeLaptop, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.opened) as told:
        model.unlock("s1", PASSWORD)
    assert told.args == [laptop.workspace, False]
    assert not model.busy


def test_a_wrong_password_is_an_error_and_one_may_try_again(model: UnlockViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.failed):
        model.unlock("s1", "wrong")
    assert not model.busy
    with qtbot.waitSignal(model.opened):
        model.unlock("s1", PASSWORD)


def test_enrolling_opens_a_vault_that_is_still_empty(model: UnlockViewModel, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.opened) as told:
        model.enrol(" GOOD-CODE ", "https://x", "secret-12", "secret-12")
    assert told.args is not None
    assert told.args[1] is True


def test_two_different_passwords_are_caught_before_the_code_is_used(
    model: UnlockViewModel, laptop: FakeLaptop, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(model.failed) as told:
        model.enrol("GOOD-CODE", "https://x", "one", "other")
    assert told.args is not None
    assert told.args[0].code == "DESK-003"
    assert len(laptop.cards) == 2


def test_while_it_opens_a_second_try_does_nothing(laptop: FakeLaptop) -> None:
    runner = HeldRunner()
    model = UnlockViewModel(laptop, runner)
    model.unlock("s1", PASSWORD)
    model.unlock("s1", PASSWORD)
    model.enrol("GOOD-CODE", "https://x", "a", "a")
    assert len(runner) == 1


def test_a_bug_is_raised_on(model: UnlockViewModel) -> None:
    with pytest.raises(ValueError, match="bug"):
        model.report(ValueError("bug"))


def test_only_changed_data_may_be_accepted() -> None:
    changed = ErrorSpec("VAULT-911", zh="x", en="x", remedy_zh="x", remedy_en="x")()
    assert not may_be_accepted(changed)
    assert not may_be_accepted(DEAD_SERVER())
