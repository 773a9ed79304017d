"""The left side of the tab 导出再导入: which rows, which columns, how identity numbers are shown."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldapp.ui.pages.table_choices import FormatBox, ScopeBox
from fieldapp.ui.text import choose, say
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.round_trip import LISTS, RoundTripViewModel, list_label
from fieldapp.ui.widgets.controls import button, card, label, line_edit
from fieldapp.ui.widgets.flow import FlowLayout
from fieldapp.ui.widgets.scroll import PageScroll

__all__ = ["RoundTripOrder"]

_NAME = Qt.ItemDataRole.UserRole


class RoundTripOrder(QWidget):
    """``export_asked`` carries what the export is for; the page asks for a file."""

    export_asked = Signal(str)

    def __init__(self, model: RoundTripViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.setFixedWidth(px(318))
        self._lists = QButtonGroup(self)
        self._scope = ScopeBox(model.selection)
        self.columns = QListWidget()
        self.columns.setAccessibleName(say("导出哪些列", "Which columns"))
        self.columns.setMinimumHeight(px(130))
        self.columns.itemChanged.connect(self._ticked)
        self._format = FormatBox(model.id_format)
        self._format.activated.connect(lambda _: self._set_format())
        self._purpose = line_edit(
            say("导出用途", "What for"), say("用途，如：核对务工信息", "What for, e.g. checking jobs")
        )
        self._hint = label(ink="soft", wrap=True, ratio=0.93)
        self._export = button(
            say("导出…", "Export…"), self._ask, kind="primary", icon_name="save", shortcut="Ctrl+E"
        )
        self._purpose.returnPressed.connect(self._ask)
        self._lay_out()
        model.order_changed.connect(self._show)
        model.busy_changed.connect(lambda busy: self._export.setEnabled(not busy))
        model.selection.changed.connect(self._show)
        self._list_columns()
        self._show()

    def _ask(self) -> None:
        self.export_asked.emit(self._purpose.text().strip())

    def ask_purpose(self) -> None:
        """Put the cursor where it is said what the export is for."""
        self._purpose.setFocus()

    def _set_list(self, number: int) -> None:
        self._model.set_list(LISTS[number])
        self._list_columns()

    def _set_format(self) -> None:
        self._model.id_format = self._format.form
        self._show()

    def _ticked(self, item: QListWidgetItem) -> None:
        self._model.pick(str(item.data(_NAME)), wanted=item.checkState() == Qt.CheckState.Checked)

    def _list_columns(self) -> None:
        self.columns.blockSignals(True)
        self.columns.clear()
        for one in self._model.columns():
            text = choose(one.zh, one.en)
            if not one.editable:
                text = say("{name}（仅供查看）", "{name} (to look at)", name=text)
            elif one.confirmed:
                text = say("{name}（信息员确认）", "{name} (the clerk confirms)", name=text)
            item = QListWidgetItem(text)
            item.setData(_NAME, one.name)
            item.setFlags(
                Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
            )
            self.columns.addItem(item)
        self.columns.blockSignals(False)
        self._tick()

    def _tick(self) -> None:
        self.columns.blockSignals(True)
        for row in range(self.columns.count()):
            item = self.columns.item(row)
            ticked = item.data(_NAME) in self._model.picked[self._model.list]
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self.columns.blockSignals(False)

    def _pick_all(self) -> None:
        self._model.pick_only({one.name for one in self._model.columns()})
        self._tick()

    def _pick_usual(self) -> None:
        self._model.pick_only(self._model.usual())
        self._tick()

    def _show(self) -> None:
        model = self._model
        for number, name in enumerate(LISTS):
            self._lists.button(number).setChecked(name == model.list)
        self._scope.show_counts(model.scope_counts)
        self._format.setCurrentIndex(self._format.findData(model.id_format))
        numbers = "id_number" in model.picked[model.list] and model.list == "persons"
        self._format.setEnabled(numbers)
        self._export.setEnabled(bool(model.picked[model.list]) and not model.busy)
        self._hint.setText(
            say(
                "会带出完整证件号码。文件离开保险库就不再加密，谁拿到都能看。",
                "Whole ID numbers go out. The file is not encrypted.",
            )
            if numbers and model.id_format in ("plain", "quoted", "split", "upper")
            else say(
                "文件离开保险库就不再加密；导出会记下谁、何时、做什么用。",
                "The file is not encrypted; who, when and what for is noted.",
            )
        )

    def _lay_out(self) -> None:
        frame, column = card(say("1 导出去改", "1 Out"), margin=12, spacing=6)
        kinds = QHBoxLayout()
        for number, name in enumerate(LISTS):
            made = button(list_label(name), kind="chip", tip=say("一行是一个", "A row is one"))
            made.setToolTip(say("每行一条：{list}", "One a row: {list}", list=list_label(name)))
            made.setCheckable(True)
            made.clicked.connect(lambda _=False, at=number: self._set_list(at))
            self._lists.addButton(made, number)
            kinds.addWidget(made)
        kinds.addStretch(1)
        column.addLayout(kinds)
        column.addWidget(self._scope)
        column.addWidget(self.columns, 1)
        picks = FlowLayout(spacing=px(4))
        for made in self._pick_buttons():
            picks.addWidget(made)
        column.addLayout(picks)
        row = QHBoxLayout()
        row.addWidget(label(say("证件号码", "ID numbers"), ink="soft"))
        row.addWidget(self._format, 1)
        column.addLayout(row)
        column.addWidget(self._purpose)
        column.addWidget(self._hint)
        column.addWidget(self._export)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(PageScroll(frame))

    def _pick_buttons(self) -> list[QPushButton]:
        return [
            button(say("常用列", "Usual columns"), self._pick_usual, kind="quiet"),
            button(say("全部列", "All columns"), self._pick_all, kind="quiet"),
        ]
