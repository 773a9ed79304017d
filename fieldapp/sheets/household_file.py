"""The content of one household's 一户一档, worded for the template ``file.typ``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from fieldapp.register.entities import Entity, Household, Measure
from fieldapp.register.policy import YearPolicy
from fieldapp.register.verdict import verdict_of
from fieldapp.sheets.income import LINE_MISSING, income_table
from fieldapp.sheets.layout import FileLayout
from fieldapp.sheets.mark import PaperMark, qr_svg
from fieldapp.sheets.members import column_heads, member_cells
from fieldapp.sheets.paper import HouseholdPaper, VisitPaper
from fieldapp.sheets.photos import for_print, signature_for_print
from fieldapp.sheets.wording import UNKNOWN, Wording, date_zh, month_zh, yuan

__all__ = ["PHOTO_HEIGHT_MM", "PHOTO_WIDTH_MM", "file_content"]

PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM = 78.0, 58.0
SIGNATURE_WIDTH_MM, SIGNATURE_HEIGHT_MM = 19.0, 9.0
_SAID = {"yes": "是", "no": "否", "open": UNKNOWN}
_WHOLE = {"yes": "达标", "no": "未达标", "open": "待核实"}
_OPEN_ISSUES = frozenset({"open", "working", "checking", "listed"})

R = TypeVar("R", bound=Entity)
Pair = dict[str, object]


def file_content(
    paper: HouseholdPaper,
    layout: FileLayout,
    words: Wording,
    version: str,
    policies: tuple[YearPolicy, ...] | None = None,
) -> dict[str, object]:
    """Return all parts of the file, texts ready to be set."""
    household = paper.household
    return {
        "cover": _cover(paper, layout, words, version),
        "basics": _basics(paper, layout, words),
        "members": {
            "columns": column_heads(layout.members),
            "rows": [member_cells(person, layout.members, words) for person in paper.members],
            "former": [_former(person, words) for person in paper.former_members],
        },
        "income": income_table(paper.incomes, words, policies),
        "guarantees": _verdict(
            paper, [_guarantee(paper, fact, kind, words) for fact, kind in layout.guarantees], policies, words
        ),
        "living": [_pair(household, name, words) for name in layout.living],
        "pairings": [_pairing(paper, words, pairing) for pairing in _current_first(paper.pairings)],
        "measures": [_measure(paper, words, measure) for measure in _by(paper.measures, "started")],
        "issues": [
            _cells(issue, words, ("kind", "description", "found_on", "deadline", "state", "solution"))
            for issue in _by(paper.issues, "found_on")
        ],
        "leads": [
            _cells(lead, words, ("found_on", "source", "situation", "state"))
            for lead in _by(paper.leads, "found_on")
        ],
        "visits": [_visit(each, words) for each in paper.newest_visits],
        "visits_of_year": _visits_of_year(paper, words),
        "photos": [photo for each in paper.newest_visits for photo in _photos(each)],
    }


def _cover(paper: HouseholdPaper, layout: FileLayout, words: Wording, version: str) -> dict[str, object]:
    household, pairing = paper.household, paper.current_pairing
    lines = [
        _named("户主", household.head_name),
        _line("户编号", household.house_no),
        _line("住址", f"{paper.place}{household.door_no}"),
        _line("户类型", _category(household, words)),
        _line("家庭人口", words.fact(household, "member_count")),
    ]
    if pairing is not None:
        lines.append(_named("帮扶责任人", pairing.staff_name))
        lines.append(_line("帮扶单位", pairing.unit_name))
    return {
        "county": paper.county_name,
        "title": layout.title,
        "subtitle": layout.subtitle,
        "lines": lines,
        "qr": qr_svg(PaperMark(household.house_no, version).text),
        "index": [{"name": row.name, "part": row.part} for row in layout.index],
    }


def _category(household: Household, words: Wording) -> str:
    kinds = [words.fact(household, "household_type"), words.fact(household, "monitor_kind")]
    if household.monitor_kind and household.household_type == "ordinary":
        kinds = kinds[1:]  # a marginal household is known by its monitored kind only
    return "、".join(kind for kind in kinds if kind)


def _line(label: str, value: str) -> Pair:
    return {"label": label, "value": value or UNKNOWN, "name": False}


def _named(label: str, value: str) -> Pair:
    return {"label": label, "value": value or UNKNOWN, "name": True}


def _pair(household: Household, name: str, words: Wording) -> Pair:
    return _line(words.schema.lists["households"].properties[name].zh, words.fact(household, name))


def _basics(paper: HouseholdPaper, layout: FileLayout, words: Wording) -> list[Pair]:
    household = paper.household
    facts = [
        name for name in layout.basics if words.fact(household, name) or name not in layout.only_when_known
    ]
    return [
        _named("户主姓名", household.head_name),
        _line("户编号", household.house_no),
        _line("联系电话", words.fact(household, "phone")),
        _line("家庭人口", words.fact(household, "member_count")),
        {**_line("住址", f"{paper.county_name}{paper.place}{household.door_no}"), "wide": True},
        *(_pair(household, name, words) for name in facts),
    ]


def _former(person: Entity, words: Wording) -> list[str]:
    return [words.fact(person, name) for name in ("name", "relationship", "sex", "left_reason")]


def _guarantee(paper: HouseholdPaper, fact: str, kind: str, words: Wording) -> list[str]:
    label = words.schema.lists["households"].properties[fact].zh
    verdict = words.fact(paper.household, fact)
    problems = [
        issue.description
        for issue in _active(paper.issues)
        if issue.kind == kind and issue.state in _OPEN_ISSUES and issue.description
    ]
    shown = problems if verdict != "是" else []
    return [label, verdict or UNKNOWN, date_zh(paper.known_since.get(fact)), "；".join(shown)]


def _verdict(
    paper: HouseholdPaper,
    guarantees: Sequence[list[str]],
    policies: tuple[YearPolicy, ...] | None,
    words: Wording,
) -> list[list[str]]:
    """Return 一超过、两不愁、三保障 as rows: the income against its line, the guarantees, and what follows from all of them."""
    verdict = verdict_of(paper.household, paper.incomes, policies)
    against = []
    if verdict.per_capita is not None:
        against.append(f"人均 {yuan(str(verdict.per_capita))} 元")
        line = LINE_MISSING if verdict.line is None else f"{yuan(str(verdict.line))} 元"
        against.append(f"参考线 {line}")
    year = f"{verdict.year}年" if verdict.year is not None else ""
    income = ["收入超过当年参考线", _SAID[verdict.parts[0].standing], year, "，".join(against)]
    labels = words.schema.lists["households"].properties
    open_parts = [
        f"{title}：" + "、".join("收入" if name == "income" else labels[name].zh for name in names)
        for standing, title in (("no", "未达到"), ("open", "待核实"))
        if (names := [part.name for part in verdict.parts if part.standing == standing])
    ]
    return [income, *guarantees, ["综合认定", _WHOLE[verdict.standing], "", "；".join(open_parts)]]


def _pairing(paper: HouseholdPaper, words: Wording, pairing: Entity) -> list[str]:
    now = "（现任）" if pairing is paper.current_pairing else ""
    names = ("staff_name", "unit_name", "staff_phone", "started", "ended")
    cells = [words.fact(pairing, name) for name in names]
    return [*cells[:4], cells[4] or now]


def _measure(paper: HouseholdPaper, words: Wording, measure: Measure) -> list[str]:
    person = paper.person_names.get(str(measure.get("person_id") or ""), "")
    period = _period(month_zh(measure.started), month_zh(measure.ended))
    item = "\n".join(text for text in (measure.item, words.fact(measure, "note")) if text)
    return [
        words.fact(measure, "group"),
        item,
        person or "全户",
        period,
        words.fact(measure, "amount"),
        words.fact(measure, "state"),
    ]


def _period(begin: str, end: str) -> str:
    if begin and end:
        return f"{begin}至\n{end}"
    return f"{begin}起" if begin else f"至{end}" if end else ""


def _visit(each: VisitPaper, words: Wording) -> dict[str, object]:
    visit = each.visit
    signature = (
        signature_for_print(each.signature, SIGNATURE_WIDTH_MM, SIGNATURE_HEIGHT_MM)
        if each.signature
        else None
    )
    # The mode already says that it was by phone or WeChat.
    source = "" if visit.source in ("onsite", "remote") else f"（{words.fact(visit, 'source')}）"
    told = [
        visit.summary,
        *(
            f"{label}：{text}"
            for label, name in (("家中变化", "changes"), ("诉求", "requests"), ("帮办实事", "solved"))
            if (text := words.fact(visit, name)) and visit.get(name) != ["none"]
        ),
    ]
    return {
        "date": date_zh(visit.visit_date).replace("年", "年\n"),
        "how": f"{words.fact(visit, 'mode')}\n{source}".strip(),
        "visitor": visit.visitor_name,
        "outcome": "\n".join(text for text in (words.fact(visit, "outcome"), _answerer(each, words)) if text),
        "told": "\n".join(text for text in told if text),
        "signing": words.fact(visit, "signing"),
        "signature": list(signature) if signature else None,
    }


def _answerer(each: VisitPaper, words: Wording) -> str:
    text = words.fact(each.visit, "answered_by")
    labels = {"self": "本人", "family": "家属", "neighbour": "邻居", "village": "村干部"}
    return f"（{labels.get(text, text)}答话）" if text else ""


def _visits_of_year(paper: HouseholdPaper, words: Wording) -> str:
    due = paper.due
    if due is None:
        return ""
    if due.state == "not_entered":
        return f"{words.today.year}年：本年走访记录尚未补录。"
    if due.state == "unscheduled":
        return f"{words.today.year}年：已走访 {due.done} 次。"
    return f"{words.today.year}年：已走访 {due.done} 次，全年应走访 {due.required} 次。"


def _photos(each: VisitPaper) -> Iterable[dict[str, object]]:
    for picture in each.photos:
        content = for_print(picture, PHOTO_WIDTH_MM, PHOTO_HEIGHT_MM)
        if content is not None:
            caption = f"{date_zh(each.visit.visit_date)}　走访"
            yield {"caption": caption, "image": list(content)}


def _cells(record: Entity, words: Wording, names: Sequence[str]) -> list[str]:
    return [words.fact(record, name) for name in names]


def _active(records: Iterable[R]) -> list[R]:
    return [record for record in records if record.status == "active"]


def _by(records: Iterable[R], name: str) -> list[R]:
    """Return the active records, oldest first by a date or month of theirs."""
    return sorted(_active(records), key=lambda record: str(record.get(name) or ""))


def _current_first(records: Iterable[R]) -> list[R]:
    """Return active pairings, the newest first."""
    return sorted(_active(records), key=lambda record: str(record.get("started") or ""), reverse=True)
