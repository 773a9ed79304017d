"""The engine answers as ODK's engines do, on the cases recorded from their own tests."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.xform.replay import run_replay
from tests.xform.judge import as_question, is_right

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT.parent / "shared" / "conformance"
DIFFERENCES = ROOT / "docs" / "forms" / "differences.json"


def read_cases(name: str) -> list[dict[str, Any]]:
    with gzip.open(CASES / name, "rt", encoding="utf-8") as stream:
        return [json.loads(line) for line in stream]


def replay(cases: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lines = io.StringIO("".join(json.dumps(as_question(case)) + "\n" for case in cases))
    out = io.StringIO()
    run_replay(lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.skipif(not CASES.is_dir(), reason="the conformance cases are not beside this checkout")
@pytest.mark.parametrize("name", ["expressions.jsonl.gz", "scenarios.jsonl.gz"])
def test_every_open_case_passes_save_documented_differences(name: str) -> None:
    documented = {row["id"] for row in json.loads(DIFFERENCES.read_text("utf-8"))}
    cases = read_cases(name)
    answers = replay(cases)
    assert [answer["id"] for answer in answers] == [case["id"] for case in cases]
    failed = {case["id"] for case, answer in zip(cases, answers, strict=True) if not is_right(case, answer)}
    assert failed - documented == set()
    assert len(failed) <= 0.02 * len(cases)


def test_a_line_that_fails_does_not_stop_the_run() -> None:
    good = {"id": "2", "kind": "expression", "expr": "1 + 1", "xml": None, "context": "/", "result": "string"}
    lines = io.StringIO(f"not json\n{json.dumps({'id': '1'})}\n{json.dumps(good)}\n")
    out = io.StringIO()
    run_replay(lines, out)
    answers = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ["error" in answer for answer in answers] == [True, True, False]
    assert answers[2] == {"id": "2", "value": "2"}
