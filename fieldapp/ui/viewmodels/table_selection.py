"""For which households a table is made: those chosen on 农户, those its filter shows, or all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from fieldapp.services.worklist import WorkFilter
from fieldapp.ui.text import say
from fieldapp.ui.viewmodels.printing import Chosen

if TYPE_CHECKING:
    from fieldapp.ui.contract import WorkListPort

__all__ = ["SCOPES", "Scope", "TableSelection"]

Scope = Literal["chosen", "filtered", "all"]
SCOPES: tuple[Scope, ...] = ("chosen", "filtered", "all")
_AT_ONCE = 500


class TableSelection(QObject):
    """Shared by the tabs of the page 表格. ``wanted`` is asked each time: the filter belongs to the page 农户."""

    changed = Signal()

    def __init__(
        self, worklist: WorkListPort, wanted: Callable[[], WorkFilter], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worklist = worklist
        self._wanted = wanted
        self.chosen: tuple[Chosen, ...] = ()
        self.scope: Scope = "all"

    def choose(self, households: Sequence[Chosen]) -> None:
        """Take these households over from another page."""
        self.chosen = tuple(households)
        self.set_scope("chosen" if self.chosen else "all")

    def set_scope(self, scope: Scope) -> None:
        """Say for which households."""
        self.scope = scope
        self.changed.emit()

    def counts(self) -> dict[Scope, int]:
        """Return how many households each scope has. A query: not on the window's thread."""
        all_of_them = len(self._worklist.ids(WorkFilter()))
        filtered = len(self._worklist.ids(self._wanted())) if self._wanted() != WorkFilter() else all_of_them
        return {"chosen": len(self.chosen), "filtered": filtered, "all": all_of_them}

    def household_ids(self) -> tuple[str, ...]:
        """Return the households in the order of the list. A query: not on the window's thread."""
        if self.scope == "chosen":
            return tuple(one.household_id for one in self.chosen)
        keys = self._worklist.ids(self._wanted() if self.scope == "filtered" else WorkFilter())
        parts = (keys[at : at + _AT_ONCE] for at in range(0, len(keys), _AT_ONCE))
        return tuple(row.household_id for part in parts for row in self._worklist.rows(part))

    def label(self, scope: Scope, number: int | None) -> str:
        """Return a scope in words."""
        n = "" if number is None else f"{number:,}"
        return {
            "chosen": say("选中的 {n} 户", "{n} chosen", n=n),
            "filtered": say("农户页筛选出的 {n} 户", "{n} shown on Households", n=n),
            "all": say("全部 {n} 户", "All {n}", n=n),
        }[scope]
