"""Prints the findings of a check, for people and as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TextIO

from fieldapp.authoring.checking import check_form
from fieldapp.authoring.findings import Finding

__all__ = ["print_report"]

_LEVELS = {"error": "错误 error", "warning": "提醒 warning"}


def _where(finding: Finding) -> str:
    parts = [finding.sheet, f"第 {finding.row} 行" if finding.row is not None else "", finding.column]
    return " · ".join(part for part in parts if part)


def _text(finding: Finding) -> str:
    where = _where(finding)
    return (
        f"[{_LEVELS[finding.level]} {finding.code}] {where}{'：' if where else ''}{finding.zh}\n"
        f"    {finding.en}\n"
        f"    → {finding.remedy_zh} / {finding.remedy_en}\n"
    )


def print_report(path: Path, *, as_json: bool, out: TextIO) -> int:
    """Check ``path`` and print what was found. Returns 0 when there is no error, 1 otherwise, 2 for a wrong file."""
    findings = check_form(path)
    errors = sum(finding.level == "error" for finding in findings)
    warnings = len(findings) - errors
    if as_json:
        told = {
            "file": path.name,
            "errors": errors,
            "warnings": warnings,
            "findings": [finding.as_json() for finding in findings],
        }
        out.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        out.writelines(_text(finding) for finding in findings)
        out.write(f"{path.name}: {errors} 处错误 errors, {warnings} 处提醒 warnings\n")
    if any(finding.code in ("CHECK-001", "CHECK-002") for finding in findings):
        return 2
    return 1 if errors else 0
