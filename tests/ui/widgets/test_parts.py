"""The parts pages are made of."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from fieldapp.common.tasks import Progress
from fieldapp.ui.icons import icon, picture
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.viewmodels.cells import CellTable, cells
from fieldapp.ui.viewmodels.household_lines import IncomeBar, Rung, VisitEntry
from fieldapp.ui.widgets.banner import Banner
from fieldapp.ui.widgets.controls import button as make_button
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.grid_flow import GridFlow
from fieldapp.ui.widgets.income_chart import IncomeChart
from fieldapp.ui.widgets.meter import Meter, MeterPart
from fieldapp.ui.widgets.page_picture import PagePicture
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.table import CardTable, ColumnPlan
from fieldapp.ui.widgets.timeline import Timeline
from tests.ui.fakes import DEAD_SERVER, blank_png
from tests.ui.seeing import button, press, texts, visible

_ICONS = [
    "add",
    "alert",
    "back",
    "check",
    "close",
    "door",
    "draft",
    "eye",
    "households",
    "info",
    "key",
    "left",
    "link",
    "lock",
    "paper",
    "person",
    "phone",
    "print",
    "right",
    "save",
    "search",
    "settings",
    "sync",
    "today",
    "unlink",
]


@pytest.mark.parametrize("name", _ICONS)
def test_every_icon_draws_something(qtbot: QtBot, name: str) -> None:
    drawn = picture(name, COLOURS.ink).toImage()
    inked = any(
        drawn.pixelColor(x, y).alpha() > 0 for x in range(drawn.width()) for y in range(drawn.height())
    )
    assert inked
    assert not icon(name).isNull()


def test_words_flow_into_the_next_line(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder, spacing=4)
    labels = [QLabel(f"筛选条件 {number}") for number in range(8)]
    for label in labels:
        flow.addWidget(label)
    holder.resize(labels[0].sizeHint().width() * 3, 400)
    holder.show()
    holder.grab()
    assert len({label.y() for label in labels}) > 1
    assert all(label.x() + label.width() <= holder.width() for label in labels)
    assert flow.heightForWidth(10_000) < flow.heightForWidth(holder.width())


def test_an_item_wider_than_the_row_is_given_the_row(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    long = QLabel("很长的名字" * 30)
    long.setWordWrap(True)
    long.setMinimumWidth(1)
    flow.addWidget(long)
    holder.resize(120, 300)
    holder.show()
    holder.grab()
    assert long.width() <= 120


def test_a_grid_has_as_many_columns_as_fit(qtbot: QtBot) -> None:
    grid = GridFlow(narrowest=100, most=4)
    qtbot.addWidget(grid)
    items = [QLabel(str(number)) for number in range(4)]
    grid.show_items(items)
    grid.resize(900, 100)
    grid.show()
    grid.grab()
    assert len({item.y() for item in items}) == 1
    grid.resize(230, 300)
    QApplication.processEvents()
    assert len({item.y() for item in items}) == 2


def test_a_button_whose_text_changes_keeps_its_key(qtbot: QtBot) -> None:
    made = make_button("更正", shortcut="Ctrl+Return")
    qtbot.addWidget(made)
    made.setText("更正 3 户")
    assert made.shortcut().toString() == "Ctrl+Return"


def test_a_banner_offers_its_act_once(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    done: list[str] = []
    banner.show_notice("草稿已丢弃。", act=("恢复", lambda: done.append("恢复")))
    press(banner, "恢复")
    assert done == ["恢复"]
    assert banner.message == ""
    banner.show_error(DEAD_SERVER())
    assert not any(made.text() == "恢复" for made in visible(banner, type(button(banner, "关闭提示"))))
    assert "FAKE-002" in banner.accessibleName()


def test_an_error_is_kept_when_the_page_is_left(qtbot: QtBot) -> None:
    banner = Banner()
    qtbot.addWidget(banner)
    banner.show_error(DEAD_SERVER())
    banner.page_left()
    assert banner.message
    banner.show_notice("好了。")
    banner.page_left()
    assert banner.message == ""


def test_progress_is_named_and_can_be_stopped(qtbot: QtBot) -> None:
    line = ProgressLine()
    qtbot.addWidget(line)
    line.begin("正在联系县里…")
    line.show_progress(Progress(3, 10, "正在发送", "sending"))
    assert "正在发送  3/10" in texts(line)
    with qtbot.waitSignal(line.stopped):
        press(line, "停止这项工作")
    assert any("正在停下" in text for text in texts(line))
    line.end()
    assert not line.isVisible()


def test_a_card_table_is_as_high_as_its_rows(qtbot: QtBot) -> None:
    model = CellTable(["姓名", "关系"])
    table = CardTable("家庭成员", model, ColumnPlan((80, 80), grow={0: 1}))
    qtbot.addWidget(table)
    empty = table.height()
    model.show([cells("王秀英", "户主"), cells("李大山", "之子")])
    assert table.height() > empty
    table.resize(400, table.height())
    table.show()
    table.grab()
    assert sum(table.columnWidth(column) for column in range(2)) <= 400
    with qtbot.waitSignal(table.opened):
        table.selectRow(1)
        QTest.keyClick(table, Qt.Key.Key_Return)


def test_the_chart_draws_years_with_and_without_a_line(qtbot: QtBot) -> None:
    chart = IncomeChart()
    qtbot.addWidget(chart)
    chart.show_bars([IncomeBar(2024, None, None), IncomeBar(2025, 6120.0, 6700)])
    assert chart.accessibleName() == "人均纯收入：2024 未登记，线：待县里填；2025 6,120，线 6,700"
    chart.resize(300, 150)
    drawn = chart.grab().toImage()
    assert drawn.pixelColor(225, 100).name() == COLOURS.attention, "below the line"
    chart.show_bars([])
    chart.grab()


def test_the_meter_draws_shares_and_says_numbers(qtbot: QtBot) -> None:
    meter = Meter()
    qtbot.addWidget(meter)
    meter.show_parts([MeterPart("已超期", 1, COLOURS.attention), MeterPart("已走满", 3, COLOURS.good)])
    assert meter.accessibleName() == "已超期 1，已走满 3"
    meter.resize(400, 12)
    drawn = meter.grab().toImage()
    assert drawn.pixelColor(50, 6).name() == COLOURS.attention
    assert drawn.pixelColor(300, 6).name() == COLOURS.good
    meter.show_parts([MeterPart("已超期", 0, COLOURS.attention)])
    meter.grab()


def test_older_visits_unfold(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.show()
    entries = [
        VisitEntry(f"v{n}", f"2026-{n:02d}-01", "入户", "现场", (), (Rung("已保存", True),), "neutral")
        for n in range(12, 0, -1)
    ]
    line.show_entries(entries)
    assert "2026-12-01" in texts(line)
    assert "2026-01-01" not in texts(line)
    press(line, "再看以前的 6 条")
    assert "2026-01-01" in texts(line)


def test_a_returned_visit_says_so_in_words(qtbot: QtBot) -> None:
    line = Timeline()
    qtbot.addWidget(line)
    line.show()
    rungs = (Rung("已保存", True), Rung("已封装", True), Rung("县里退回", True))
    line.show_entries([VisitEntry("v", "2026-11-01", "入户", "现场", ("情况：退回重填",), rungs, "bad")])
    assert "✕ 县里退回" in texts(line)


def test_a_page_of_paper_is_never_blown_up(qtbot: QtBot) -> None:
    paper = PagePicture()
    qtbot.addWidget(paper)
    paper.show_png(blank_png(210, 297))
    assert paper.heightForWidth(10_000) == paper.heightForWidth(400)
    assert paper.heightForWidth(120) < paper.heightForWidth(400)
    paper.resize(QSize(400, 400))
    paper.grab()
    paper.show_png(b"not a picture")
    paper.grab()
    paper.clear()
    assert paper.heightForWidth(400) <= 20
