"""What the room offers is what others build on: no more, no less."""

from __future__ import annotations

import subprocess
import sys

import fieldapp.xform as room


def test_the_public_names_are_these() -> None:
    assert sorted(room.__all__) == [
        "AUDIT_FILE", "Choice", "EntityAction", "Environment", "FormDefinition", "FormSession", "GroupView", "Lists", "NodeView",
        "QuestionKind", "QuestionView", "RepeatView", "Submission", "Violation", "load_form", "read_entities",
    ]  # fmt: skip
    assert all(hasattr(room, name) for name in room.__all__)


def test_the_engine_brings_no_interface_database_or_network_along() -> None:
    script = (
        "import sys, fieldapp.xform, fieldapp.xform.replay\n"
        "print([m for m in ('PySide6', 'sqlalchemy', 'sqlite3', 'requests', 'socket', 'pyxform') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
