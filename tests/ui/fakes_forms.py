"""Stand-ins for the forms that fit a household."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.services.filled_forms import FormChoice

__all__ = ["FakeForms"]


@dataclass
class FakeForms:
    """Offers what ``choices`` holds."""

    choices: list[FormChoice] = field(
        default_factory=lambda: [
            FormChoice("income", "收入核算表", ("收入", "Income"), ("每年核算收入", "Counted every year")),
            FormChoice(
                "issue", "问题与整改单", ("问题", "Problems"), ("登记问题", "Register a problem"), "d9"
            ),
        ]
    )

    def forms_for(self, household_id: str) -> list[FormChoice]:
        return self.choices
