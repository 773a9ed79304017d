"""For form authors: compiling XLSForms, checking them, trying them out."""

from __future__ import annotations

from fieldapp.authoring.compiling import CompiledForm, compile_form

__all__ = ["CompiledForm", "compile_form"]
