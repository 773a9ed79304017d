"""Settings."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.preferences import Preferences
from fieldapp.ui.viewmodels.settings import SettingsViewModel
from tests.ui.fakes import FakeWorkspace
from tests.ui.people import PASSWORD


@pytest.fixture
def model(workspace: FakeWorkspace) -> SettingsViewModel:
    return SettingsViewModel(workspace, InlineRunner(), Preferences())


def test_the_person_is_named_with_role_and_unit(model: SettingsViewModel) -> None:
    assert dict(model.person_lines()) == {
        "姓名": "李晓梅",
        "身份": "帮扶责任人",
        "单位": "县农业农村局",
        "所在县": "襄城县",
    }


def test_a_password_is_changed(model: SettingsViewModel, workspace: FakeWorkspace, qtbot: QtBot) -> None:
    with qtbot.waitSignal(model.password_changed):
        model.change_password(PASSWORD, "新密码-2027", "新密码-2027")
    assert workspace.settings.password == "新密码-2027"


@pytest.mark.parametrize(
    ("old", "new", "again", "code"),
    [("wrong", "a", "a", "FAKE-001"), (PASSWORD, "a", "b", "DESK-003")],
)
def test_a_refusal_leaves_the_password(
    model: SettingsViewModel,
    workspace: FakeWorkspace,
    qtbot: QtBot,
    old: str,
    new: str,
    again: str,
    code: str,
) -> None:
    with qtbot.waitSignal(model.failed) as told:
        model.change_password(old, new, again)
    assert told.args is not None
    assert told.args[0].code == code
    assert workspace.settings.password == PASSWORD


def test_facts_are_shown_in_the_language_in_use(model: SettingsViewModel) -> None:
    model.load()
    assert model.facts[0] == ("农户", "60")


def test_a_preference_is_told_once(model: SettingsViewModel) -> None:
    told: list[Preferences] = []
    model.preferences_changed.connect(told.append)
    model.prefer(Preferences(scale_percent=150))
    model.prefer(Preferences(scale_percent=150))
    assert told == [Preferences(scale_percent=150)]
