"""The print page, as a person uses it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QFileDialog, QSpinBox

from fieldapp.ui.main_window import MainWindow
from fieldapp.ui.viewmodels.printing import Chosen
from tests.ui.fakes import FakeWorkspace
from tests.ui.seeing import button, press, texts, visible


@pytest.fixture
def printing(main: MainWindow) -> MainWindow:
    main.pages.print_model.choose([Chosen("h0001", "黄海涛"), Chosen("h0002", "高凤霞")], "file")
    main.show_page("print")
    return main


def test_with_nothing_chosen_it_says_where_to_choose(main: MainWindow) -> None:
    main.show_page("print")
    assert "还没有选要打印的户" in texts(main)
    press(main, "去选农户")
    assert main.page_key == "households"


def test_the_preview_is_leafed_through(printing: MainWindow) -> None:
    press(printing, "生成预览")
    assert "一户一档 1 · 第 1/4 页" in texts(printing)
    assert not button(printing, "上一页").isEnabled()
    press(printing, "下一页")
    press(printing, "下一页")
    assert "一户一档 2 · 第 3/4 页" in texts(printing)
    press(printing, "下一页")
    assert not button(printing, "下一页").isEnabled()


def test_paper_is_asked_for_with_printer_copies_and_sides(
    printing: MainWindow, workspace: FakeWorkspace
) -> None:
    press(printing, "生成预览")
    next(box for box in visible(printing, QSpinBox)).setValue(3)
    next(box for box in visible(printing, QCheckBox) if box.accessibleName() == "双面打印").setChecked(False)
    printer = next(box for box in visible(printing, QComboBox) if box.accessibleName() == "打印机")
    assert printer.currentText() == "村部惠普"
    press(printing.pages.page("print"), "打印")
    assert workspace.printing.printed == [("村部惠普", 3, False)]
    assert printing.banner.message == "已交给打印机「村部惠普」。"


def test_without_a_printer_there_is_still_the_pdf(
    main: MainWindow, workspace: FakeWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.printing, "printers", list)
    main.pages.print_model.choose([Chosen("h0001", "黄海涛")])
    main.show_page("print")
    press(main, "生成预览")
    assert not button(main.pages.page("print"), "打印").isEnabled()
    target = tmp_path / "走访.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), "PDF (*.pdf)"))
    press(main, "存成 PDF…")
    assert target.read_bytes() == b"%PDF"


def test_masking_is_for_copies_that_go_round(printing: MainWindow, workspace: FakeWorkspace) -> None:
    next(box for box in visible(printing, QCheckBox) if "遮住" in box.accessibleName()).setChecked(True)
    press(printing, "生成预览")
    assert workspace.printing.orders[-1].profile == "masked"


def test_a_household_is_left_out(printing: MainWindow) -> None:
    press(printing, "不打印黄海涛")
    assert [chosen.label for chosen in printing.pages.print_model.chosen] == ["高凤霞"]


def test_a_blank_form_is_chosen_from_those_the_laptop_has(main: MainWindow, workspace: FakeWorkspace) -> None:
    main.pages.print_model.choose([Chosen("h0001", "黄海涛")], "carry")
    main.show_page("print")

    def boxes() -> list[QComboBox]:
        return [box for box in visible(main, QComboBox) if box.accessibleName() == "哪张空白表"]

    assert boxes() == []
    press(main, "空白表")
    (chooser,) = boxes()
    assert [chooser.itemText(n) for n in range(chooser.count())] == ["入户走访记录", "三保障和饮水核查表"]
    chooser.setCurrentIndex(1)
    chooser.activated.emit(1)
    press(main, "生成预览")
    order = workspace.printing.orders[-1]
    assert (order.kind, order.form_id, order.household_ids) == ("blank_form", "sbz", ("h0001",))
    press(main, "一户一档")
    press(main, "生成预览")
    assert workspace.printing.orders[-1].form_id == ""


def test_without_forms_there_is_no_blank_one_to_make(
    main: MainWindow, workspace: FakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workspace.printing, "forms", list)
    main.pages.print_model.choose([Chosen("h0001", "黄海涛")], "blank_form")
    main.show_page("print")
    assert not button(main, "生成预览").isEnabled()
