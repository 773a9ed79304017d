"""An author tries a form out in the real page, with its lists and pictures, and sees what would be sent."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.clock import FixedClock
from fieldapp.ui.form_try import FormTry, lists_beside
from fieldapp.ui.pages.form.editors.options import OneOfEditor
from fieldapp.xform.errors import TRUNCATED
from tests.ui.form.world import MORNING, compiled

FORM = """
| survey |  |  |  |  |
|  | type | name | label | required |
|  | text | who | 姓名 | yes |
|  | select_one kind | what | 种类 |  |
|  | select_one_from_file places.csv | where | 地点 |  |
| choices |  |  |  |  |
|  | list_name | name | label | media::image |
|  | kind | a | 甲 | a.png |
|  | kind | b | 乙 |  |
| settings |  |
|  | form_id |
|  | trial |
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A form on disk with its media folder."""
    path = tmp_path / "trial.md"
    path.write_text(FORM, "utf-8")
    media = tmp_path / "trial-media"
    media.mkdir()
    (media / "places.csv").write_text("name,label\np1,村口\np2,桥头\n", "utf-8")
    (media / "a.png").write_bytes(_dot())
    return path


@pytest.fixture
def window(file: Path, qtbot: QtBot) -> FormTry:
    shown = FormTry(file, lambda: compiled(file.read_text("utf-8")), lists_beside(file), FixedClock(MORNING))
    qtbot.addWidget(shown)
    shown.resize(1100, 700)
    shown.show()
    return shown


def test_the_form_opens_with_its_lists_and_pictures(window: FormTry) -> None:
    page = window.page
    assert page is not None
    assert [choice.label for choice in page.column.row("/data/where").question.choices] == ["村口", "桥头"]
    options = page.column.row("/data/what").editor
    assert isinstance(options, OneOfEditor)
    assert not options.buttons[0].icon().isNull()
    assert options.buttons[1].icon().isNull()


def test_finishing_shows_what_would_be_sent(window: FormTry) -> None:
    page = window.page
    assert page is not None
    page.form.set_answer("/data/who", "王建国")
    page.finish()
    assert "<who>王建国</who>" in window.shown.toPlainText()
    assert window.shown.isVisible()


def test_what_is_missing_is_told_as_it_is_to_a_cadre(window: FormTry) -> None:
    page = window.page
    assert page is not None
    page.finish()
    assert page.banner.message
    assert not window.shown.isVisible()


def test_the_file_is_read_again_when_asked(window: FormTry, file: Path) -> None:
    file.write_text(FORM.replace("姓名", "户主姓名"), "utf-8")
    window.reload()
    assert window.page is not None
    assert window.page.column.row("/data/who").question.label == "户主姓名"


def test_an_error_in_the_file_is_told_and_the_open_form_stays(qtbot: QtBot, file: Path) -> None:
    broken = False

    def compile_form() -> bytes:
        if broken:
            raise TRUNCATED(reason="x", line=1, column=1)
        return compiled(FORM)

    window = FormTry(file, compile_form, lists_beside(file), FixedClock(MORNING))
    qtbot.addWidget(window)
    window.show()
    before = window.page
    broken = True
    window.reload()
    assert window.banner.message
    assert window.page is before


def _dot() -> bytes:
    import io

    from PIL import Image

    stream = io.BytesIO()
    Image.new("RGB", (40, 40), "tan").save(stream, "PNG")
    return stream.getvalue()
