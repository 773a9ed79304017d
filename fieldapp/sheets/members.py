"""Members of a household as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable

from fieldapp.register.entities import Person
from fieldapp.sheets.settings import Column
from fieldapp.sheets.wording import Wording

__all__ = ["column_heads", "member_cells"]

#: Long labels of the national system as a narrow column shows them.
_SHORT = {
    "文盲或半文盲": "文盲或\n半文盲",
    "弱劳动力或半劳动力": "弱劳动力或\n半劳动力",
    "城乡居民基本医疗保险": "居民医保",
    "城镇职工基本医疗保险": "职工医保",
    "城乡居民基本养老保险": "居民养老",
    "城镇职工基本养老保险": "职工养老",
}


def column_heads(columns: Iterable[Column]) -> list[dict[str, object]]:
    """Return head and width of each column."""
    return [
        {"head": column.head, "width": column.width_mm, "name": column.show == ("name",)}
        for column in columns
    ]


def member_cells(person: Person, columns: Iterable[Column], words: Wording) -> list[str]:
    """Return what each column says of a member; an empty text where nothing is known."""
    return [
        "\n".join(text for text in (_word(person, name, words) for name in column.show) if text)
        for column in columns
    ]


def _word(person: Person, name: str, words: Wording) -> str:
    match name:
        case "birth":
            return words.birth(person)
        case "birth_month":
            return words.birth_month(person)
        case "work":
            months = words.fact(person, "work_months")
            place = words.fact(person, "work_place")
            return "\n".join(text for text in (place, months.replace("月", "个月")) if text)
        case "medical_short":
            return _insurance(words.fact(person, "medical_insurance"), "未参医保")
        case "pension_short":
            return _insurance(words.fact(person, "pension_insurance"), "未参养老")
        case "health":
            return words.fact(person, name).replace("、", "\n")
        case _:
            label = words.fact(person, name)
            return _SHORT.get(label, label)


def _insurance(label: str, none: str) -> str:
    return none if label == "未参加" else _SHORT.get(label, label)
