"""问题反馈单 (开单): what is open in a household goes to the village or town on paper, one slip a problem, to be receipted.

The upper half tells the problem; the lower half is for whoever mends it and comes back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from fieldapp.register.entities import Issue
from fieldapp.sheets.mark import PaperMark, qr_svg
from fieldapp.sheets.paper import HouseholdPaper
from fieldapp.sheets.settings import Reader
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.wording import UNKNOWN, Wording, date_zh

__all__ = ["SlipWords", "open_issues", "slip_content", "slip_words"]

_OPEN = frozenset({"open", "working", "checking", "listed"})


@dataclass(frozen=True, slots=True)
class SlipWords:
    """The words around a problem: ``resources/sheets/issue_slip.toml``."""

    title: str
    to_label: str
    demand: str
    answer_title: str
    receipt: str


def slip_words(templates: TemplateFolder) -> SlipWords:
    """Return the words. Raises SHEET-004 for a mistake in the settings."""
    reader = Reader("issue_slip.toml", templates.settings("issue_slip.toml"))
    names = ("title", "to_label", "demand", "answer_title", "receipt")
    return SlipWords(*(reader.text(name) for name in names))


def open_issues(paper: HouseholdPaper) -> Sequence[Issue]:
    """Return the problems that are not closed, those with the nearest deadline first."""
    some = [issue for issue in paper.issues if issue.status == "active" and issue.state in _OPEN]
    return sorted(some, key=lambda issue: (_due(issue) or "9999", issue.found_on or "", issue.id))


def slip_content(
    paper: HouseholdPaper, around: SlipWords, words: Wording, version: str, printed_by: str
) -> dict[str, object]:
    """Return the slips of a household."""
    household = paper.household
    return {
        **asdict(around),
        "county": paper.county_name,
        "qr": qr_svg(PaperMark(household.house_no, version).text),
        "printed_by": printed_by,
        "printed_on": date_zh(words.today.isoformat()),
        "slips": [_slip(paper, issue, words) for issue in open_issues(paper)],
    }


def _slip(paper: HouseholdPaper, issue: Issue, words: Wording) -> dict[str, object]:
    household = paper.household
    responsible = "　".join(
        text for name in ("lead_unit", "owner_unit", "owner_name") if (text := words.fact(issue, name))
    )
    items = [
        ("户主", household.head_name, True),
        ("户编号", household.house_no, False),
        ("住址", f"{paper.place}{household.door_no}", False),
        ("联系电话", words.fact(household, "phone"), False),
        ("问题类别", words.fact(issue, "kind"), False),
        ("发现日期", words.fact(issue, "found_on"), False),
        ("来源", words.fact(issue, "source"), False),
        ("整改时限", date_zh(_due(issue)), False),
        ("状态", words.fact(issue, "state"), False),
        ("责任单位、责任人", responsible, False),
    ]
    return {
        "to": words.fact(issue, "owner_unit") or f"{paper.town_name}{paper.village_name}",
        "items": [
            {"label": label, "value": value or UNKNOWN, "name": name and bool(value)}
            for label, value, name in items
        ],
        "description": issue.description or words.fact(issue, "kind") or UNKNOWN,
        "action": words.fact(issue, "action"),
    }


def _due(issue: Issue) -> str:
    return str(issue.deadline or issue.get("due_on") or "")
