"""The form page itself: side list, cards, jump to the next empty or wrong answer, finish."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldapp.common.clock import Clock
from fieldapp.common.errors import KnownError
from fieldapp.ui.pages.form.question import QuestionWidget
from fieldapp.ui.pages.form.sections import SectionCard, card_for
from fieldapp.ui.text import error_remedy, error_sentence, say
from fieldapp.ui.viewmodels.form import FormViewModel

__all__ = ["FormPage"]


class FormPage(QWidget):
    """One form being filled in. ``closed`` when the person goes back (the draft is kept), ``finished`` with the visit."""

    closed = Signal()
    finished = Signal(str)

    def __init__(self, form: FormViewModel, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        self._clock = clock
        self._cards: list[SectionCard] = []
        self._build()
        self._connect()
        self._show_sections()

    def _build(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 18, 24, 12)
        layout.addLayout(self._header())
        self._message = QLabel(wordWrap=True)
        self._message.setObjectName("formMessage")
        self._message.hide()
        layout.addWidget(self._message)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._side_list())
        body.addWidget(self._column(), 1)
        layout.addLayout(body, 1)

    def _header(self) -> QHBoxLayout:
        draft = self.form.draft
        title = QLabel(f"{draft.session.definition.title} · {draft.household.head_name}")
        title.setObjectName("pageTitle")
        self._saved = QLabel(say("草稿已加密保存", "Draft saved, encrypted"))
        self._saved.setObjectName("quiet")
        self._empty_button = _button(say("下一处未填", "Next empty"), "F6")
        self._error_button = _button(say("下一处要改", "Next error"), "F8")
        self._back_button = _button(say("返回", "Back"), "Alt+Left")
        self._finish_button = _button(say("完成走访", "Finish"), "Ctrl+Return")
        self._finish_button.setObjectName("primary")
        header = QHBoxLayout()
        header.addWidget(title, 1)
        header.addWidget(self._saved)
        for button in (self._empty_button, self._error_button, self._back_button, self._finish_button):
            header.addWidget(button)
        return header

    def _side_list(self) -> QListWidget:
        self._side = QListWidget()
        self._side.setObjectName("sections")
        self._side.setAccessibleName(say("表单各部分", "Sections"))
        self._side.setFixedWidth(214)
        self._side.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        return self._side

    def _column(self) -> QScrollArea:
        column = QWidget()
        column.setObjectName("formColumn")
        cards = QVBoxLayout(column)
        cards.setContentsMargins(0, 0, 12, 40)
        cards.setSpacing(14)
        for child in self.form.root.children:
            card = card_for(child, self.form, self._clock)
            if card is not None:
                self._cards.append(card)
                cards.addWidget(card)
        cards.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidgetResizable(True)
        self._scroll.setWidget(column)
        return self._scroll

    def _connect(self) -> None:
        form = self.form
        form.changed.connect(self._refresh)
        form.structure_changed.connect(self._rebuild)
        form.sections_changed.connect(self._show_sections)
        form.saved.connect(self._tell_saved)
        form.failed.connect(self._tell_error)
        form.finished.connect(self.finished)
        self._side.itemActivated.connect(self._go_to_item)
        self._side.itemClicked.connect(self._go_to_item)
        self._empty_button.clicked.connect(lambda: self._go(form.next_empty(self.current_ref())))
        self._error_button.clicked.connect(lambda: self._go(form.next_error(self.current_ref())))
        self._back_button.clicked.connect(self._leave)
        self._finish_button.clicked.connect(form.finish)
        QShortcut(QKeySequence("Ctrl+S"), self).activated.connect(form.flush)

    def _leave(self) -> None:
        self.form.flush()
        self.closed.emit()

    def _refresh(self, refs: frozenset[str]) -> None:
        for card in self._cards:
            card.refresh(refs)

    def _rebuild(self, repeat: str) -> None:
        for card in self._cards:
            card.rebuild(repeat)

    def _show_sections(self) -> None:
        shown = [section for section in self.form.sections() if section.relevant]
        while self._side.count() < len(shown):
            self._side.addItem(QListWidgetItem())
        while self._side.count() > len(shown):
            self._side.takeItem(self._side.count() - 1)
        for row, section in enumerate(shown):
            item = self._side.item(row)
            sign = f"✕ {section.errors}" if section.errors else f"{section.answered}/{section.total}"
            item.setText(f"{section.label}　{sign}")
            item.setToolTip(item.text())
            item.setData(Qt.ItemDataRole.UserRole, section.ref)

    def _go_to_item(self, item: QListWidgetItem) -> None:
        ref = item.data(Qt.ItemDataRole.UserRole)
        card = next((card for card in self._cards if card.ref == ref), None)
        if card is not None:
            self._scroll.ensureWidgetVisible(card, 0, 0)
            card.take_focus()

    def _go(self, ref: str | None) -> None:
        if ref is None:
            self._tell(say("没有了，可以完成走访。", "None left; you can finish."))
            return
        for card in self._cards:
            if card.show_ref(ref):
                target = QApplication.focusWidget() or card
                self._scroll.ensureWidgetVisible(target, 0, 90)
                return

    def current_ref(self) -> str | None:
        """Return the question the keyboard is in."""
        focused = QApplication.focusWidget()
        for card in self._cards:
            if ref := card.ref_of(focused):
                return ref
        return None

    def _tell_saved(self, moment: str) -> None:
        del moment  # shown in the person's own time
        self._saved.setText(
            say(
                "草稿已加密保存 {time}",
                "Draft saved {time}",
                time=f"{self._clock.now().astimezone():%H:%M:%S}",
            )
        )

    def _tell_error(self, error: KnownError) -> None:
        self._tell(f"{error.code}　{error_sentence(error)}　{error_remedy(error)}")
        self._go(self.form.next_error(None))

    def _tell(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()

    def question_widgets(self) -> list[QuestionWidget]:
        """Return the questions on the page, for tests and accessibility checks."""
        return self.findChildren(QuestionWidget)


def _button(text: str, shortcut: str) -> QPushButton:
    button = QPushButton(text)
    button.setShortcut(QKeySequence(shortcut))
    button.setToolTip(f"{text}（{shortcut}）")
    button.setAccessibleName(text)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
