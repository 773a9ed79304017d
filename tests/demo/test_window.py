"""What happens behind the demo's window: county, server and enrolment, kept between two starts."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest

from fieldapp.common.clock import SystemClock
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.demo.generate import SMALL
from fieldapp.demo.job import DEMO_PASSWORD
from fieldapp.demo.window import _Demo
from fieldapp.services.laptop import Laptop

pytestmark = pytest.mark.journey


def test_a_second_start_finds_the_same_laptop_and_its_county(tmp_path: Path) -> None:
    said: list[Progress] = []
    counts = []
    for _ in range(2):
        with contextlib.ExitStack() as running:
            demo = _Demo(tmp_path / "演示", 7, SystemClock(), running, scale=SMALL, cache=tmp_path / "cache")
            assert DEMO_PASSWORD in demo.prepare(said.append, CancelToken())
            laptop = Laptop(demo.data_dir, state_dir=demo.state_dir)
            (card,) = laptop.people()
            workspace = laptop.unlock(card.id, DEMO_PASSWORD)
            try:
                workspace.sync.run()
                counts.append((card.id, workspace.count()))
            finally:
                workspace.close()
    assert counts[0] == counts[1]
    assert counts[0][1][0] == SMALL.full_village
    assert [step.label_zh for step in said].count("登记这台电脑，接收农户") == 1
    assert all(step.label_zh and step.label_en for step in said)
