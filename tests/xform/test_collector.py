"""Reading a form leaves the garbage collector as it was, and spares it the walk through what was just made."""

from __future__ import annotations

import gc

import pytest

from fieldapp.xform.collector import collector_paused


@pytest.fixture(autouse=True)
def _on_again() -> object:
    yield
    gc.unfreeze()
    gc.enable()


def test_it_is_off_inside_and_on_again_afterwards() -> None:
    with collector_paused():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    with collector_paused():
        pass
    assert not gc.isenabled()


def test_it_is_on_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), collector_paused():
        1 / 0  # noqa: B018
    assert gc.isenabled()


def test_what_was_made_inside_is_old_afterwards_and_nothing_stays_frozen() -> None:
    with collector_paused():
        made = [[number] for number in range(20_000)]
    assert gc.get_count()[0] < 1_000, "the next object made does not have them walked through"
    assert gc.get_freeze_count() == 0
    assert any(each is made for each in gc.get_objects(generation=2))


def test_garbage_made_inside_is_found_by_a_full_collection() -> None:
    gc.collect()
    with collector_paused():
        for _ in range(1_000):
            ring: list[object] = []
            ring.append(ring)
    del ring
    assert gc.collect() >= 1_000


def test_what_somebody_else_froze_stays_frozen() -> None:
    gc.freeze()
    before = gc.get_freeze_count()
    with collector_paused():
        pass
    assert gc.get_freeze_count() >= before - 100
