"""For form authors: compiling XLSForms, checking them, trying them out."""

from __future__ import annotations

from fieldapp.authoring.checking import check_form
from fieldapp.authoring.compiling import CompiledForm, compile_form
from fieldapp.authoring.findings import Finding

__all__ = ["CompiledForm", "Finding", "check_form", "compile_form"]
