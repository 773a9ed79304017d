"""The county's policy as a person may look at it and as checks, forms and the plan ask it: values by name and day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fieldapp.register.rules import RuleBook
    from fieldapp.store import Store

__all__ = ["Policy"]


class Policy:
    """The policy in force on this laptop."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def rules(self) -> RuleBook:
        """Return the values with their days; ask ``rule(name, on)``."""
        return self._store.rule_book()
