"""What every widget of the form page shares: the form, the clock, the runner, and the size of things."""

from __future__ import annotations

from dataclasses import dataclass, field

from fieldapp.common.clock import Clock
from fieldapp.common.tasks import TaskRunner
from fieldapp.ui.theme import px
from fieldapp.ui.viewmodels.form import FormViewModel

__all__ = ["DOOR_FACTOR", "FormContext", "Scale"]

#: How much larger everything is in the at-the-door mode: 五号 becomes 小四, readable on somebody else's lap.
DOOR_FACTOR = 1.25


@dataclass
class Scale:
    """Turns design units (pixels at 100 % on a 96 dpi screen) into pixels, larger at the door."""

    factor: float = 1.0

    def __call__(self, units: float) -> int:
        return px(units * self.factor)


@dataclass(frozen=True)
class FormContext:
    """Handed down to every widget of one form page."""

    form: FormViewModel
    clock: Clock
    runner: TaskRunner
    scale: Scale = field(default_factory=Scale)
