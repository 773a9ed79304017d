"""Reading a visit that was sent, from the household's time line, and back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.services.workspace import Workspace
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.review_host import ReviewHost
from fieldapp.ui.preferences import Preferences
from tests.services.asking import finished, first
from tests.services.conftest import made, offline
from tests.services.world import World
from tests.ui.seeing import press, texts, visible

__all__ = ["made", "offline"]


@pytest.fixture
def clerk(offline: World) -> Workspace:
    return offline.unlocked("clerk")


def test_a_finished_visit_is_read_from_the_time_line_and_one_comes_back(
    clerk: Workspace, qtbot: QtBot
) -> None:
    home = first(clerk)
    finished(clerk, home)
    main = MainWindow(clerk, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    main.open_household(home)
    day = clerk.households.file(home).visits[0].visit.visit_date
    offered = [
        made.accessibleName() for made in visible(main, QPushButton) if "看当时填的" in made.accessibleName()
    ]
    assert offered == [f"{day} 看当时填的"], "what the ledger told has no form to be read"
    press(main, f"{day} 看当时填的")
    host = main.findChild(ReviewHost)
    assert host is not None
    assert "只读：已完成的记录" in texts(main)
    before = clerk.households.file(home).visits
    press(main, "返回")
    assert main.page_key == "household"
    assert clerk.households.file(home).visits == before
    assert clerk.visits.drafts() == []


def test_at_the_door_no_notice_leads_to_other_households_until_one_is_back(
    clerk: Workspace, qtbot: QtBot
) -> None:
    main = MainWindow(clerk, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    home = first(clerk)
    main.open_form(clerk.visits.start(home, "onsite"))
    press(main, "门前模式")
    main.banner.show_notice("李四家的更正县里已收到。")
    assert "李四家的更正县里已收到。" not in texts(main)
    assert not main.nav.isVisible()
    press(main, "回到普通界面")
    assert "李四家的更正县里已收到。" in texts(main)
    assert main.nav.isVisible()


def test_a_form_that_is_left_at_the_door_gives_the_window_back(clerk: Workspace, qtbot: QtBot) -> None:
    main = MainWindow(clerk, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    main.show_page("today")
    main.open_form(clerk.visits.start(first(clerk), "onsite"))
    press(main, "门前模式")
    press(main, "返回（草稿已保存）")
    assert main.nav.isVisible()
    assert main.banner.message.startswith("草稿留在")


def test_a_form_begins_at_the_door_when_its_household_is_shown_there(clerk: Workspace, qtbot: QtBot) -> None:
    main = MainWindow(clerk, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    home = first(clerk)
    main.open_household(home)
    main.pages.household.model.set_at_the_door(True)
    main.open_form(clerk.visits.start(home, "onsite"))
    assert not main.nav.isVisible()
    press(main, "返回（草稿已保存）")
    assert not main.nav.isVisible(), "the household is still looked at together"
    main.open_form(clerk.visits.start(home, "remote"))
    press(main, "回到普通界面")
    press(main, "返回（草稿已保存）")
    assert main.nav.isVisible()
    assert not main.pages.household.at_the_door()
