"""Papers for one household: 明白卡 (what help there is, whom to ask), 获得清单 (all it received), 房屋等级确认表 with plates.

The family keeps or signs them, so nothing of risk, monitoring, leads or remarks is on them; a plate hangs on the door and
carries no name and no number of a person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from fieldapp.register.entities import Entity
from fieldapp.sheets import blocks
from fieldapp.sheets.blocks import Block
from fieldapp.sheets.mark import PaperMark, qr_svg
from fieldapp.sheets.paper import HouseholdPaper, PaperKind
from fieldapp.sheets.settings import Reader
from fieldapp.sheets.templates import TemplateFolder
from fieldapp.sheets.wording import Wording, date_zh, month_zh, yuan

__all__ = ["family_content", "paper_words"]

_PLATED = ("A", "B")
_GIVEN = ("running", "done")
#: Measures of finance are loans: their amount has to be paid back.
_LENT = "finance"


def paper_words(templates: TemplateFolder, kind: str) -> Reader:
    """Return the words of a paper. Raises SHEET-004."""
    return Reader("papers.toml", templates.settings("papers.toml")).table(kind)


def family_content(
    kind: PaperKind, paper: HouseholdPaper, said: Reader, words: Wording, version: str
) -> dict[str, object]:
    """Return a paper's texts."""
    made = {"facts_card": _facts_card, "received": _received, "house_grade": _house_grade}[kind]
    return {
        "title": said.text("title"),
        "subtitle": "",
        "head": _head(paper, words, version),
        "blocks": made(paper, said, words),
        "plates": _plates(paper, said, words) if kind == "house_grade" else [],
    }


def _head(paper: HouseholdPaper, words: Wording, version: str) -> dict[str, object]:
    household = paper.household
    items = [
        blocks.pair("户主", household.head_name, name=True),
        blocks.pair("户编号", household.house_no),
        blocks.pair("住址", f"{paper.place}{household.door_no}"),
        blocks.pair("家庭人口", words.fact(household, "member_count")),
    ]
    return {
        "county": paper.county_name,
        "items": items,
        "qr": qr_svg(PaperMark(household.house_no, version).text),
    }


# --- 明白卡 --------------------------------------------------------------------------------------------------------


def _facts_card(paper: HouseholdPaper, said: Reader, words: Wording) -> list[Block]:
    household, year = paper.household, words.today.year
    facts = [
        blocks.pair(words.schema.lists["households"].properties[name].zh, text)
        for name in said.texts("facts", frozenset(words.schema.lists["households"].properties))
        if (text := words.fact(household, name))
    ]
    measures = [one for one in _active(paper.measures) if one.get("state") in _GIVEN and _touches(one, year)]
    return [
        blocks.note(said.text("hint")),
        blocks.section("一、有事找谁"),
        blocks.table(
            ("身份", "姓名", "单位", "电话"),
            (34, 30, 0, 38),
            _contacts(paper, words),
            "还没有登记，请问村委会。",
            names=(1,),
        ),
        blocks.section(f"二、{year} 年享受的帮扶"),
        blocks.table(
            ("类别", "内容", "受益人", "起止", "金额（元）", "找谁办"),
            (24, 0, 20, 27, 22, 32),
            [_card_line(paper, one, words) for one in measures],
            "登记册里今年还没有帮扶措施，请问帮扶责任人。",
            aligns=("center", "left", "center", "center", "right", "left"),
            names=(2,),
        ),
        *([blocks.section("三、登记的产业情况"), blocks.pairs(facts)] if facts else []),
        blocks.sign(said.text("receipt"), "户主或家人", "帮扶责任人"),
    ]


def _contacts(paper: HouseholdPaper, words: Wording) -> list[list[str]]:
    rows = []
    helper = paper.current_pairing
    if helper is not None:
        phone = str(helper.get("staff_phone") or "")
        rows.append(["帮扶责任人", helper.staff_name, helper.unit_name, words.phone(phone)])
    known = {helper.staff_id} if helper else set()
    for one in paper.contacts:
        if one.id not in known:
            rows.append([one.post or "村干部", one.name, one.unit_name, words.phone(one.phone)])
    return rows


def _card_line(paper: HouseholdPaper, one: Entity, words: Wording) -> list[str]:
    whom = "、".join(text for text in (words.fact(one, "unit"), words.fact(one, "owner")) if text)
    return [
        words.fact(one, "group"),
        words.fact(one, "item"),
        _whose(paper, one),
        _span(one),
        words.fact(one, "amount"),
        whom or "帮扶责任人",
    ]


# --- 获得清单 ------------------------------------------------------------------------------------------------------


def _received(paper: HouseholdPaper, said: Reader, words: Wording) -> list[Block]:
    by_year: dict[str, list[tuple[str, list[str], Decimal | None]]] = defaultdict(list)
    for when, cells, counted in _support(paper, words):
        by_year[when[:4]].append((when, cells, counted))
    parts: list[Block] = [blocks.note(said.text("hint"))]
    for year in sorted(by_year, reverse=True):
        lines = sorted(by_year[year], key=lambda line: line[0], reverse=True)
        total = sum((counted for _, _, counted in lines if counted is not None), Decimal(0))
        name = f"{year} 年" if year else "没有登记日期"
        parts.append(blocks.section(f"{name}　{len(lines)} 项，合计 {total:,.2f} 元"))
        parts.append(_support_table([cells for _, cells, _ in lines]))
    if not by_year:
        parts.append(_support_table([]))
    parts.append(blocks.sign(said.text("receipt"), "户主或家人", "帮扶责任人"))
    return parts


def _support_table(rows: list[list[str]]) -> Block:
    return blocks.table(
        ("日期", "类别", "内容", "受益人", "金额（元）", "来源"),
        (26, 24, 0, 20, 24, 36),
        rows,
        "登记册里还没有这户获得的帮扶。",
        aligns=("center", "center", "left", "center", "right", "left"),
        names=(3,),
    )


def _support(paper: HouseholdPaper, words: Wording) -> Iterable[tuple[str, list[str], Decimal | None]]:
    """Everything received: when (ISO day or month), the cells of its line, and what counts into the year's sum."""
    for one in _active(paper.measures):
        if one.get("state") in _GIVEN:
            when, group = str(one.get("started") or ""), words.fact(one, "group")
            source = words.fact(one, "unit") or words.fact(one, "owner")
            told = (when, group, words.fact(one, "item"), source)
            when, cells, counted = _line(paper, one, told, one.get("amount"))
            yield when, cells, None if one.get("group") == _LENT else counted
    for one in _active(paper.others.get("aids", ())):
        quantity = words.fact(one, "quantity")
        item = words.fact(one, "item") + (f"（{quantity}）" if quantity else "")
        given = (str(one.get("received_on") or ""), words.fact(one, "kind"), item, words.fact(one, "giver"))
        yield _line(paper, one, given, one.get("amount"))
    for one in _active(paper.others.get("posts", ())):
        pay, months = _decimal(one.get("monthly_pay")), _decimal(one.get("months"))
        item = words.fact(one, "post") + (f"，每月 {pay:,.2f} 元" if pay is not None else "")
        post = (str(one.get("started") or ""), "公益性岗位", item, words.fact(one, "employer"))
        yield _line(paper, one, post, str(pay * months) if pay and months else None)
    for one in _active(paper.others.get("loans", ())):
        when, bank = str(one.get("granted_on") or ""), words.fact(one, "bank")
        item = f"{words.fact(one, 'purpose')}（贷款 {words.fact(one, 'amount')} 元，要还）"
        cells = [_day(when), "小额信贷", item, _whose(paper, one), words.fact(one, "interest_paid"), bank]
        yield when, cells, _decimal(one.get("interest_paid"))


def _line(
    paper: HouseholdPaper, one: Entity, told: tuple[str, str, str, str], amount: object
) -> tuple[str, list[str], Decimal | None]:
    when, kind, item, source = told
    shown = yuan(str(amount)) if amount not in (None, "") else ""
    return when, [_day(when), kind, item, _whose(paper, one), shown, source], _decimal(amount)


# --- 房屋等级 ------------------------------------------------------------------------------------------------------


def _house_grade(paper: HouseholdPaper, said: Reader, words: Wording) -> list[Block]:
    parts: list[Block] = [blocks.note(said.text("hint"))]
    for number, one in enumerate(_dwellings(paper), 1):
        grade = words.fact(one, _grade_name(one)) or "　　　级"
        parts.append(blocks.section(f"房屋{number}　{words.fact(one, 'name') or '自住房'}：{grade}"))
        parts.append(blocks.pairs([_dwelling_pair(one, name, words) for name in _facts_of(one)]))
    parts.append(blocks.sign(said.text("receipt"), "户主或家人", "鉴定人员", "村民委员会"))
    return parts


def _dwellings(paper: HouseholdPaper) -> list[Entity]:
    """The dwellings, or the household itself where only its one house is known."""
    return [*_active(paper.others.get("dwellings", ()))] or [paper.household]


def _grade_name(one: Entity) -> str:
    return "house_grade" if one.LIST == "households" else "grade"


def _facts_of(one: Entity) -> tuple[str, ...]:
    if one.LIST == "households":
        return ("house_structure", "house_year", "house_area", "house_grade")
    return (
        *("usage", "structure", "built_year", "floor_area", "site_safe", "foundation", "tilt", "bearing"),
        *("envelope", "grade", "assessed_on", "assessed_by", "report_no", "plate"),
    )


def _dwelling_pair(one: Entity, name: str, words: Wording) -> Block:
    return blocks.pair(words.schema.lists[one.LIST].properties[name].zh, words.fact(one, name))


def _plates(paper: HouseholdPaper, said: Reader, words: Wording) -> list[dict[str, str]]:
    """A plate for each dwelling of grade A or B: the place and the grade, and nothing about the family."""
    return [
        {
            "title": said.text("plate_title"),
            "grade": grade,
            "verdict": said.text(f"plate_{grade.lower()}"),
            "place": f"{paper.town_name}{paper.village_name}{paper.household.group_name}{paper.household.door_no}",
            "number": words.fact(one, "report_no") if one.LIST == "dwellings" else "",
            "assessed_on": (words.fact(one, "assessed_on") if one.LIST == "dwellings" else "")
            or "　　年　月　日",
            "office": said.text("plate_office"),
        }
        for one in _dwellings(paper)
        if (grade := str(one.get(_grade_name(one)) or "")) in _PLATED
    ]


# --- Small words ---------------------------------------------------------------------------------------------------


def _active(records: Iterable[Entity]) -> list[Entity]:
    return [record for record in records if record.status == "active"]


def _whose(paper: HouseholdPaper, one: Entity) -> str:
    return paper.person_names.get(str(one.get("person_id") or ""), "") or "全户"


def _touches(one: Entity, year: int) -> bool:
    started, ended = str(one.get("started") or ""), str(one.get("ended") or "")
    return started[:4] <= str(year) and (not ended or ended[:4] >= str(year))


def _span(one: Entity) -> str:
    began, over = month_zh(str(one.get("started") or "")), month_zh(str(one.get("ended") or ""))
    return f"{began}起" if began and not over else f"{began}至\n{over}" if over else ""


def _day(text: str) -> str:
    return date_zh(text) if len(text) >= len("2026-01-01") else month_zh(text)


def _decimal(value: object) -> Decimal | None:
    try:
        return Decimal(str(value)) if value not in (None, "") else None
    except InvalidOperation:
        return None
