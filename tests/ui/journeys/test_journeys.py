"""Whole ways through the desktop, with the real services, a real vault and a real county."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from fieldapp.common.files import DISK_FULL
from fieldapp.common.tasks import InlineRunner
from fieldapp.services.visits import VisitDraft
from fieldapp.services.worklist import WorkFilter
from fieldapp.services.workspace import Workspace
from fieldapp.ui.app_window import AppWindow
from fieldapp.ui.grab import grab_pages
from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.pages.form_host import FormHost
from fieldapp.ui.pages.round_trip import RoundTripTab
from fieldapp.ui.pages.tables import TablesPage
from fieldapp.ui.preferences import Preferences
from tests.services.world import PASSWORD, World
from tests.ui.seeing import press, texts, type_into, visible

_LONG_MS = 30_000


def _opened(workspace: Workspace, qtbot: QtBot) -> MainWindow:
    main = MainWindow(workspace, InlineRunner(), Preferences())
    qtbot.addWidget(main)
    main.resize(1366, 768)
    main.show()
    main.start()
    return main


def _a_household(workspace: Workspace) -> str:
    (key, *_) = workspace.worklist.ids(WorkFilter())
    return workspace.worklist.rows([key])[0].household_id


def _form(main: MainWindow) -> FormHost:
    form = main.form
    assert form is not None, "a form is being filled in"
    return form


def _fills_in(main: MainWindow) -> bool:
    return main.form is not None


def _answer_everything(form: FormHost) -> None:
    """Answer what the register does not know yet."""
    assert form.findChildren(QLineEdit), "the form has fields"
    session = form.session
    for violation in session.validate():
        view = session.view(violation.ref)
        choices = getattr(view, "choices", ())
        session.set(violation.ref, choices[0].value if choices else "无")


@pytest.mark.journey
def test_a_visit_is_made_sent_and_received(served_world: World, qtbot: QtBot) -> None:
    workspace = served_world.unlocked("clerk")
    main = _opened(workspace, qtbot)
    household = _a_household(workspace)
    main.open_household(household)
    next(act for act in main.pages.household.actions() if act.shortcut().toString() == "F2").trigger()
    assert _fills_in(main)
    assert not main.top.isVisible(), "the form has a head of its own"
    _answer_everything(_form(main))
    _form(main).finish()
    assert not _fills_in(main)
    assert main.page_key == "household"
    assert "走访已保存在本机" in main.banner.message
    assert "「县里已收到」" in texts(main), "the last step is not reached yet"
    press(main, "现在同步")
    assert main.page_key == "sync"
    assert "在线：县里有应答" in texts(main)
    main.open_household(household)
    assert any(text.startswith("✓ 「县里已收到」") for text in texts(main))


@pytest.mark.journey
def test_a_draft_waits_on_today_and_is_taken_up(offline_world: World, qtbot: QtBot) -> None:
    workspace = offline_world.unlocked("helper")
    main = _opened(workspace, qtbot)
    household = _a_household(workspace)
    main.open_household(household)
    next(act for act in main.pages.household.actions() if act.shortcut().toString() == "F4").trigger()
    assert _fills_in(main)
    main.show_page("today")
    assert not _fills_in(main)
    (draft,) = workspace.visits.drafts()
    assert draft.household_id == household
    press(main, f"继续填{draft.head_name}的走访")
    assert _form(main).household_id == household


@pytest.mark.journey
def test_a_county_that_is_down_costs_nothing(offline_world: World, qtbot: QtBot) -> None:
    main = _opened(offline_world.unlocked("clerk"), qtbot)
    main.show_page("sync")
    press(main, "立即同步")
    seen = texts(main)
    assert any("SYNC-" in text for text in seen)
    assert not any(text.startswith("在线") for text in seen)


@pytest.mark.journey
def test_a_search_by_initials_finds_the_household(offline_world: World, qtbot: QtBot) -> None:
    workspace = offline_world.unlocked("clerk")
    main = _opened(workspace, qtbot)
    main.show_page("households")
    everybody = main.pages.work_list_model.table.rowCount()
    type_into(main.top.search, "zh")
    some = main.pages.work_list_model.table.rowCount()
    assert 0 < some < everybody
    type_into(main.top.search, "不可能的名字")
    assert main.pages.work_list_model.table.rowCount() == 0


@pytest.mark.journey
def test_a_fact_is_corrected_and_its_history_grows(offline_world: World, qtbot: QtBot) -> None:
    workspace = offline_world.unlocked("clerk")
    main = _opened(workspace, qtbot)
    household = _a_household(workspace)
    main.open_household(household)
    model = main.pages.household.model
    fact = next(f for _, facts in model.sections() for f in facts if f.name == "arable_mu")
    model.correct(fact, "7.5", "土地确权后更正")
    assert workspace.households.file(household).household.get("arable_mu") == "7.5"
    press(main, "撤销")
    assert workspace.households.file(household).household.get("arable_mu") == (fact.raw or None)


@pytest.mark.journey
def test_a_real_password_opens_a_real_vault_and_locking_closes_it(
    offline_world: World, qtbot: QtBot, tmp_path: Path
) -> None:
    window = AppWindow(tmp_path, offline_world.clock, Preferences())
    qtbot.addWidget(window)
    window.show()
    window.connect_laptop(offline_world.laptop("clerk"))
    qtbot.waitUntil(lambda: "谁在使用这台电脑？" in texts(window), timeout=_LONG_MS)
    field = next(f for f in visible(window, QLineEdit) if f.accessibleName() == "密码")
    qtbot.waitUntil(lambda: window.unlock.ready, timeout=_LONG_MS)
    field.setText("不对的密码")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "密码不对。" in texts(window), timeout=_LONG_MS)
    field.setText(PASSWORD)
    with qtbot.waitSignal(window.opened, timeout=_LONG_MS):
        QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "近期要走的户" in texts(window), timeout=_LONG_MS)
    main = window.main
    assert main is not None
    window.lock()
    qtbot.waitUntil(lambda: not window.leaving, timeout=_LONG_MS)
    offline_world.unlocked("clerk")  # another process could not open a vault that is still open


@pytest.mark.journey
def test_every_page_has_its_picture(offline_world: World, tmp_path: Path) -> None:
    workspace = offline_world.unlocked("clerk")
    pictures = grab_pages(workspace, tmp_path / "screens")
    assert len(pictures) >= 8
    names = [path.stem.partition("-")[2] for path in pictures]
    assert {"unlock", "today", "households", "household", "form", "print-file", "sync", "settings"} <= set(
        names
    )
    for path in pictures:
        image = QImage(str(path))
        assert (image.width(), image.height()) == (1366, 768)
        colours = {image.pixelColor(x, y).rgb() for x in range(0, 1366, 61) for y in range(0, 768, 61)}
        assert len(colours) > 3, f"{path.name} is blank"
    assert workspace.visits.drafts() == [], "the draft that was drawn is put away"


@pytest.mark.journey
def test_a_form_that_the_disk_refuses_is_not_left(
    offline_world: World, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = offline_world.unlocked("clerk")
    main = _opened(workspace, qtbot)
    main.open_form(workspace.visits.start(_a_household(workspace), "onsite"))
    form = _form(main)

    def full(_draft: VisitDraft) -> str:
        raise DISK_FULL(path="register.db")

    with monkeypatch.context() as disk:
        disk.setattr(workspace.visits, "autosave", full)
        form.answer("/data/how/phone", "13900001111")
        assert not main.save_draft()
        main.show_page("today")
        assert _form(main) is form, "what was typed is on this page only"
        assert any("磁盘空间不足" in text for text in texts(main))
    assert main.save_draft()
    main.show_page("today")
    assert not _fills_in(main)
    (draft,) = workspace.visits.drafts()
    assert workspace.visits.resume(draft.id).session.view("/data/how/phone").value == "13900001111"  # type: ignore[union-attr]


@pytest.mark.journey
def test_nothing_is_locked_away_that_was_not_saved(
    offline_world: World, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = AppWindow(tmp_path, offline_world.clock, Preferences())
    qtbot.addWidget(window)
    window.show()
    window.connect_laptop(offline_world.laptop("clerk"))
    qtbot.waitUntil(lambda: window.unlock.ready, timeout=_LONG_MS)
    field = next(f for f in visible(window, QLineEdit) if f.accessibleName() == "密码")
    field.setText(PASSWORD)
    with qtbot.waitSignal(window.opened, timeout=_LONG_MS):
        QTest.keyClick(field, Qt.Key.Key_Return)
    main = window.main
    assert main is not None
    with monkeypatch.context() as disk:
        disk.setattr(main, "save_draft", lambda: False)
        assert not window.lock()
        assert window.main is main
        leaving = QCloseEvent()
        window.closeEvent(leaving)
        assert not leaving.isAccepted(), "the window stays"
    assert window.lock()
    qtbot.waitUntil(lambda: not window.leaving, timeout=_LONG_MS)


@pytest.mark.journey
def test_households_go_to_excel_are_edited_and_come_back_to_the_register(
    offline_world: World, qtbot: QtBot, tmp_path: Path
) -> None:
    workspace = offline_world.unlocked("clerk")
    main = _opened(workspace, qtbot)
    main.show_page("households")
    main.pages.households.table.selectRow(0)
    (home,) = main.pages.work_list_model.ids_at([0])
    press(main, "导出…")
    assert main.page_key == "tables"
    page = main.pages.page("tables")
    assert isinstance(page, TablesPage)
    tab = page.tab("round_trip")
    assert isinstance(tab, RoundTripTab)
    path = tmp_path / "农户.xlsx"
    tab.export_to(path, "核对电话")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    place = next(at for at, cell in enumerate(sheet[1], start=1) if cell.value == "联系电话")
    assert sheet.max_row == 2
    sheet.cell(2, place).value = "13912340000"
    book.save(path)
    tab.look(path)
    press(tab, "接受列出的全部")
    assert main.banner.message == "已改登记册 1 处。"
    assert workspace.households.file(home).household.phone == "13912340000"
    press(tab, "撤销上一批")
    assert workspace.households.file(home).household.phone != "13912340000"
