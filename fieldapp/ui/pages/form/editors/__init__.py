"""One editor a kind of question: it shows an answer and tells when a person changes it."""

from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.editors.choosing import editor_for

__all__ = ["Editor", "editor_for"]
