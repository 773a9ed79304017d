"""A form that keeps an audit log learns where the person is, and why a draft was changed."""

from __future__ import annotations

import csv
import io

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.xform import FormSession
from tests.ui.form.conftest import OpenPage
from tests.ui.form.keys import Typist
from tests.ui.form.world import MemoryKeeper, environment, open_markdown

FORM = """
| survey |  |  |  |
|  | type | name | label | parameters |
|  | audit | audit |  | track-changes=true track-changes-reasons=on-form-edit |
|  | text | one | 第一题 |  |
|  | text | two | 第二题 |  |
|  | begin repeat | r | 成员 |  |
|  | text | name | 姓名 |  |
|  | end repeat |  |  |  |
| settings |  |
|  | form_id |
|  | logged |
"""


def lines(keeper: MemoryKeeper) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(keeper.session.audit().decode())))


def test_the_log_knows_which_questions_were_looked_at(open_page: OpenPage, qtbot: QtBot) -> None:
    keeper = open_markdown(FORM)
    page = open_page(keeper)
    page.column.show_ref("/data/one")
    typist = Typist(page)
    typist.type("a")
    typist.press("Tab", "Tab")
    page.leave()
    asked = [line["node"] for line in lines(keeper) if line["event"] == "question"]
    assert asked[:2] == ["/data/one", "/data/two"]
    assert lines(keeper)[-1]["event"] in ("form exit", "form save")
    assert "form exit" in [line["event"] for line in lines(keeper)]


def test_a_draft_opened_again_and_changed_wants_a_reason(open_page: OpenPage, qtbot: QtBot) -> None:
    keeper = open_markdown(FORM)
    page = open_page(keeper)
    page.form.set_answer("/data/one", "a")
    page.leave()
    session = FormSession.resume(
        keeper.session.definition, environment(), keeper.saved[-1], audit=keeper.session.audit()
    )
    again = MemoryKeeper(session)
    page = open_page(again)
    page.column.show_ref("/data/one")
    typist = Typist(page)
    typist.type("b")
    typist.press("Ctrl+Enter")
    assert page.reason.isVisible()
    assert again.submission == b""
    QApplication.processEvents()
    typist.press("Enter")
    assert page.reason.isVisible()
    typist.type("typo")
    with qtbot.waitSignal(page.finished, timeout=1000):
        typist.press("Enter")
    assert "typo" in [line.get("change-reason", "") for line in lines(again)]
