"""Today 今日: what is due, how far the year is, drafts, and what lies here unsent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldapp.register.plan import DueState
from fieldapp.ui.pages.page import Columns, Page
from fieldapp.ui.pages.route import RouteList
from fieldapp.ui.pages.today_due import DueCards
from fieldapp.ui.palette import COLOURS
from fieldapp.ui.text import say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.today import DraftLine, TodayViewModel
from fieldapp.ui.viewmodels.today_due import TodayDueViewModel
from fieldapp.ui.viewmodels.wording import state_label
from fieldapp.ui.widgets.controls import button, card, label
from fieldapp.ui.widgets.empty import EmptyState
from fieldapp.ui.widgets.flow import clear_layout
from fieldapp.ui.widgets.grid_flow import GridFlow
from fieldapp.ui.widgets.meter import Meter, MeterPart
from fieldapp.ui.widgets.number_tile import NumberTile
from fieldapp.ui.widgets.scroll import PageScroll

__all__ = ["TodayPage"]

_PARTS: tuple[tuple[DueState, str], ...] = (
    ("overdue", COLOURS.attention),
    ("due", COLOURS.accent),
    ("not_entered", COLOURS.line_strong),
    ("resting", COLOURS.nav_faint),
    ("fulfilled", COLOURS.good),
)


class TodayPage(Page):
    """Every number opens the list behind it."""

    household_opened = Signal(str)
    states_opened = Signal(object)  # frozenset[DueState]
    draft_opened = Signal(str)
    list_print_asked = Signal(object)  # tuple[(household id, label)]
    sync_opened = Signal()
    findings_opened = Signal()
    proposals_opened = Signal()
    filter_asked = Signal(object)  # WorkFilter
    plan_opened = Signal()

    def __init__(self, model: TodayViewModel, due: TodayDueViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._due = due
        self._due_cards = DueCards(due)
        self._due_cards.household_opened.connect(self.household_opened)
        self._due_cards.filter_asked.connect(self.filter_asked)
        self._due_cards.plan_opened.connect(self.plan_opened)
        self._tiles = {state: NumberTile(state_label(state), colour) for state, colour in _PARTS}
        self._meter = Meter()
        self._route = RouteList()
        self._route.opened.connect(self.household_opened)
        self._print = button(
            say("打印走访名单", "Print the list"),
            self._ask_print,
            icon_name="print",
            shortcut="Ctrl+P",
        )
        self._empty = EmptyState()
        self._drafts = QVBoxLayout()
        self._drafts.setSpacing(px(6))
        self._waiting = label(wrap=True)
        self._waiting_act = button(say("去同步", "Go to Sync"), self.sync_opened.emit)
        self._findings = label(wrap=True)
        self._findings_act = button(say("看疑点", "See findings"), self.findings_opened.emit)
        self._proposals = label(wrap=True)
        self._proposals_act = button(say("去看", "See them"), self.proposals_opened.emit)
        self._lay_out()
        model.loaded.connect(self._show)
        model.failed.connect(self.failed)
        due.failed.connect(self.failed)
        model.draft_discarded.connect(self._offer_back)

    def title(self) -> str:
        return say("今日", "Today")

    def subtitle(self) -> str:
        day = self._model.today()
        week = "一二三四五六日"[day.weekday()]
        return say("{m}月{d}日 星期{w}", "{iso}", m=day.month, d=day.day, w=week, iso=day.isoformat())

    def entered(self) -> None:
        self._model.load()

    def show_findings(self, sentence: str) -> None:
        """Say how much the data checks found."""
        self._findings.setText(sentence)

    def _show(self) -> None:
        counts = self._model.counts
        if counts is None:
            return
        numbers: dict[DueState, int] = {
            "overdue": counts.overdue,
            "due": counts.due,
            "not_entered": counts.not_entered,
            "fulfilled": counts.fulfilled,
        }
        numbers["resting"] = max(0, counts.total - counts.unscheduled - sum(numbers.values()))
        for state, tile in self._tiles.items():
            tile.show_number(numbers[state])
        self._meter.show_parts(
            [MeterPart(state_label(state), numbers[state], colour) for state, colour in _PARTS]
        )
        self._show_route(counts.total)
        self._show_drafts()
        self._show_waiting(counts.unsent)
        self._proposals.setText(self._model.proposals)
        self._gate.setVisible(bool(self._model.proposals))
        self._due.load(counts)

    def _show_route(self, total: int) -> None:
        self._route.show_stops(self._model.stops, self._model.due_total, self._model.today())
        nothing = not self._model.stops
        self._route.setVisible(not nothing)
        self._empty.setVisible(nothing)
        self._print.setEnabled(not nothing)
        if nothing and total == 0:
            self._empty.say(
                say("这台电脑上还没有农户", "No households on this laptop yet"),
                say("到“同步”页接收一次，县里会把你负责的农户发下来。", "Fetch once on the Sync page."),
                (say("去同步", "Go to Sync"), self.sync_opened.emit),
            )
        elif nothing:
            self._empty.say(
                say("近期没有要走的户", "Nobody is due"),
                say(
                    "到期前 14 天会出现在这里。已经走过、还没录入的，可以在“农户”里据纸质记录补录。",
                    "Households appear here 14 days before they are due. Past visits can be typed in from paper.",
                ),
                (
                    say("看看尚未补录的户", "Show those not typed in"),
                    lambda: self.states_opened.emit(frozenset({"not_entered"})),
                ),
            )

    def _show_drafts(self) -> None:
        clear_layout(self._drafts)
        if not self._model.drafts:
            self._drafts.addWidget(
                label(
                    say("没有没填完的走访。填到一半退出时，会自动留在这里。", "No open drafts."),
                    ink="soft",
                    wrap=True,
                )
            )
        for draft in self._model.drafts:
            self._drafts.addWidget(self._draft_row(draft))

    def _draft_row(self, draft: DraftLine) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(draft.head_name, bold=True, wrap=True))
        words.addWidget(label(draft.detail, ink="faint", ratio=0.93, wrap=True))
        row.addLayout(words, 1)
        row.addWidget(
            button(
                say("继续填", "Go on"),
                lambda: self.draft_opened.emit(draft.id),
                name=say("继续填{name}的走访", "Go on with {name}", name=draft.head_name),
            )
        )
        row.addWidget(
            button(
                say("丢弃", "Discard"),
                lambda: self._model.discard(draft.id),
                kind="quiet",
                name=say("丢弃{name}的草稿", "Discard the draft of {name}", name=draft.head_name),
                tip=say("丢弃后 30 天内可以恢复", "Can be restored for 30 days"),
            )
        )
        return holder

    def _show_waiting(self, unsent: int) -> None:
        if not unsent:
            self._waiting.setText(say("都已发送，本机没有等待发送的记录。", "Everything was sent."))
        elif self._model.hours_unsent >= 1:
            self._waiting.setText(
                say(
                    "有 {n} 条记录还只在这台电脑上，距上次同步 {h} 小时。有网络时请同步一次。",
                    "{n} records are on this laptop only; last sync {h} hours ago.",
                    n=unsent,
                    h=self._model.hours_unsent,
                )
            )
        else:
            self._waiting.setText(
                say(
                    "有 {n} 条记录还只在这台电脑上，有网络时请同步一次。",
                    "{n} records are on this laptop only; sync when there is a network.",
                    n=unsent,
                )
            )
        self._waiting_act.setVisible(bool(unsent))

    def _offer_back(self, draft_id: str) -> None:
        self.notice(
            say("草稿已丢弃。", "Draft discarded."),
            (say("恢复", "Restore"), lambda: self._model.restore(draft_id)),
        )

    def _ask_print(self) -> None:
        self.list_print_asked.emit(
            tuple((row.household_id, row.head_name) for stop in self._model.stops for row in stop.rows)
        )

    def _lay_out(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        column.setContentsMargins(px(20), px(4), px(20), px(20))
        column.setSpacing(px(12))
        column.addWidget(self._year_card())
        route, inside = card()
        top = QHBoxLayout()
        top.addWidget(label(say("近期要走的户", "Due soon"), ratio=1.1, bold=True), 1)
        top.addWidget(self._print)
        inside.addLayout(top)
        inside.addWidget(self._route)
        inside.addWidget(self._empty)
        inside.addStretch(1)
        column.addWidget(Columns([(route, 3), (self._side(), 2)], narrow=720), 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(content))

    def _year_card(self) -> QWidget:
        frame, column = card(say("今年的走访", "Visits of this year"))
        for state, tile in self._tiles.items():
            tile.asked.connect(lambda chosen=state: self.states_opened.emit(frozenset({chosen})))
        tiles = GridFlow(narrowest=130, most=len(_PARTS), spacing=10)
        tiles.show_items(list(self._tiles.values()))
        column.addWidget(tiles)
        column.addWidget(self._meter)
        return frame

    def _side(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        drafts, inside = card(say("没填完的走访", "Drafts"))
        inside.addLayout(self._drafts)
        waiting, below = card(say("待发送", "Waiting to be sent"))
        below.addWidget(self._waiting)
        below.addWidget(self._waiting_act, 0, Qt.AlignmentFlag.AlignLeft)
        self._gate, inner = card(say("信息员把关", "With the village clerk"))
        inner.addWidget(self._proposals)
        inner.addWidget(self._proposals_act, 0, Qt.AlignmentFlag.AlignLeft)
        self._gate.hide()
        column.addWidget(self._due_cards)
        column.addWidget(self._gate)
        column.addWidget(drafts)
        column.addWidget(waiting)
        findings, under = card(say("疑点", "Findings"))
        under.addWidget(self._findings)
        under.addWidget(self._findings_act, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(findings)
        column.addStretch(1)
        return holder
