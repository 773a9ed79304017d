"""Plays conformance cases, one JSON object a line, and prints what the engine did.

The contract is that of the conformance set's README: the cases carry no expected answers, a separate comparer
judges. A line that fails never stops the run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any, TextIO
from uuid import uuid4

from fieldapp.common.errors import KnownError
from fieldapp.xform.form.definition import load_form
from fieldapp.xform.live.environment import Environment
from fieldapp.xform.live.session import FormSession
from fieldapp.xform.live.views import GroupView, NodeView, QuestionView, RepeatView
from fieldapp.xform.replay_expression import clock_at, evaluate_case

__all__ = ["play", "run_replay"]


def _environment(case: Mapping[str, Any]) -> Environment:
    properties = {str(k): str(v) for k, v in (case.get("preload") or {}).items()}
    aliases = {"deviceID": "deviceid", "phoneNumber": "phonenumber", "userName": "username"}
    properties |= {aliases[name]: value for name, value in properties.items() if name in aliases}
    return Environment(clock_at(case.get("now")), lambda: str(uuid4()), UTC, None, properties)


def _state(view: NodeView) -> dict[str, object]:
    return {
        "relevant": view.relevant,
        "readonly": isinstance(view, QuestionView) and view.readonly,
        "required": isinstance(view, QuestionView) and view.required,
    }


def _first(view: NodeView) -> NodeView:
    """A repeat read as a node is its first instance."""
    return view.instances[0] if isinstance(view, RepeatView) and view.instances else view


def _read(session: FormSession, op: str, ref: str) -> dict[str, object]:
    try:
        view = session.view(ref)
    except KnownError:
        return {"exists": False}
    if op == "repeat_count":
        return {"count": len(view.instances)} if isinstance(view, RepeatView) else {"exists": False}
    if op == "label":
        return {"label": view.label}
    if op == "choices":
        choices = view.choices if isinstance(view, QuestionView) else ()
        return {"choices": [{"value": choice.value, "label": choice.label} for choice in choices]}
    view = _first(view)
    if op == "state":
        return _state(view)
    if isinstance(view, GroupView):
        return {"value": "", "relevant": view.relevant}
    if isinstance(view, RepeatView):
        return {"exists": False}
    return {"value": view.value, "relevant": view.relevant}


def _step(session: FormSession, step: Mapping[str, Any]) -> dict[str, object]:
    op, ref = step["op"], str(step.get("ref", ""))
    try:
        match op:
            case "set":
                session.set(ref, str(step["value"]))
            case "add_repeat":
                session.add_repeat(ref)
            case "remove_repeat":
                session.remove_repeat(ref)
            case "set_language":
                session.set_language(str(step["language"]))
            case _:
                return _read(session, op, ref)
    except KnownError as error:
        return {"error": str(error)}
    return {"ok": True}


def _play_scenario(case: Mapping[str, Any]) -> dict[str, object]:
    resources = {str(k): str(v["body"]).encode() for k, v in (case.get("resources") or {}).items()}
    try:
        session = FormSession.start(load_form(str(case["form"]).encode(), resources), _environment(case))
    except KnownError as error:
        return {"id": case["id"], "load_error": str(error)}
    return {"id": case["id"], "results": [_step(session, step) for step in case["steps"]]}


def play(case: Mapping[str, Any]) -> dict[str, object]:
    """Return the answer to one case."""
    try:
        if case["kind"] == "scenario":
            return _play_scenario(case)
        return {"id": case["id"], "value": evaluate_case(case)}
    except KnownError as error:
        return {"id": case["id"], "error": str(error)}
    except Exception as error:  # noqa: BLE001 - one case that finds a bug must not hide the others
        return {"id": case.get("id"), "error": f"bug: {type(error).__name__}: {error}"}


def run_replay(stdin: TextIO, stdout: TextIO) -> None:
    """Play every line of ``stdin`` and write one line each to ``stdout``, in the same order."""
    for line in stdin:
        if not line.strip():
            continue
        try:
            case = json.loads(line)
        except ValueError as error:
            stdout.write(json.dumps({"id": None, "error": f"not JSON: {error}"}) + "\n")
            continue
        stdout.write(json.dumps(play(case), ensure_ascii=False) + "\n")
    stdout.flush()
