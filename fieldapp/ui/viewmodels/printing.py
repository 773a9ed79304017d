"""Printing: what, for whom, the finished pages, then paper or PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress, TaskRunner
from fieldapp.services.printing import PrintOrder
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.latest import Latest
from fieldapp.ui.viewmodels.view_model import ViewModel

if TYPE_CHECKING:
    from fieldapp.services.printing import PrintedSheet, SheetKind
    from fieldapp.ui.contract import PrintingPort

__all__ = ["KINDS_OF_SHEET", "Chosen", "PrintingViewModel", "sheet_label"]

KINDS_OF_SHEET: tuple[SheetKind, ...] = (
    "carry",
    "blank_form",
    "file",
    "visit_list",
    "typing_list",
    "missed_slip",
    "issue_slip",
    "facts_card",
    "received",
    "house_grade",
    "figures",
)


def sheet_label(kind: SheetKind) -> tuple[str, str]:
    """Return name and purpose of a kind of sheet."""
    return {
        "carry": (
            say("入户携带", "To carry along"),
            say("对照表 + 走访记录，入户手写", "comparison sheet and visit record"),
        ),
        "blank_form": (
            say("空白表", "Blank form"),
            say("任一张表打出来手写，按序补录", "any form, to be written by hand"),
        ),
        "file": (
            say("一户一档", "Household file"),
            say("家庭、收入、保障、走访，归档用", "family, income, guarantees, visits"),
        ),
        "visit_list": (
            say("走访名单", "Visit list"),
            say("一张纸带上要走的户", "the households to see, on one sheet"),
        ),
        "missed_slip": (
            say("走访未遇联系单", "Note for the door"),
            say("没见到人时留在门上；不选户就是空白单", "when nobody is home; blank without households"),
        ),
        "issue_slip": (
            say("问题反馈单", "Slip of a problem"),
            say("开给村、乡镇，一个问题一张", "for village or town, one a problem"),
        ),
        "typing_list": (
            say("待录入清单", "To-type list"),
            say("照着录全国系统，□录 □核", "what to type, with boxes to tick"),
        ),
        "facts_card": (
            say("帮扶明白卡", "Card of facts"),
            say("有哪些帮扶、找谁问，留给农户", "help there is and whom to ask"),
        ),
        "received": (
            say("获得清单", "What was received"),
            say("历年获得的帮扶、金额和来源", "all help by year, with sources"),
        ),
        "house_grade": (
            say("房屋等级门牌", "House grade"),
            say("房屋等级签字确认；A、B 级另出门牌", "signed; grades A and B get a plate"),
        ),
        "figures": (
            say("一口清", "Page of figures"),
            say(
                "所选农户所在村或乡镇的数",
                "of the village or town of those chosen",
            ),
        ),
    }[kind]


@dataclass(frozen=True, slots=True)
class Chosen:
    """A household to print for."""

    household_id: str
    label: str


class PrintingViewModel(ViewModel):
    """The print page's state. Sheets are made in the background and can be cancelled."""

    order_changed = Signal()
    making_changed = Signal(bool)
    progressed = Signal(object)  # Progress
    sheets_made = Signal()
    page_shown = Signal(bytes)
    printers_found = Signal()
    forms_found = Signal()
    done = Signal(str)  # a sentence
    _progress_arrived = Signal(object)

    def __init__(self, printing: PrintingPort, runner: TaskRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._printing = printing
        self._runner = runner
        self._cancel = CancelToken()
        self._pictures: Latest[bytes] = Latest(runner, self.page_shown.emit, self.report)
        self.kind: SheetKind = "carry"
        self.masked = False
        self.chosen: Sequence[Chosen] = ()
        self.sheets: Sequence[PrintedSheet] = ()
        self.printers: Sequence[str] = ()
        self.forms: Sequence[tuple[str, str]] = ()  # that can be printed blank: id, title
        self.form_id = ""
        self.making = False
        self.page = 0
        self._progress_arrived.connect(self._show_progress)

    def choose(self, households: Sequence[Chosen], kind: SheetKind | None = None) -> None:
        """Set for whom (and what) to print; sheets made before are put away."""
        self.chosen = tuple(households)
        self.kind = kind or self.kind
        self._reset()

    def drop(self, household_id: str) -> None:
        """Take one household off the order."""
        self.chosen = tuple(chosen for chosen in self.chosen if chosen.household_id != household_id)
        self._reset()

    def set_kind(self, kind: SheetKind) -> None:
        """Choose the kind of sheet."""
        if kind != self.kind:
            self.kind = kind
            self._reset()

    def set_form(self, form_id: str) -> None:
        """Choose which form is printed blank."""
        if form_id and form_id != self.form_id:
            self.form_id = form_id
            self._reset()

    def set_masked(self, masked: bool) -> None:
        """Mask ID numbers and phones (internal copy) or print them in full (file copy)."""
        if masked != self.masked:
            self.masked = masked
            self._reset()

    @property
    def can_make(self) -> bool:
        """Whether there is something to make: households, for a blank form the form, and nothing under way."""
        form = self.kind != "blank_form" or bool(self.form_id)
        return form and (bool(self.chosen) or self.goes_blank) and not self.making

    @property
    def goes_blank(self) -> bool:
        """Whether the sheet is of use without households: notes for doors are taken along blank."""
        return self.kind == "missed_slip"

    def make(self) -> None:
        """Make the sheets and show the first page."""
        if not self.can_make:
            return
        order = PrintOrder(
            self.kind,
            tuple(chosen.household_id for chosen in self.chosen),
            "masked" if self.masked else "full",
            form_id=self.form_id if self.kind == "blank_form" else "",
        )
        self._cancel = cancel = CancelToken()
        self._set_making(True)
        self._runner.run(
            lambda: self._printing.make(order, self._progress_arrived.emit, cancel), self._made, self._broke
        )

    def stop(self) -> None:
        """Stop making sheets."""
        self._cancel.cancel()

    @property
    def page_total(self) -> int:
        """How many pages the finished sheets have."""
        return sum(sheet.pages for sheet in self.sheets)

    def show_page(self, page: int, dpi: int) -> None:
        """Show a page of the finished sheets, counted over all of them from 0."""
        if not 0 <= page < self.page_total:
            return
        self.page = page
        sheet, inside = self._locate(page)
        printing = self._printing
        self._pictures.ask(lambda: printing.page_png(sheet.pdf, inside, dpi))

    def page_title(self) -> str:
        """Return which page of which sheet is shown."""
        if not self.sheets:
            return ""
        sheet, _ = self._locate(self.page)
        return say(
            "{title} · 第 {n}/{all} 页",
            "{title} · page {n} of {all}",
            title=sheet.title,
            n=self.page + 1,
            all=self.page_total,
        )

    def find_printers(self) -> None:
        """Ask the system which printers there are."""
        self._runner.run(self._printing.printers, self._found_printers, self.report)

    def find_forms(self) -> None:
        """Look up which forms can be printed blank; one that is no longer there is not kept."""
        self._runner.run(self._printing.forms, self._found_forms, self.report)

    def _found_forms(self, forms: list[tuple[str, str]]) -> None:
        self.forms = forms
        ids = [form_id for form_id, _ in forms]
        if self.form_id not in ids:
            self.form_id = ids[0] if ids else ""
        self.forms_found.emit()

    def save(self, path: Path) -> None:
        """Write the finished sheets as one PDF."""
        sheets = self.sheets
        self._act(
            lambda: self._printing.save(sheets, path),
            say("已存为「{name}」。", "Saved as “{name}”.", name=path.name),
        )

    def send(self, printer: str, copies: int, duplex: bool) -> None:
        """Print the finished sheets."""
        sheets = self.sheets
        self._act(
            lambda: self._printing.send_to_printer(sheets, printer, copies, duplex),
            say("已交给打印机「{name}」。", "Given to the printer “{name}”.", name=printer),
        )

    def _act(self, work: Callable[[], None], sentence: str) -> None:
        self._runner.run(work, lambda _: self.done.emit(sentence), self.report)

    def _locate(self, page: int) -> tuple[PrintedSheet, int]:
        for sheet in self.sheets:
            if page < sheet.pages:
                return sheet, page
            page -= sheet.pages
        raise IndexError(page)

    def _made(self, sheets: list[PrintedSheet]) -> None:
        self._set_making(False)
        self.sheets = sheets
        self.page = 0
        self.sheets_made.emit()

    def _broke(self, error: Exception) -> None:
        self._set_making(False)
        if isinstance(error, KnownError) and self._cancel.cancelled:
            self.done.emit(say("已停止生成。", "Stopped."))
            return
        self.report(error)

    def _found_printers(self, printers: list[str]) -> None:
        self.printers = printers
        self.printers_found.emit()

    def _show_progress(self, progress: Progress) -> None:
        if self.making:
            self.progressed.emit(progress)

    def _set_making(self, making: bool) -> None:
        self.making = making
        self.making_changed.emit(making)

    def _reset(self) -> None:
        self.sheets = ()
        self.page = 0
        self.order_changed.emit()
