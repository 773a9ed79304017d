"""What an examination found: checks with a sentence in both languages, figures, and a remedy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import fieldapp
from fieldapp.common.errors import KnownError

__all__ = ["REINSTALL", "Check", "Report", "Status", "guarded"]

Status = Literal["ok", "warn", "fail"]
REINSTALL = ("请重新安装本程序。", "Install the program again.")


@dataclass(frozen=True, slots=True)
class Check:
    """One finding. ``remedy`` is what to do in both languages, empty when nothing is to be done."""

    name: str
    status: Status
    zh: str
    en: str
    facts: dict[str, Any] = field(default_factory=dict)
    remedy: tuple[str, str] = ("", "")

    def as_json(self) -> dict[str, Any]:
        """Return the finding as ``--json`` prints it."""
        flat = asdict(self)
        flat["remedy_zh"], flat["remedy_en"] = flat.pop("remedy")
        return flat


@dataclass(frozen=True, slots=True)
class Report:
    """All findings, in the order they were made."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing failed; warnings do not count."""
        return all(check.status != "fail" for check in self.checks)

    def as_json(self) -> dict[str, Any]:
        """Return what ``--json`` prints."""
        checks = [check.as_json() for check in self.checks]
        return {"ok": self.ok, "version": fieldapp.__version__, "checks": checks}


def guarded(name: str, examine: Callable[[], Check]) -> Check:
    """Return what ``examine`` finds; whatever breaks in it is its finding and must not hide the others."""
    try:
        return examine()
    except KnownError as error:
        return Check(
            name, "fail", error.zh, error.en, {"code": error.code}, (error.remedy_zh, error.remedy_en)
        )
    except Exception as error:  # noqa: BLE001 - a doctor tells what is broken, whatever it is
        kind = type(error).__name__
        facts = {"error": kind, "message": str(error)[:300]}
        remedy = ("请把这份报告发给技术人员。", "Please send this report to support.")
        return Check(
            name, "fail", f"「{name}」这一项出错了：{kind}", f"“{name}” broke: {kind}", facts, remedy
        )
