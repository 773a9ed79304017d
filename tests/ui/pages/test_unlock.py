"""The unlock page, as a person uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.errors import ErrorSpec, KnownError
from fieldapp.common.tasks import InlineRunner
from fieldapp.ui.pages.unlock import UnlockPage
from fieldapp.ui.viewmodels.unlock import UnlockViewModel
from fieldapp.vault.errors import ROLLED_BACK
from tests.ui.fakes import FakeLaptop, FakeWorkspace
from tests.ui.people import PASSWORD
from tests.ui.seeing import button, press, texts, visible


@pytest.fixture
def page(laptop: FakeLaptop, qtbot: QtBot) -> UnlockPage:
    return _page(laptop, qtbot)


def _page(laptop: FakeLaptop, qtbot: QtBot) -> UnlockPage:
    made = UnlockPage()
    qtbot.addWidget(made)
    made.resize(1180, 720)
    made.show()
    made.connect_model(UnlockViewModel(laptop, InlineRunner(), made))
    return made


def _password(page: UnlockPage) -> QLineEdit:
    return next(field for field in visible(page, QLineEdit) if field.accessibleName() == "密码")


def test_it_names_the_people_and_no_household(page: UnlockPage) -> None:
    assert button(page, "李晓梅").isChecked()
    assert not button(page, "张建国").isChecked()
    assert not any("户编号" in text or "王" in text for text in texts(page))


def test_enter_opens(page: UnlockPage, laptop: FakeLaptop, qtbot: QtBot) -> None:
    press(page, "张建国")
    _password(page).setText(PASSWORD)
    with qtbot.waitSignal(page.opened):
        QTest.keyClick(_password(page), Qt.Key.Key_Return)
    assert laptop.opened == ["s2"]
    assert _password(page).text() == "", "the password is not kept"


def test_a_wrong_password_is_told_beside_the_field(page: UnlockPage) -> None:
    _password(page).setText("不对")
    press(page, "打开")
    assert "密码不对。" in texts(page)
    assert any("FAKE-001" in text for text in texts(page))
    assert _password(page).selectedText() == "不对", "one types over it"


def test_the_password_cannot_be_read_over_the_shoulder(page: UnlockPage) -> None:
    assert _password(page).echoMode() == QLineEdit.EchoMode.Password
    assert _password(page).inputMethodHints() & Qt.InputMethodHint.ImhSensitiveData


def test_who_forgot_it_learns_what_to_do(page: UnlockPage) -> None:
    press(page, "忘了密码？")
    assert any("恢复钥匙" in text for text in texts(page))


def test_a_laptop_without_people_begins_with_enrolling(workspace: FakeWorkspace, qtbot: QtBot) -> None:
    page = _page(FakeLaptop(workspace, []), qtbot)
    assert "在这台电脑上登记" in texts(page)
    assert not any(
        made.accessibleName() == "返回选择使用人" for made in visible(page, type(button(page, "登记并打开")))
    )


def test_a_second_person_is_enrolled(page: UnlockPage, laptop: FakeLaptop, qtbot: QtBot) -> None:
    press(page, "添加使用人…")
    send = button(page, "登记并打开")
    assert not send.isEnabled()
    values = {
        "登记码": "GOOD-CODE",
        "县里服务器地址": "https://x",
        "设一个密码": "secret-12",
        "再输一遍密码": "secret-12",
    }
    for field in visible(page, QLineEdit):
        field.setText(values[field.accessibleName()])
    with qtbot.waitSignal(page.opened) as told:
        press(page, "登记并打开")
    assert told.args is not None
    assert told.args[1] is True
    press(page, "返回选择使用人")
    page.reload()
    assert button(page, "赵新人").isEnabled()


def test_data_that_were_put_back_may_be_taken_on_by_their_owner(
    workspace: FakeWorkspace, qtbot: QtBot
) -> None:
    class Restored(FakeLaptop):
        def unlock(self, person_id: str, password: str, *, accept_changed: bool = False) -> FakeWorkspace:
            if not accept_changed:
                raise _error(ROLLED_BACK, expected=12, found=7)
            return super().unlock(person_id, password)

    page = _page(Restored(workspace), qtbot)
    _password(page).setText(PASSWORD)
    press(page, "打开")
    with qtbot.waitSignal(page.opened):
        press(page, "使用这份数据")


def _error(spec: ErrorSpec, **details: object) -> KnownError:
    return spec(**details)


def test_it_says_how_to_type_chinese(page: UnlockPage) -> None:
    assert any("打不出汉字" in text for text in texts(page))


def test_after_locking_it_says_why(page: UnlockPage) -> None:
    page.say_why("有一会儿没有操作，已自动锁定。")
    assert "有一会儿没有操作，已自动锁定。" in texts(page)
    page.reload()
    assert "有一会儿没有操作，已自动锁定。" not in texts(page)
