"""A card: one part of the form with its heading."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from fieldapp.ui.pages.form.blocks import Block
from fieldapp.ui.pages.form.building import build_blocks
from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.photo_shelf import PhotoShelf, takes_photos
from fieldapp.ui.pages.form.question import Arrangement
from fieldapp.ui.pages.form.showing import show_if
from fieldapp.ui.viewmodels.form_sections import Part
from fieldapp.xform import GroupView

__all__ = ["PartCard"]


class PartCard(QFrame):
    """White, with the part's name, everything in it below each other."""

    def __init__(
        self, part: Part, context: FormContext, arrangement: Arrangement, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.part = part
        self._context = context
        self.setProperty("surface", "card")
        scale = context.scale
        column = QVBoxLayout(self)
        column.setContentsMargins(scale(12), scale(12), scale(18), scale(14))
        column.setSpacing(scale(2))
        self._heading = QLabel()
        self._heading.setProperty("say", "heading")
        self._heading.setContentsMargins(scale(10), 0, 0, scale(4))
        self._hint = QLabel(wordWrap=True)
        column.addWidget(self._heading)
        self.block = Block(context, arrangement, build_blocks, self)
        nodes = part.nodes
        first = nodes[0]
        build_blocks(first.children if isinstance(first, GroupView) else nodes, self.block)
        column.addWidget(self.block)
        self.shelf: PhotoShelf | None = None
        if takes_photos(part) and not context.form.read_only:
            self.shelf = PhotoShelf(part, context)
            column.addWidget(self.shelf)
        self.refresh()

    def tab_widgets(self) -> list[QWidget]:
        """Return where Tab stops in here, in order."""
        return self.block.tab_widgets() + (self.shelf.tab_widgets() if self.shelf is not None else [])

    def refresh(self) -> None:
        """Show the heading in the language in use, and the card only where there is something to show."""
        label = self.part.label
        self._heading.setText(label)
        show_if(self._heading, bool(label))
        self.setAccessibleName(label)
        show_if(self, self._context.form.part_is_visible(self.part))
