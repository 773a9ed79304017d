"""The sheets beside the persons: household facts, incomes, measures and villages."""

from __future__ import annotations

from decimal import Decimal

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.areas import VILLAGE_CODE, AreaBook
from fieldapp.exchange.drafts import HouseholdDraft
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.exchange.records import IncomeRecord, MeasureRecord, MemberFacts
from fieldapp.register.identity import mask_id_number
from fieldapp.register.values import Value

__all__ = ["take_household", "take_income", "take_job", "take_measure", "take_village"]

#: Rounding of the parts may leave so many yuan between their sum and the net income.
_ROUNDING = Decimal(1)
_PARTS = ("wage", "business", "property", "transfer")


def take_village(line: Line, reader: LineReader, areas: AreaBook) -> None:
    """Take a row of the sheet of villages into the area tree."""
    code = line.text("area", "village_code")
    names = [line.text("area", name) for name in ("county", "town", "village")]
    if not VILLAGE_CODE.fullmatch(code):
        reader.tell(
            rows.BAD_VALUE,
            "error",
            line,
            "area.village_code",
            code,
            problem="不是 12 位数字",
            problem_en="it has not 12 digits",
        )
    elif not all(names):
        empty = next(key for key, name in zip(("county", "town", "village"), names, strict=True) if not name)
        reader.tell(rows.EMPTY_CELL, "error", line, f"area.{empty}")
    else:
        areas.add_village(code, *names)


def take_household(line: Line, draft: HouseholdDraft) -> None:
    """Take a row of household facts; it wins over what the rows of the persons say."""
    draft.facts.update(line.of("households"))


def take_income(
    line: Line, reader: LineReader, draft: HouseholdDraft, met: dict[tuple[str, str], int]
) -> None:
    """Take a row of a household's income of one year."""
    facts = line.of("incomes")
    year = facts["year"]
    if not isinstance(year, int) or not 1980 <= year <= 2200:
        reader.tell(
            rows.BAD_VALUE,
            "error",
            line,
            "incomes.year",
            str(year),
            problem="不是年份",
            problem_en="it is no year",
        )
        return
    if _met_before(line, reader, met, (draft.house_no, str(year)), "incomes.year"):
        return
    _check_sum(line, reader, facts)
    draft.incomes[year] = IncomeRecord(year, facts)


def _check_sum(line: Line, reader: LineReader, facts: dict[str, Value]) -> None:
    net = facts.get("net")
    parts = [facts.get(name) for name in _PARTS]
    if net is None or None in parts:
        return
    total = sum((Decimal(str(part)) for part in parts), -Decimal(str(facts.get("expense") or 0)))
    difference = abs(total - Decimal(str(net)))
    if difference > _ROUNDING:
        reader.tell(rows.SUM_DIFFERS, "warning", line, "incomes.net", str(net), difference=difference)


def take_job(line: Line, reader: LineReader, draft: HouseholdDraft, met: dict[tuple[str, str], int]) -> None:
    """Take a row that says of a member where he or she works away, or plans to."""
    number, document = line.text("line", "person_no"), line.text("line", "id_number")
    name, facts = line.text("line", "name"), line.of("persons")
    if not number and not document:
        reader.tell(rows.EMPTY_CELL, "error", line, "line.id_number")
        return
    if _met_before(line, reader, met, (draft.house_no, number or document), "line.id_number"):
        return
    if not draft.persons:
        before = draft.members.get(number or document)
        told = {**before.facts, **facts} if before else facts
        draft.members[number or document] = MemberFacts(number, document, name, told)
        return
    person = draft.person(number, document)
    if person is None:
        reader.tell(rows.UNKNOWN_MEMBER, "error", line, "line.id_number", mask_id_number(document))
        return
    draft.complete(person, facts)


def take_measure(
    line: Line, reader: LineReader, draft: HouseholdDraft, met: dict[tuple[str, str], int]
) -> None:
    """Take a row of a measure; a measure that a column of the persons named already is completed by it."""
    facts = line.of("measures")
    group, item, started = str(facts["group"]), str(facts["item"]), line.text("measures", "started")
    if _met_before(line, reader, met, (draft.house_no, f"{group}\0{item}\0{started}"), "measures.item"):
        return
    draft.measures.pop((group, item, ""), None)
    draft.measures[group, item, started] = MeasureRecord(
        group, item, started, line.text("line", "person_no"), facts
    )


def _met_before(
    line: Line, reader: LineReader, met: dict[tuple[str, str], int], key: tuple[str, str], target: str
) -> bool:
    other = met.setdefault(key, line.row)
    if other == line.row:
        return False
    reader.tell(rows.ALREADY_MET, "error", line, target, other_row=other, other_sheet=reader.sheet_name)
    return True
