"""Three-way merge by field: nobody's value is lost, and no device quarrels with itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.register.change import FieldChange
from fieldapp.register.merge import FieldState, Verdict, judge

US, THEM = "device-1", "device-2"


@pytest.mark.parametrize(
    ("state", "new", "base", "verdict"),
    [
        (FieldState("a", 1, ""), "b", 1, "apply"),
        (FieldState("a", 3, THEM), "b", 3, "apply"),
        (FieldState("a", 4, THEM), "b", 3, "conflict"),
        (FieldState("b", 4, THEM), "b", 3, "same"),
        (FieldState("a", 4, US), "b", 3, "apply"),
        (FieldState(None, 2, THEM), "b", 1, "conflict"),
    ],
)
def test_a_field_is_applied_the_same_or_in_conflict(
    state: FieldState, new: str, base: int, verdict: Verdict
) -> None:
    assert judge(state, FieldChange("a", new), base_version=base, device=US) == verdict


values = st.sampled_from(["a", "b", None, True])
states = st.builds(FieldState, values, st.integers(1, 5), st.sampled_from(["", US, THEM]))


@given(states, values, st.integers(0, 6))
def test_a_device_never_conflicts_with_itself(state: FieldState, new: str, base: int) -> None:
    mine = FieldState(state.value, state.version, US)
    assert judge(mine, FieldChange(None, new), base_version=base, device=US) != "conflict"


@given(states, values, st.integers(0, 6))
def test_a_conflict_means_that_somebody_else_wrote_another_value_later(
    state: FieldState, new: str, base: int
) -> None:
    if judge(state, FieldChange(None, new), base_version=base, device=US) == "conflict":
        assert state.version > base
        assert state.writer != US
        assert state.value != new
