"""Fills a form in from a list of steps and prints the submission, for authors and for tests of forms."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from fieldapp.authoring.compiling import compile_form
from fieldapp.common.clock import SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import uuid7
from fieldapp.xform import Environment, FormSession, load_form

__all__ = ["try_headless"]


def _environment() -> Environment:
    clock = SystemClock()
    return Environment(
        clock, lambda: uuid7(int(clock.now().timestamp() * 1000), os.urandom(10)), verify=_signed_by
    )


def _signed_by(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether an Ed25519 signature is the key's; a malformed key has signed nothing."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _play(session: FormSession, step: Mapping[str, Any]) -> dict[str, object] | None:
    """Do one step and return what is wrong with it, if anything."""
    try:
        match step.get("op", "set"):
            case "set":
                violation = session.set(str(step["ref"]), str(step["value"]))
                if violation is not None:
                    return {"ref": violation.ref, "kind": violation.kind, "message": violation.message}
            case "add_repeat":
                session.add_repeat(str(step["ref"]))
            case "remove_repeat":
                session.remove_repeat(str(step["ref"]))
            case "set_language":
                session.set_language(str(step["language"]))
            case other:
                return {"step": str(other), "message": "unknown step"}
    except KnownError as error:
        return error.as_json()
    return None


def try_headless(path: Path, steps: Sequence[Mapping[str, Any]], lists: Sequence[Path], out: TextIO) -> int:
    """Fill the form in with ``steps`` and print the submission or why there is none. Returns 0 or 1."""
    try:
        attached = {f"jr://file-csv/{file.name}": file.read_bytes() for file in lists}
        session = FormSession.start(load_form(compile_form(path).xml, attached), _environment())
        problems = [told for step in steps if (told := _play(session, step)) is not None]
        if problems:
            out.write(json.dumps({"problems": problems}, ensure_ascii=False, indent=1) + "\n")
            return 1
        out.write(session.finalise().xml.decode() + "\n")
    except KnownError as error:
        told = error.as_json()
        violations = error.details.get("violations")
        if isinstance(violations, tuple):
            told["violations"] = [{"ref": v.ref, "kind": v.kind, "message": v.message} for v in violations]
        out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        return 1
    return 0
