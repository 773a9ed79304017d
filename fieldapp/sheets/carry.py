"""What a helper carries to the door: 信息采集对照表 and 走访记录, filled from the register, to be written on by hand.

The family reads over the cadre's shoulder and signs, so nothing of risk, leads or remarks is on these sheets; open
problems appear by their kind only, and a request in the family's own words.
"""

from __future__ import annotations

from fieldapp.register.entities import Household
from fieldapp.register.schema import Property
from fieldapp.sheets.layout import CarryLayout
from fieldapp.sheets.mark import PaperMark, qr_svg
from fieldapp.sheets.members import column_heads, member_cells
from fieldapp.sheets.paper import HouseholdPaper
from fieldapp.sheets.visit_sheet import PaperQuestion, VisitSheet
from fieldapp.sheets.wording import Wording, date_zh

__all__ = ["carry_content"]

#: What stands in the column of last values where the register knows nothing.
NOT_REGISTERED = "（未登记）"
#: Rows for members, spare ones included, where a household has few or none yet.
LEAST_ROWS = 5
_OPEN_ISSUES = frozenset({"open", "working", "listed"})


def carry_content(
    paper: HouseholdPaper, layout: CarryLayout, questions: VisitSheet, words: Wording, version: str
) -> dict[str, object]:
    """Return both sheets' texts."""
    return {
        "head": _head(paper, words, version),
        "comparison": _comparison(paper, layout, words),
        "visit": {
            "title": questions.title,
            "hint": questions.hint,
            "last_title": questions.last_time,
            "last": _last_visit(paper, words),
            "clarify": _clarify(paper, questions),
            "sections": [
                {"title": section.title, "rows": [_question(row) for row in section.questions]}
                for section in questions.sections
            ],
        },
    }


def _head(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
    household, pairing = paper.household, paper.current_pairing
    items = [
        ("户主", household.head_name, True),
        ("户编号", household.house_no, False),
        ("住址", f"{paper.place}{household.door_no}", False),
        ("家庭人口", words.fact(household, "member_count"), False),
        ("帮扶责任人", pairing.staff_name if pairing else "", True),
    ]
    return {
        "county": paper.county_name,
        "items": [{"label": label, "value": value, "name": name} for label, value, name in items],
        "qr": qr_svg(PaperMark(household.house_no, version).text),
    }


def _comparison(paper: HouseholdPaper, layout: CarryLayout, words: Wording) -> dict[str, object]:
    return {
        "title": layout.title,
        "hint": layout.hint,
        "read_back": layout.read_back,
        "groups": [
            {
                "name": group.name,
                "rows": [_fact_row(paper.household, name, layout, words) for name in group.facts],
            }
            for group in layout.groups
        ],
        "members": {
            "columns": column_heads(layout.members),
            "rows": [member_cells(person, layout.members, words) for person in paper.members],
            "spare": max(layout.spare_members, LEAST_ROWS - len(paper.members)),
            "change_head": layout.change_head,
            "change": list(layout.change),
            "spare_change": list(layout.spare_change),
        },
    }


def _fact_row(household: Household, name: str, layout: CarryLayout, words: Wording) -> dict[str, object]:
    prop = words.schema.lists["households"].properties[name]
    return {
        "label": prop.zh,
        "last": words.fact(household, name) or NOT_REGISTERED,
        "boxes": _boxes(prop, layout, words),
        "unit": "年" if name.endswith("_year") else prop.unit,
    }


def _boxes(prop: Property, layout: CarryLayout, words: Wording) -> list[str]:
    """Return the options of a fact as boxes, where there are few and short ones."""
    if prop.type == "boolean":
        return ["是", "否"]
    if prop.codes is None:
        return []
    labels = [code.zh for code in words.schema.codes[prop.codes].codes]
    short = len(labels) <= layout.most_options and sum(map(len, labels)) <= layout.most_characters
    return labels if short else []


def _last_visit(paper: HouseholdPaper, words: Wording) -> list[dict[str, str]]:
    """Return what the helper should know of last time, in words the family may read."""
    visits = paper.newest_visits
    last = visits[0].visit if visits else None
    requests = words.fact(last, "requests") if last else ""
    kinds = [
        words.fact(issue, "kind")
        for issue in paper.issues
        if issue.status == "active" and issue.state in _OPEN_ISSUES
    ]
    items = [
        (
            "日期和方式",
            f"{date_zh(last.visit_date)}　{words.fact(last, 'mode')}" if last else "还没有走访记录",
        ),
        ("走访人", last.visitor_name if last else ""),
        ("上次的诉求", requests),
        ("待跟进", "、".join(dict.fromkeys(kind for kind in kinds if kind))),
    ]
    return [{"label": label, "value": value} for label, value in items if value]


def _clarify(paper: HouseholdPaper, questions: VisitSheet) -> dict[str, object]:
    """Return what is to be cleared up at the door; none when nothing was found."""
    asked = questions.clarify
    lines = dict.fromkeys(finding.zh for finding in paper.findings if asked.allows(finding))
    return {"title": asked.title, "heads": list(asked.heads), "lines": list(lines)[: asked.most]}


def _question(row: PaperQuestion) -> dict[str, object]:
    return {
        "label": row.label,
        "boxes": list(row.boxes),
        "blanks": list(row.blanks),
        "lines": row.lines,
        "columns": list(row.columns),
    }
