"""The head of the form page: whose form it is, that it is saved, and the page's acts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.text import say
from fieldapp.ui.theme import sized_font
from fieldapp.ui.widgets.badge import Badge
from fieldapp.ui.widgets.controls import ButtonKind, button, key_tip, label

__all__ = ["FormHead", "language_box"]

#: Below this width, in design units, the buttons take their short words.
_ROOMY = 620


class FormHead(QWidget):
    """Buttons only; the page connects them."""

    def __init__(self, context: FormContext, parent: QWidget) -> None:
        super().__init__(parent)
        form = context.form
        self._context = context
        back = say("返回", "Back") if form.read_only else say("返回（草稿已保存）", "Back (draft kept)")
        self.back = button("", kind="quiet", icon_name="back", name=back, tip=key_tip(back, "Alt+Left"))
        self._title = QLabel()
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setFont(sized_font(1.3, bold=True))
        self._title.setMinimumWidth(1)
        self.state = label(ink="soft", ratio=0.93)
        self.badge = Badge(say("门前模式", "At the door"), "accent")
        self.badge.hide()
        self.empty, self.doubt, self.error = _act("F6"), _act("F7"), _act("F8")
        self.comment = _act("Ctrl+M", kind="quiet")
        self.comment.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the keyboard in the question
        self.door, self.finish = _act("F11"), _act("Ctrl+Return", kind="primary")
        # The buttons take shorter words where there is little room, so the head never asks for more width.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.name_acts()
        self._lay_out()
        for widget in self.buttons()[1:]:
            show_if(widget, not form.read_only)
        self.tell_saved("")

    def _lay_out(self) -> None:
        scale = self._context.scale
        words = QVBoxLayout()
        words.setSpacing(scale(1))
        words.addWidget(self._title)
        words.addWidget(self.state)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, scale(8), 0)
        row.setSpacing(scale(8))
        row.addWidget(self.back)
        row.addLayout(words, 1)
        for widget in (self.badge, *self.buttons()[1:]):
            row.addWidget(widget)

    def name_acts(self) -> None:
        """Say on the buttons what they do, in as many words as there is room for."""
        short = self.width() < self._context.scale(_ROOMY)
        at_door = self._context.form.door_mode
        form = self._context.form
        visit = bool(form.keeper.known_record) and form.session.definition.form_id == "visit"
        door = say("回到普通界面", "Back to normal") if at_door else say("门前模式", "At the door")
        finish = say("完成走访", "Finish the visit") if visit else say("完成", "Finish")
        for made, name, brief in (
            (self.empty, say("下一处未填", "Next empty"), say("未填", "Empty")),
            (self.doubt, say("下一处疑点", "Next doubt"), say("疑点", "Doubt")),
            (self.error, say("下一处要改", "Next to mend"), say("要改", "Mend")),
            (self.comment, say("批注", "Comment"), say("批注", "Note")),
            (self.door, door, say("普通", "Normal") if at_door else say("门前", "Door")),
            (self.finish, finish, say("完成", "Finish")),
        ):
            made.setText(brief if short else name)
            made.setAccessibleName(name)
            made.setToolTip(key_tip(name, str(made.property("keys"))))

    def buttons(self) -> list[QPushButton]:
        """Return the acts, in order."""
        return [self.back, self.comment, self.empty, self.doubt, self.error, self.door, self.finish]

    def tell_saved(self, clock_time: str) -> None:
        """Say when the draft was saved."""
        if self._context.form.read_only:
            text = say("只读：已完成的记录", "Read only: a finished record")
        elif clock_time:
            text = say("草稿已加密保存 {time}", "Draft saved, encrypted, {time}", time=clock_time)
        else:
            text = say("边填边存，加密保存在本机", "Saved while you type, encrypted on this laptop")
        self.state.setText(text)

    def show_title(self) -> None:
        """Say whose form it is, shortened where there is no room; the full name is in the tooltip."""
        form = self._context.form
        subject = form.keeper.subject
        full = " · ".join(part for part in (subject, form.session.definition.title) if part)
        self._title.setToolTip(full)
        self._title.setAccessibleName(full)
        room = max(self._title.width(), self._context.scale(90))
        self._title.setText(self._title.fontMetrics().elidedText(full, Qt.TextElideMode.ElideRight, room))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.name_acts()
        self.show_title()


def _act(keys: str, kind: ButtonKind = "plain") -> QPushButton:
    # The page listens for the keys itself: a button's own shortcut waits a tenth of a second to be seen pressed.
    made = button("", kind=kind)
    made.setProperty("keys", keys)
    return made


def language_box(context: FormContext, parent: QWidget) -> QComboBox:
    """Return the list of the form's languages."""
    box = QComboBox(parent)
    names = context.form.session.definition.languages
    box.addItems([name.partition(" (")[0] for name in names])
    if context.form.session.language in names:
        box.setCurrentIndex(names.index(str(context.form.session.language)))
    box.setAccessibleName(say("表单语言", "Language of the form"))
    box.setToolTip(say("表单语言", "Language of the form"))
    box.activated.connect(lambda place: context.form.set_language(names[place]))
    return box
