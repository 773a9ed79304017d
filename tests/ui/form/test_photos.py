"""Photos and signatures: chosen, taken from a phone's folder, drawn, taken away."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.pages.form.editors.pictures import PhotoEditor
from fieldapp.ui.pages.form.editors.signature import SignatureEditor
from fieldapp.ui.pages.form.photo_shelf import PhotoShelf
from fieldapp.ui.viewmodels.photo_times import exif_time
from tests.ui.form.conftest import OpenPage
from tests.ui.form.test_photo_times import HOUSE, TAKEN, photograph
from tests.ui.form.world import begin, reopened


def photo_editor(page: FormPage, number: int) -> PhotoEditor:
    editor = page.column.row(f"/data/photos/photo_{number}").editor
    assert isinstance(editor, PhotoEditor)
    return editor


def shelf_of(page: FormPage) -> PhotoShelf:
    shelf = next(card.shelf for card in page.column.cards if card.shelf is not None)
    assert shelf is not None
    return shelf


def test_a_chosen_photo_is_kept_shown_and_makes_room_for_the_next(
    open_page: OpenPage, tmp_path: Path
) -> None:
    keeper = begin()
    page = open_page(keeper)
    photo_editor(page, 1).take_file(photograph(tmp_path / "a.jpg"))
    QApplication.processEvents()
    name = photo_editor(page, 1).question.value
    assert exif_time(keeper.files[name]) == TAKEN
    assert not photo_editor(page, 1).thumb.pixmap().isNull()
    assert "2026-11-20 10:11" in photo_editor(page, 1)._taken.text()
    assert page.column.row("/data/photos/photo_2").isVisible()


def test_a_photo_can_be_taken_away(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(begin())
    photo_editor(page, 1).take_file(photograph(tmp_path / "a.jpg"))
    photo_editor(page, 1).clear.click()
    assert photo_editor(page, 1).question.value == ""
    assert not photo_editor(page, 1).thumb.isVisible()


def test_what_is_no_photo_is_told_and_changes_nothing(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(begin())
    (tmp_path / "a.jpg").write_bytes(b"no picture")
    photo_editor(page, 1).take_file(tmp_path / "a.jpg")
    assert "a.jpg" in page.banner.message
    assert photo_editor(page, 1).question.value == ""


def test_a_warning_stands_beside_the_photos(open_page: OpenPage) -> None:
    warning = shelf_of(open_page(begin()))._warning.text()
    for word in ("未成年人", "病床", "身份证"):
        assert word in warning


def test_photos_of_a_phone_go_into_the_empty_places_by_time(open_page: OpenPage, tmp_path: Path) -> None:
    keeper = begin()
    page = open_page(keeper)
    page.form.set_answer("/data/how/visit_date", "2026-11-20")
    photograph(tmp_path / "IMG_20261120_150000.jpg", taken=None, size=(60, 40))
    photograph(tmp_path / "b.jpg", size=(60, 40))
    photograph(tmp_path / "IMG_20261101_080000.jpg", taken=None, size=(60, 40))
    shelf = shelf_of(page)
    shelf.open_folder(tmp_path)
    assert [shelf.pictures.item(row).text() for row in range(3)] == [
        "11-20 15:00",
        "11-20 10:11",
        "11-01 08:00",
    ]
    assert "走访当天 2 张" in shelf._told.text()
    assert not shelf.pictures.item(0).icon().isNull()
    for row in (0, 1):
        shelf.pictures.item(row).setSelected(True)
    shelf.take_chosen()
    kept = [exif_time(keeper.files[photo_editor(page, n).question.value]) for n in (1, 2)]
    assert [moment.hour for moment in kept if moment] == [10, 15]


def test_a_photo_too_many_is_told(open_page: OpenPage, tmp_path: Path) -> None:
    page = open_page(begin())
    for number in range(4):
        photograph(tmp_path / f"{number}.jpg", size=(60, 40))
    shelf = shelf_of(page)
    shelf.open_folder(tmp_path)
    shelf.pictures.selectAll()
    shelf.take_chosen()
    assert "已放进 3 张" in shelf._told.text()
    assert "1 张没有空位" in shelf._told.text()


def test_the_photos_of_an_iphone_go_into_the_form(open_page: OpenPage, tmp_path: Path) -> None:
    keeper = begin()
    shutil.copy(HOUSE, tmp_path / "IMG_0001.HEIC")
    shelf = shelf_of(open_page(keeper))
    shelf.open_folder(tmp_path)
    shelf.pictures.selectAll()
    shelf.take_chosen()
    assert "已放进 1 张" in shelf._told.text()
    (content,) = keeper.files.values()
    assert content.startswith(b"\xff\xd8")


def signature_editor(page: FormPage) -> SignatureEditor:
    editor = page.column.row("/data/sign/signature").editor
    assert isinstance(editor, SignatureEditor)
    return editor


def test_a_signature_is_drawn_kept_and_written_again(open_page: OpenPage, qtbot: QtBot) -> None:
    keeper = begin()
    page = open_page(keeper)
    page.form.set_answer("/data/sign/signing", "screen")
    QApplication.processEvents()
    pad = signature_editor(page).pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 40))
    for x in range(50, 200, 10):
        QTest.mouseMove(pad, QPoint(x, 40 + x % 30))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
    name = signature_editor(page).question.value
    assert keeper.files[name].startswith(b"\x89PNG")
    page.form.flush()
    again = open_page(reopened(keeper))
    assert not signature_editor(again).pad.is_empty
    signature_editor(again).again.click()
    assert signature_editor(again).question.value == ""
    assert signature_editor(again).pad.is_empty


def test_a_signature_on_the_screen_is_only_asked_for_when_chosen(open_page: OpenPage) -> None:
    page = open_page(begin())
    assert not page.column.row("/data/sign/signature").isVisible()
    assert page.column.row("/data/sign/signing").question.value == "paper"
