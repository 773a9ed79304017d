"""How values read on Chinese paper: dates 2026年1月5日, amounts 24,448.25, numbers masked by profile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from fieldapp.register.entities import Entity, Person
from fieldapp.register.identity import IdFacts, age_on, mask_id_number, mask_phone, read_id_number
from fieldapp.register.schema import Property, RegisterSchema
from fieldapp.register.values import display
from fieldapp.sheets.paper import Profile

__all__ = ["UNKNOWN", "Wording", "birth_of", "date_zh", "month_zh", "yuan"]

#: What stands in a cell of a finished sheet where the register knows nothing.
UNKNOWN = "—"
_ACCOUNTS = frozenset({"bank_account"})


def date_zh(text: str | None) -> str:
    """Return an ISO date or time as 2026年1月5日; another text as it is, nothing as an empty text."""
    if not text:
        return ""
    try:
        day = date.fromisoformat(text[:10])
    except ValueError:
        return text
    return f"{day.year}年{day.month}月{day.day}日"


def month_zh(text: str | None) -> str:
    """Return ``2023-01`` (or an ISO date) as 2023年1月."""
    if not text:
        return ""
    year, _, rest = text.partition("-")
    month = rest[:2]
    return f"{year}年{int(month)}月" if year.isdigit() and month.isdigit() else text


def yuan(text: str | None) -> str:
    """Return a canonical decimal as money with two decimals; a text that is no number as it is."""
    if text is None or text == "":
        return ""
    try:
        return f"{Decimal(text):,.2f}"
    except InvalidOperation:
        return text


def birth_of(person: Person, today: date) -> date | None:
    """Return the date of birth: the recorded one, else the one in the certificate number."""
    if person.birth_date:
        try:
            return date.fromisoformat(person.birth_date)
        except ValueError:
            return None
    facts = read_id_number(person.id_number, today) if person.id_number else None
    return facts.birth_date if isinstance(facts, IdFacts) else None


@dataclass(frozen=True)
class Wording:
    """Words a record's facts for one profile on one day."""

    schema: RegisterSchema
    profile: Profile
    today: date

    def id_number(self, number: str) -> str:
        return mask_id_number(number) if self.profile == "masked" else number

    def phone(self, number: str) -> str:
        return mask_phone(number) if self.profile == "masked" else number

    def account(self, number: str) -> str:
        """Return a bank account, masked down to its first and last four digits."""
        if self.profile != "masked" or len(number) < 9:
            return number
        return f"{number[:4]}{'*' * (len(number) - 8)}{number[-4:]}"

    def fact(self, record: Entity, name: str) -> str:
        """Return a fact of a record as it is printed; an empty text where the register knows nothing."""
        prop = self.schema.property(record.LIST, name)
        value = record.get(name)
        if prop is None or value is None or value == "":
            return ""
        if name == "member_count" and value == 0:
            return ""  # nobody has counted yet; no household has no members
        if name in _ACCOUNTS:
            return self.account(str(value))
        shown = self._typed(prop, str(value)) or display(prop, value, self.schema)
        return f"{shown}年" if name.endswith("_year") else shown

    def _typed(self, prop: Property, text: str) -> str:
        match prop.type:
            case "date":
                return date_zh(text)
            case "month":
                return month_zh(text)
            case "id_number":
                return self.id_number(text)
            case "phone":
                return self.phone(text)
            case _:
                return yuan(text) if prop.unit == "元" else ""

    def birth(self, person: Person) -> str:
        """Return year and month of birth, with the age in completed years on the day of printing."""
        born = birth_of(person, self.today)
        return f"{born.year}年{born.month}月\n{age_on(born, self.today)}周岁" if born else ""

    def birth_month(self, person: Person) -> str:
        """Return year and month of birth only."""
        born = birth_of(person, self.today)
        return f"{born.year}年{born.month}月" if born else ""
