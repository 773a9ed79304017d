"""Print 打印: what, for whom, the pages as they will be, then paper or PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.ui.pages.page import Page
from fieldapp.ui.pages.print_order import PrintOrderPanel
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.printing import PrintingViewModel
from fieldapp.ui.widgets.controls import button, label
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.page_picture import PagePicture
from fieldapp.ui.widgets.progress import ProgressLine
from fieldapp.ui.widgets.scroll import PageScroll

__all__ = ["PrintPage"]

_PREVIEW_DPI = 110


class PrintPage(Page):
    """The order at the left, the preview at the right."""

    households_opened = Signal()

    def __init__(self, model: PrintingViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._order = PrintOrderPanel(model)
        self._order.save_asked.connect(self._ask_path)
        self._picture = PagePicture()
        self._scroll = PageScroll(self._picture)
        self._empty = EmptyState()
        self._where = label(ink="soft", shrink=True)
        self._back = button(
            "", lambda: self._turn(-1), icon_name="left", name=say("上一页", "Previous page"), shortcut="PgUp"
        )
        self._next = button(
            "", lambda: self._turn(1), icon_name="right", name=say("下一页", "Next page"), shortcut="PgDown"
        )
        self._progress = ProgressLine()
        self._progress.stopped.connect(model.stop)
        self._lay_out()
        model.order_changed.connect(self._show_order)
        model.making_changed.connect(self._show_making)
        model.progressed.connect(self._progress.show_progress)
        model.sheets_made.connect(self._show_sheets)
        model.page_shown.connect(self._show_page)
        model.done.connect(lambda sentence: self.notice(sentence))
        model.failed.connect(self.failed)
        self._show_order()

    def title(self) -> str:
        return say("打印", "Print")

    def subtitle(self) -> str:
        return say("签字和日期留空，由本人手写", "Signature and date lines stay blank")

    def entered(self) -> None:
        self._model.find_printers()
        self._model.find_forms()

    def _show_order(self) -> None:
        self._picture.clear()
        self._where.setText("")
        self._mark_pages()
        if not self._model.chosen and self._model.goes_blank:
            self._empty.say(
                say("空白联系单，一页两张", "Blank notes, two a page"),
                say(
                    "带着入户，没见到人时手写；选了农户再印，姓名、住址和这次走访就印在上面。",
                    "To take along and fill in by hand; choose households to have names and visits printed.",
                ),
                (say("生成预览", "Make preview"), self._model.make),
            )
        elif not self._model.chosen:
            self._empty.say(
                say("还没有选要打印的户", "No household chosen"),
                say(
                    "在“农户”里选中一户或多户，按 Ctrl+P；在“今日”里可以直接打印走访名单。",
                    "Choose households in the list and press Ctrl+P.",
                ),
                (say("去选农户", "Choose households"), self.households_opened.emit),
            )
        else:
            self._empty.say(
                say("共 {n} 户", "{n} households", n=len(self._model.chosen)),
                say("点“生成预览”，先看清楚再打印。", "Make a preview first, then print."),
                (say("生成预览", "Make preview"), self._model.make),
            )
        self._stack.setCurrentWidget(self._empty)

    def _show_making(self, making: bool) -> None:
        if making:
            self._progress.begin(say("正在生成…", "Making…"))
        else:
            self._progress.end()

    def _show_sheets(self) -> None:
        self._stack.setCurrentWidget(self._scroll)
        self._model.show_page(0, _PREVIEW_DPI)
        self._mark_pages()

    def _show_page(self, png: bytes) -> None:
        self._picture.show_png(png)
        self._scroll.verticalScrollBar().setValue(0)
        self._mark_pages()

    def _turn(self, step: int) -> None:
        self._model.show_page(self._model.page + step, _PREVIEW_DPI)

    def _mark_pages(self) -> None:
        self._where.setText(self._model.page_title())
        self._back.setEnabled(self._model.page > 0)
        self._next.setEnabled(self._model.page + 1 < self._model.page_total)

    def _ask_path(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = say("走访表", "sheets") + ".pdf"
        path, _ = QFileDialog.getSaveFileName(
            self, say("存成 PDF", "Save as PDF"), str(Path(folder) / name), "PDF (*.pdf)"
        )
        if path:
            self._model.save(Path(path))

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(px(8))
        right.addWidget(self._progress)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._scroll)
        right.addWidget(self._stack, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._where, 1)
        foot.addWidget(self._back)
        foot.addWidget(self._next)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(20), px(4), px(20), px(14))
        row.setSpacing(px(14))
        row.addWidget(self._order)
        row.addLayout(right, 1)
