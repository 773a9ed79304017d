"""Typing in from paper: in the paper's order, in a minute; and a visit with nothing new in a dozen keys."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import begin

#: What a person past fifty types, measured by the design: three keys a second.
_KEYS_A_SECOND = 3
#: Opening a household from the list and choosing “据纸质记录补录”: Enter, and one key for the way.
_KEYS_BEFORE = 3


def test_a_visit_with_nothing_changed_takes_at_most_twelve_keys_from_list_to_saved(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    page = open_page(begin())
    qtbot.waitUntil(lambda: page.column.current_ref() is not None, timeout=1000)
    typist = Typist(page)
    with qtbot.waitSignal(page.finished, timeout=1000):
        typist.press("Ctrl+Enter")
    assert typist.keys + _KEYS_BEFORE <= 12


def test_a_visit_from_paper_with_changes_is_typed_in_within_a_minute(
    open_page: OpenPage, qtbot: QtBot
) -> None:
    keeper = begin(5, from_paper=True)
    page = open_page(keeper)
    qtbot.waitUntil(lambda: page.column.current_ref() == "/data/how/mode", timeout=1000)
    typist = Typist(page)
    typist.type("1")  # 入户
    typist.type("1118")  # the day on the paper
    typist.press("Enter")
    typist.type("12")  # met; a member of the family answered
    typist.press("Enter")  # the phone is the same
    typist.type("13")  # 无变化 off, 健康 on
    typist.press("Enter")
    typist.type("po xi guan jie yan fan le")  # what changed (typed with an input method: about as many keys)
    typist.press("Tab")
    typist.type("111111")  # the guarantees
    typist.press("Enter")  # income trend as before
    typist.type("yao")
    typist.press("Enter")
    typist.type("600")
    typist.press("Enter")
    typist.type("xiang ban man bing ka")
    typist.press("Tab")
    typist.type("1")  # to be followed up
    typist.type("bang ban le cai liao")
    typist.press("Tab")
    typist.press("Enter")  # no lead: as it stands
    assert page.column.current_ref() == "/data/members[1]/name"
    typist.press("Alt+8")
    typist.type("2")  # by fingerprint on the paper
    with qtbot.waitSignal(page.finished, timeout=1000):
        typist.press("Ctrl+Enter")
    assert (typist.keys + _KEYS_BEFORE) / _KEYS_A_SECOND <= 60
    written = keeper.submission.decode()
    for part in (
        "<visit_date>2026-11-18</visit_date>",
        "<answered_by>family</answered_by>",
        ">600<",
        "<signing>fingerprint<",
    ):
        assert part in written
