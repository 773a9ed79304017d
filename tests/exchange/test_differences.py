"""When two values mean the same."""

from __future__ import annotations

import pytest

from fieldapp.exchange.differences import same_value
from fieldapp.register.values import Value


@pytest.mark.parametrize(
    ("local", "national"),
    [
        ("3.5", "3.50"),
        ("", None),
        ([], None),
        ("2026-05-01", "2026-05"),
        (["illness", "study"], ["study", "illness"]),
        (3, "3"),
        (True, True),
    ],
)
def test_values_that_mean_the_same(local: Value, national: Value) -> None:
    assert same_value(local, national)


@pytest.mark.parametrize(
    ("local", "national"),
    [("3.5", "3.6"), ("", "x"), (False, None), (True, False), ("2026-06-01", "2026-05"), (["a"], ["a", "b"])],
)
def test_values_that_do_not(local: Value, national: Value) -> None:
    assert not same_value(local, national)
