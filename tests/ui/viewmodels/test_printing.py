"""Printing: the order, the pages, paper and PDF."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import InlineRunner
from fieldapp.sheets.paper import SheetKind
from fieldapp.ui.viewmodels.printing import KINDS_OF_SHEET, Chosen, PrintingViewModel, sheet_label
from tests.ui.fakes import FakeWorkspace
from tests.ui.runners import HeldRunner

TWO = [Chosen("h0001", "黄海涛"), Chosen("h0002", "高凤霞")]


@pytest.fixture
def model(workspace: FakeWorkspace) -> PrintingViewModel:
    made = PrintingViewModel(workspace.printing, InlineRunner())
    made.choose(TWO, "file")
    return made


def test_the_order_says_what_for_whom_and_how(model: PrintingViewModel, workspace: FakeWorkspace) -> None:
    model.set_masked(True)
    model.make()
    (order,) = workspace.printing.orders
    assert (order.kind, order.household_ids, order.profile) == ("file", ("h0001", "h0002"), "masked")


def test_pages_are_counted_over_all_sheets(model: PrintingViewModel, qtbot: QtBot) -> None:
    model.make()
    assert model.page_total == 4
    with qtbot.waitSignal(model.page_shown) as told:
        model.show_page(3, 72)
    assert told.args is not None
    assert told.args[0].startswith(b"\x89PNG")
    assert model.page_title() == "一户一档 2 · 第 4/4 页"
    model.show_page(4, 72)
    assert model.page == 3


def test_changing_the_order_puts_the_sheets_away(model: PrintingViewModel) -> None:
    model.make()
    model.set_kind("carry")
    assert model.page_total == 0
    assert model.page_title() == ""
    model.make()
    model.drop("h0001")
    assert [chosen.household_id for chosen in model.chosen] == ["h0002"]
    assert model.page_total == 0


def test_nothing_chosen_makes_nothing(model: PrintingViewModel, workspace: FakeWorkspace) -> None:
    model.choose([])
    model.make()
    assert workspace.printing.orders == []


def test_making_can_be_stopped(workspace: FakeWorkspace, qtbot: QtBot) -> None:
    runner = HeldRunner()
    model = PrintingViewModel(workspace.printing, runner)
    model.choose(TWO)
    model.make()
    assert model.making
    model.stop()
    with qtbot.waitSignal(model.done) as told:
        runner.step()
    assert told.args == ["已停止生成。"]
    assert not model.making


def test_saving_and_printing_are_told(model: PrintingViewModel, tmp_path: Path, qtbot: QtBot) -> None:
    model.make()
    with qtbot.waitSignal(model.done) as saved:
        model.save(tmp_path / "走访.pdf")
    assert saved.args == ["已存为「走访.pdf」。"]
    assert (tmp_path / "走访.pdf").read_bytes() == b"%PDF%PDF"
    with qtbot.waitSignal(model.done) as printed:
        model.send("村部惠普", 2, True)
    assert printed.args == ["已交给打印机「村部惠普」。"]


def test_printers_are_looked_up(model: PrintingViewModel) -> None:
    model.find_printers()
    assert model.printers == ["村部惠普"]


def test_each_kind_has_a_name_and_a_purpose() -> None:
    assert set(KINDS_OF_SHEET) == set(get_args(SheetKind))
    assert len({sheet_label(kind) for kind in KINDS_OF_SHEET}) == len(KINDS_OF_SHEET)
    assert all(name and purpose for name, purpose in map(sheet_label, KINDS_OF_SHEET))
