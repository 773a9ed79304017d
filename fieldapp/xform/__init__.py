"""The form engine: reads an ODK XForm, keeps every dependent value right while it is answered, writes the submission.

Pure Python over lxml: it knows no Qt, no database and no network, and reads neither the clock nor files.
"""

from __future__ import annotations

from fieldapp.xform.form.body import QuestionKind
from fieldapp.xform.form.definition import FormDefinition, Lists, load_form
from fieldapp.xform.live.audit import AUDIT_FILE
from fieldapp.xform.live.choices import Choice
from fieldapp.xform.live.entities import EntityAction
from fieldapp.xform.live.environment import Environment
from fieldapp.xform.live.session import FormSession
from fieldapp.xform.live.submission import Submission, read_entities
from fieldapp.xform.live.views import GroupView, NodeView, QuestionView, RepeatView, Violation

__all__ = [
    "AUDIT_FILE",
    "Choice",
    "EntityAction",
    "Environment",
    "FormDefinition",
    "FormSession",
    "GroupView",
    "Lists",
    "NodeView",
    "QuestionKind",
    "QuestionView",
    "RepeatView",
    "Submission",
    "Violation",
    "load_form",
    "read_entities",
]
