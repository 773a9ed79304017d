"""Numbers that name a person: the citizen identity number (GB 11643-1999), the disability certificate, phones.

The first 18 characters identify the person, whichever certificate stands in the column: the national export puts
the 20- to 22-character disability certificate in place of the identity number (data rules C1).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = [
    "IdFacts",
    "IdProblem",
    "age_on",
    "check_digit",
    "mask_id_number",
    "mask_phone",
    "normalise_id_number",
    "normalise_phone",
    "person_key",
    "read_id_number",
    "upgraded_number",
]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = frozenset(
    f"{code:02d}"
    for codes in (
        range(11, 16),
        range(21, 24),
        range(31, 38),
        range(41, 47),
        range(50, 55),
        range(61, 66),
        (71, 81, 82, 83),
    )
    for code in codes
)
_DISABILITY_TAIL = re.compile(r"^[1-7][1-4]([A-Z0-9]{1,2})?$")


@dataclass(frozen=True, slots=True)
class IdFacts:
    """What a valid number says: the person key, date of birth, sex, and the certificate it came from."""

    person_key: str
    birth_date: date
    sex: Literal["male", "female"]
    kind: Literal["id_card", "disability_card"]
    disability_kind: str = ""
    disability_level: str = ""


@dataclass(frozen=True, slots=True)
class IdProblem:
    """Why a number is not valid, with a stable slug, in the words of a colleague."""

    slug: str
    zh: str
    en: str


def normalise_id_number(text: str) -> str:
    """Return the number with full-width characters folded, spaces, a leading apostrophe and dashes dropped, X upper."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).upper())
    kept = re.sub(r"[\s'’‘`\-\u200b\ufeff]", "", folded)
    return unicodedata.normalize("NFKC", kept)  # what now stands side by side may fold once more


def normalise_phone(text: str) -> str:
    """Return the phone number with full-width digits folded and everything but digits and a leading + dropped."""
    folded = unicodedata.normalize("NFKC", text)
    digits = re.sub(r"[^\d+]", "", folded)
    return re.sub(r"^\+?86(?=1\d{10}$)", "", digits)


def check_digit(first17: str) -> str:
    """Return the 18th character for 17 digits (ISO 7064 MOD 11-2)."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def upgraded_number(text: str) -> str:
    """Return the 18-digit number that a 15-digit one became (born in 19..); empty for any other text."""
    number = normalise_id_number(text)
    if len(number) != 15 or not (number.isascii() and number.isdigit()):
        return ""
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_digit(first17)


def person_key(id_number: str) -> str:
    """Return what identifies the person: the first 18 characters of either certificate."""
    return normalise_id_number(id_number)[:18]


def read_id_number(text: str, today: date) -> IdFacts | IdProblem:
    """Read an identity number or a disability certificate; checks in the order length, digits, date, checksum, province."""
    number = normalise_id_number(text)
    if problem := _shape_problem(number):
        return problem
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdProblem(
            "date", f"身份证号里的出生日期 {number[6:14]} 不存在", "the date of birth in it does not exist"
        )
    if born > today or born.year < 1900:
        return IdProblem(
            "date", f"身份证号里的出生日期 {born} 不合理", "the date of birth in it is impossible"
        )
    if check_digit(number[:17]) != number[17]:
        return IdProblem("checksum", "身份证号校验位不对，请核对是否抄错", "the check digit is wrong")
    if number[:2] not in _PROVINCES:
        return IdProblem(
            "province", f"身份证号前两位 {number[:2]} 不是省级代码", "the first two digits name no province"
        )
    sex: Literal["male", "female"] = "male" if int(number[16]) % 2 else "female"
    if len(number) == 18:
        return IdFacts(number, born, sex, "id_card")
    return IdFacts(number[:18], born, sex, "disability_card", number[18], number[19])


def _shape_problem(number: str) -> IdProblem | None:
    length = len(number)
    if length == 15 and number.isdigit():
        return IdProblem("old", "这是 15 位旧身份证号，请换成 18 位新号", "an old number of 15 digits")
    if length not in (18, 20, 21, 22):
        lack = f"少了 {18 - length} 位" if length < 18 else f"是 {length} 位，多了"
        return IdProblem("length", f"身份证号{lack}", f"it has {length} characters instead of 18")
    if not (number[:17].isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        return IdProblem("digits", "身份证号里有不该出现的字符", "it holds characters that cannot be there")
    if length > 18 and not _DISABILITY_TAIL.match(number[18:]):
        return IdProblem(
            "tail",
            "残疾人证号后两位（类别、等级）不对",
            "the category and level of the certificate are wrong",
        )
    return None


def age_on(born: date, day: date) -> int:
    """Return the age in completed years (周岁) on ``day``; born on 29 February counts from 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def mask_id_number(number: str) -> str:
    """Return the number as internal sheets show it: three first, four last."""
    return number if len(number) < 8 else f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"


def mask_phone(number: str) -> str:
    """Return the phone number with its middle hidden."""
    return number if len(number) < 8 else f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}"
