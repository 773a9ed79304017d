"""The calm column: the cards of the form below each other, and the way of the keyboard through them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QLayout, QScrollArea, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.blocks import Block, GroupBlock, Stop
from fieldapp.ui.pages.form.card import PartCard
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.question import Arrangement, QuestionRow
from fieldapp.ui.pages.form.repeats import RepeatBlock
from fieldapp.ui.pages.form.roster.widget import RosterWidget
from fieldapp.ui.pages.form.showing import is_shown

__all__ = ["FormColumn"]

#: Widths from which a row has room for three columns, and for two, in design units.
_WIDE, _MEDIUM = 884, 400
_WIDEST = 1040
_WARM_AT_ONCE = 4
#: What stays in sight around the question that has the keyboard, in design units.
_AROUND = 84


class _Content(QWidget):
    """What scrolls. When something in it wants another height, the column gives it."""

    def __init__(self, column: FormColumn) -> None:
        super().__init__(column.viewport())
        self._column = column

    def event(self, event: QEvent) -> bool:
        handled = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._column.fit()
        return handled


class FormColumn(QScrollArea):
    """``arrived`` carries the number of the part that the keyboard is in."""

    arrived = Signal(int)
    ended = Signal()  # Enter behind the last question
    left = Signal(bool)  # Tab behind the last widget, or Shift+Tab before the first (False)
    row_removed = Signal(object)  # RemovedRow

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._form = context.form
        self._arrangement = Arrangement.MEDIUM
        self._here: QuestionRow | None = None
        self._latest_stop: Stop | None = None
        self._rows: dict[str, QuestionRow] = {}
        self._groups: dict[str, list[Block]] = {}
        self._rosters: list[RosterWidget] = []
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.verticalScrollBar().setSingleStep(context.scale(32))
        self.cards: list[PartCard] = []
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._settled)
        self._outdated: dict[int, tuple[int, QWidget]] = {}
        self._cold: list[QWidget] = []
        self._warming = QTimer(self, interval=0)
        self._warming.timeout.connect(self._warm_some)
        self._build()
        QApplication.instance().focusChanged.connect(self._focus_moved)  # type: ignore[union-attr]

    def _build(self) -> None:
        # With its parent from the start, so that styles are resolved once.
        content = _Content(self)
        content.setProperty("surface", "ground")
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, self._context.scale(8), self._context.scale(48))
        column.setSpacing(self._context.scale(12))
        self.cards = [PartCard(part, self._context, self._arrangement, content) for part in self._form.parts]
        for card in self.cards:
            column.addWidget(card)
            card.block.passed.connect(self._pass)
            card.block.row_removed.connect(self.row_removed)
            card.block.stops_changed.connect(self._index)
        column.addStretch(1)
        self.setWidget(content)
        self._index()

    # What is where

    def _index(self) -> None:
        self._rows, self._groups, self._rosters = {}, {}, []
        for card in self.cards:
            for block in card.block.blocks():
                if isinstance(block, GroupBlock | RepeatBlock):
                    self._groups.setdefault(block.node.ref, []).append(block)
            for stop in card.block.stops():
                if isinstance(stop, QuestionRow):
                    self._rows[stop.ref] = stop
                else:
                    self._rosters.append(stop)
        self._cold = [row for row in self._rows.values() if not is_shown(row)]
        self._warming.start()

    @property
    def is_warming(self) -> bool:
        """Whether rows that are hidden now are still being prepared."""
        return self._warming.isActive()

    def _warm_some(self) -> None:
        """Resolve the styles of hidden rows while nobody types, so that they appear at once when an answer wants them."""
        for row in self._cold[:_WARM_AT_ONCE]:
            for widget in (row, *row.findChildren(QWidget)):
                widget.ensurePolished()
        del self._cold[:_WARM_AT_ONCE]
        if not self._cold:
            self._warming.stop()

    def stops(self) -> list[Stop]:
        """Return where the keyboard can stop, in order, visible or not."""
        return [stop for card in self.cards for stop in card.block.stops()]

    def rows(self) -> list[QuestionRow]:
        """Return the questions outside grids, in order."""
        return [stop for stop in self.stops() if isinstance(stop, QuestionRow)]

    def row(self, ref: str) -> QuestionRow:
        """Return the row of a question outside grids. Raises KeyError."""
        return self._rows[ref]

    def rosters(self) -> list[RosterWidget]:
        """Return the grids, in order."""
        return list(self._rosters)

    # Following the session

    def refresh(self, refs: Iterable[str]) -> None:
        """Show what changed."""
        with self._laid_out_once():
            self._refresh(frozenset(refs))

    @contextmanager
    def _laid_out_once(self) -> Iterator[None]:
        """Lay the cards out when everything is shown or hidden: Qt would do it anew for each widget that appears."""
        layouts: list[QLayout] = [block.column for card in self.cards for block in card.block.blocks()]
        layouts += [layout for card in (*self.cards, self.widget()) if (layout := card.layout()) is not None]
        for layout in layouts:
            layout.setEnabled(False)
        self._outdated = {}
        try:
            yield
        finally:
            for layout in layouts:
                layout.setEnabled(True)
        if self._outdated:
            self._lay_out_anew()

    def _lay_out_anew(self) -> None:
        """Lay out what holds a row that came or went, from the top down, and drop Qt's requests to do it again."""
        self.fit()
        depths = sorted(self._outdated.values(), key=lambda pair: pair[0])
        for _, widget in depths:
            if (layout := widget.layout()) is not None:
                layout.activate()
        for _, widget in depths:
            QCoreApplication.removePostedEvents(widget, QEvent.Type.LayoutRequest)
        QCoreApplication.removePostedEvents(self.widget(), QEvent.Type.LayoutRequest)

    def _outdate(self, row: QWidget) -> None:
        """Tell every layout from a row up to the top that its height has to be asked for again."""
        chain: list[QWidget] = []
        widget: QWidget | None = row
        while widget is not None and widget is not self.widget():
            widget.updateGeometry()
            chain.append(widget)
            widget = widget.parentWidget()
        for depth, holder in enumerate(reversed(chain[1:])):
            self._outdated[id(holder)] = (depth, holder)

    def fit(self) -> None:
        """Give the content the height it needs, from the top down; Qt's own way takes a round of events a level."""
        content = self.widget()
        if not self.cards or (layout := content.layout()) is None:
            return  # still being made
        width = min(self.viewport().width(), self._context.scale(_WIDEST))
        content.resize(width, layout.totalHeightForWidth(width))

    def _refresh(self, changed: frozenset[str]) -> None:
        for ref in changed:
            if (row := self._rows.get(ref)) is not None:
                before = is_shown(row)
                row.refresh()
                if is_shown(row) != before:
                    self._outdate(row)
            for block in self._groups.get(ref, ()):
                if isinstance(block, RepeatBlock):
                    block.sync()
                else:
                    block.refresh()
        for roster in self._rosters:
            if any(ref.startswith(roster.ref) for ref in changed):
                roster.refresh()
        for card in self.cards:
            card.refresh()

    def refresh_all(self) -> None:
        """Show everything anew: another language, the at-the-door mode."""
        for card in self.cards:
            for block in card.block.blocks():
                block.refresh()
            for stop in card.block.stops():
                stop.refresh()
            card.refresh()

    def sync(self, repeat: str, gone: int) -> None:
        """Follow the instances of a repeat."""
        for block in self._groups.get(repeat, ()):
            if isinstance(block, RepeatBlock):
                block.sync(gone)
        for roster in self._rosters:
            if roster.ref == repeat:
                roster.sync(gone)

    # The keyboard

    def show_ref(self, ref: str) -> bool:
        """Put the keyboard into a question."""
        if ref not in self._rows:
            for card in self.cards:
                card.block.reveal(ref)
        if (row := self._rows.get(ref)) is not None:
            row.take_focus()
            return True
        return any(roster.show_ref(ref) for roster in self._rosters)

    def show_part(self, number: int) -> None:
        """Put the keyboard into the first question of a part and its heading into sight."""
        card = self.cards[number]
        top = card.mapTo(self.widget(), QPoint(0, 0)).y()
        self.verticalScrollBar().setValue(top)
        first = next((stop for stop in card.block.stops() if _is_open(stop)), None)
        if first is not None:
            first.take_focus()
        self.verticalScrollBar().setValue(top)
        self.arrived.emit(number)

    def stop_with_focus(self) -> Stop | None:
        """Return where the keyboard is."""
        focused = QApplication.focusWidget()
        if focused is None or not self.isAncestorOf(focused):
            return None
        return next((stop for stop in self.stops() if stop.holds(focused)), None)

    def write_comment(self) -> None:
        """Open the line for a comment where the keyboard is."""
        if (stop := self._last_stop()) is not None:
            stop.write_comment()

    def write_reason(self) -> bool:
        """Open the line for why a doubt is none where the keyboard is; False when there is no doubt."""
        stop = self._last_stop()
        return stop is not None and stop.write_reason()

    def _last_stop(self) -> Stop | None:
        """Return where the keyboard is, or was before it went to a button of the head."""
        if (stop := self.stop_with_focus()) is not None:
            return stop
        return self._latest_stop if self._latest_stop in self.stops() else None

    def current_ref(self) -> str | None:
        """Return the question the keyboard is in."""
        return _ref_of(self.stop_with_focus())

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Let Tab go down the page, whatever was made later than the rest; behind the ends it leaves the column."""
        focused = QApplication.focusWidget()
        walk = [widget for card in self.cards if is_shown(card) for widget in card.tab_widgets()]
        places = [place for place, widget in enumerate(walk) if focused and _is_or_holds(widget, focused)]
        if not places:
            return super().focusNextPrevChild(forward)
        ahead = walk[places[0] + 1 :] if forward else walk[: places[0]][::-1]
        reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        for widget in ahead:
            if widget.isVisible() and widget.isEnabled():
                widget.setFocus(reason)
                return True
        self.left.emit(forward)
        return True

    def _pass(self, stop: Stop) -> None:
        stops = self.stops()
        later = stops[next(place for place, other in enumerate(stops) if other is stop) + 1 :]
        following = next((other for other in later if _is_open(other)), None)
        if following is None:
            self.ended.emit()
        else:
            following.take_focus()

    def _focus_moved(self, _old: QWidget | None, now: QWidget | None) -> None:
        if now is None or not self.isAncestorOf(now):
            if now is not None:
                self._form.look_at(None)
            return
        number, stop = self._place_of(now)
        self._latest_stop = stop or self._latest_stop
        row = stop if isinstance(stop, QuestionRow) else None
        if self._here is not None and self._here is not row:
            self._here.mark_here(False)
        self._here = row
        if row is not None:
            row.mark_here(True)
        self._keep_in_sight(stop if stop is not None else now)
        # What was shown just now gets its place in the next round.
        self._settle.start()
        self._form.look_at(_ref_of(stop))
        if number is not None:
            self.arrived.emit(number)

    def _place_of(self, widget: QWidget) -> tuple[int | None, Stop | None]:
        for number, card in enumerate(self.cards):
            if card.isAncestorOf(widget):
                return number, next((s for s in card.block.stops() if s.holds(widget)), None)
        return None, None

    def _settled(self) -> None:
        stop = self.stop_with_focus()
        if stop is not None:
            self._keep_in_sight(stop)

    def _keep_in_sight(self, widget: QWidget) -> None:
        top = widget.mapTo(self.widget(), QPoint(0, 0)).y()
        around = self._context.scale(_AROUND)
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if top - around < bar.value():
            bar.setValue(top - around)
        elif top + widget.height() + around > bar.value() + height:
            bar.setValue(min(top - around, top + widget.height() + around - height))

    # Width

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = min(self.viewport().width(), self._context.scale(_WIDEST))
        wanted = Arrangement.NARROW
        if width >= self._context.scale(_WIDE):
            wanted = Arrangement.WIDE
        elif width >= self._context.scale(_MEDIUM):
            wanted = Arrangement.MEDIUM
        if wanted is not self._arrangement:
            self._arrangement = wanted
            for card in self.cards:
                card.block.arrange(wanted)
        self.fit()


def _ref_of(stop: Stop | None) -> str | None:
    return stop.current_ref() if isinstance(stop, RosterWidget) else stop.ref if stop is not None else None


def _is_open(stop: Stop) -> bool:
    """Tell whether the keyboard can stop here now."""
    if isinstance(stop, RosterWidget):
        return is_shown(stop) and stop.model.repeat.relevant
    return (
        stop.editor is not None and is_shown(stop) and stop.question.relevant and not stop.question.readonly
    )


def _is_or_holds(widget: QWidget, focused: QWidget) -> bool:
    return widget is focused or widget.isAncestorOf(focused)
