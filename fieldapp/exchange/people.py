"""What a person's row must say to be taken: a number that can be right, and nothing that contradicts it.

Order of the checks and what is an error or only a hint: data rules C1.
"""

from __future__ import annotations

from datetime import date

from fieldapp.exchange import row_errors as rows
from fieldapp.exchange.lines import Line, LineReader
from fieldapp.register.identity import IdFacts, IdProblem, mask_id_number, read_id_number
from fieldapp.register.values import Value

__all__ = ["check_phone", "complete_person"]

#: The national system's number for a person who is not registered yet.
_PLACEHOLDER = "999999"
_MOBILE_DIGITS = 11
_FROM_THE_NUMBER = ("sex", "birth_date")


def complete_person(line: Line, reader: LineReader, today: date) -> None:
    """Check the identity number of a row and complete the person by it: sex, birth, kind of document, disability.

    Notes what is wrong through ``reader``; an error refuses the row.
    """
    person = line.of("persons")
    number = line.text("persons", "id_number")
    if not number or number.startswith(_PLACEHOLDER):
        _without_document(line, reader, person, number)
        return
    facts = read_id_number(number, today)
    if isinstance(facts, IdProblem):
        _refuse(line, reader, number, facts)
        return
    person["id_type"] = facts.kind
    for name in _FROM_THE_NUMBER:
        _from_the_number(line, reader, person, name, facts)
    if facts.kind == "disability_card":
        person.setdefault("disability_kind", facts.disability_kind)
        person.setdefault("disability_level", facts.disability_level)


def check_phone(line: Line, reader: LineReader, target: str) -> None:
    """Note a phone number that cannot be one; it is kept, since a wrong number is better than none until the next visit."""
    list_name, _, name = target.partition(".")
    phone = line.text(list_name, name)
    if not phone:
        return
    mobile = len(phone) == _MOBILE_DIGITS and phone[0] == "1" and phone[1] in "3456789"
    landline = phone[0] in "0+" and 10 <= len(phone) <= 14
    if not (mobile or landline):
        reader.tell(rows.BAD_PHONE, "warning", line, target)


def _without_document(line: Line, reader: LineReader, person: dict[str, Value], number: str) -> None:
    if number:
        reader.tell(rows.ID_PLACEHOLDER, "warning", line, "persons.id_number", mask_id_number(number))
    elif person.get("id_type") != "none":
        reader.tell(rows.NO_ID, "warning", line, "persons.id_number")
    person.pop("id_number", None)
    person["id_type"] = "none"


def _refuse(line: Line, reader: LineReader, number: str, problem: IdProblem) -> None:
    masked = mask_id_number(number)
    if problem.slug == "checksum" and number.endswith("000"):
        # A numeric cell that was turned to text afterwards: the last three digits are Excel's zeros.
        reader.tell(rows.DIGITS_LOST, "error", line, "persons.id_number", masked)
    else:
        reader.tell(
            rows.ID_PROBLEM,
            "error",
            line,
            "persons.id_number",
            masked,
            problem=problem.zh,
            problem_en=problem.en,
        )


def _from_the_number(
    line: Line, reader: LineReader, person: dict[str, Value], name: str, facts: IdFacts
) -> None:
    right: Value = facts.sex if name == "sex" else facts.birth_date.isoformat()
    told = person.get(name)
    if told is not None and told != right:
        reader.tell(rows.CONTRADICTS_ID, "warning", line, f"persons.{name}")
    person[name] = right
