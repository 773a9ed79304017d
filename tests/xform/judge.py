"""Judges replayed conformance cases by the rules of the set's README."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any

__all__ = ["as_question", "is_right"]

_ASKED = {"number-rounded": "number", "match": "string", "string-length": "string"}


def as_question(case: Mapping[str, Any]) -> dict[str, Any]:
    """Return the case without its answers, as the replay gets it."""
    if "steps" in case:
        steps = []
        for step in case["steps"]:
            op = step["op"].removeprefix("expect_")
            asked = {key: step[key] for key in ("ref", "language") if key in step}
            steps.append({"op": op, **asked, **({"value": step["value"]} if op == "set" else {})})
        given = {key: case.get(key) for key in ("id", "form", "resources", "preload", "now")}
        return {**given, "kind": "scenario", "steps": steps}
    given = {key: value for key, value in case.items() if key not in ("expected", "factor", "group", "kind")}
    return {**given, "kind": "expression", "result": _ASKED.get(case["kind"], case["kind"])}


def _number(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan


def _same(left: object, right: object) -> bool:
    first, second = _number(left), _number(right)
    if first == first and second == second:
        return first == second or abs(first - second) <= 1e-5 * max(1.0, abs(second))
    return str(left) == str(right)


def _expression_is_right(case: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    expected, kind = case["expected"], case["kind"]
    if kind == "throws":
        return "error" in answer
    if "error" in answer:
        return False
    value = answer["value"]
    if kind in ("number", "number-rounded"):
        return _same(value, expected)
    if kind == "match":
        return re.search(expected, value) is not None
    return len(value) == expected if kind == "string-length" else bool(value == expected)


def _step_is_right(step: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    match step["op"]:
        case "expect_value":
            if answer.get("exists") is False or step.get("exists") is False:
                return answer.get("exists") == step.get("exists")
            relevant = step.get("state", {}).get("relevant", True)
            if not relevant or not answer["relevant"]:
                return bool(relevant == answer["relevant"])
            return _same(answer["value"], step["value"])
        case "expect_state":
            return all(
                answer.get(k) == v
                for k, v in step["state"].items()
                if k in ("relevant", "readonly", "required")
            )
        case "expect_choices":
            found = [choice["value"] for choice in answer.get("choices", [])]
            return found == [choice["value"] for choice in step["choices"]]
        case "expect_repeat_count":
            return bool(answer.get("count") == step["count"])
        case "expect_label":
            return _same(answer.get("label"), step["label"])
    return "error" not in answer


def is_right(case: Mapping[str, Any], answer: Mapping[str, Any]) -> bool:
    """Say whether the replay's ``answer`` passes ``case``."""
    if "steps" not in case:
        return _expression_is_right(case, answer)
    results = answer.get("results")
    return results is not None and all(
        _step_is_right(step, result) for step, result in zip(case["steps"], results, strict=True)
    )
