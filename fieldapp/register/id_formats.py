"""The six ways offices ask for an identity number, and the one that is safe where nobody asked."""

from __future__ import annotations

from typing import Literal, get_args

from fieldapp.register.identity import mask_id_number, normalise_id_number

__all__ = [
    "DEFAULT_FORMAT",
    "FORMAT_WORDS",
    "IdFormat",
    "format_id_number",
    "format_of_word",
    "is_whole",
    "split_id_number",
]

IdFormat = Literal["plain", "quoted", "masked", "last4", "split", "upper"]
#: Outside the archive nobody sees a whole number unless an office asks for it.
DEFAULT_FORMAT: IdFormat = "masked"
#: What a placeholder may say behind its colon, and what the page calls it.
FORMAT_WORDS: dict[IdFormat, tuple[str, str]] = {
    "masked": ("隐", "masked"),
    "plain": ("原样", "as it is"),
    "quoted": ("引号", "with an apostrophe"),
    "last4": ("后四位", "last four"),
    "split": ("分格", "one character a cell"),
    "upper": ("大写", "18 characters, X upper"),
}
_ALSO: dict[str, IdFormat] = {
    "隐去": "masked",
    "遮": "masked",
    "后4位": "last4",
    "拆分": "split",
    "大写X": "upper",
    "全": "plain",
}
_PERSON_PART = 18


def format_id_number(number: str, form: IdFormat) -> str:
    """Return a certificate's number in a form; nothing stays nothing.

    ``upper`` and ``split`` give the identity number itself, which is the first 18 characters of a disability certificate.
    """
    if not number:
        return ""
    match form:
        case "plain":
            return number
        case "quoted":
            return f"'{number}"
        case "masked":
            return mask_id_number(normalise_id_number(number))
        case "last4":
            return normalise_id_number(number)[:_PERSON_PART][-4:]
        case "split":
            return " ".join(split_id_number(number))
        case "upper":
            return normalise_id_number(number)[:_PERSON_PART]


def split_id_number(number: str) -> tuple[str, ...]:
    """Return the characters of the identity number, one for each box of a form."""
    return tuple(normalise_id_number(number)[:_PERSON_PART])


def is_whole(form: IdFormat) -> bool:
    """Whether the number can be read back from what the form shows."""
    return form in ("plain", "quoted")


def format_of_word(word: str) -> IdFormat | None:
    """Return the form that a placeholder asks for in Chinese or by its English key."""
    if word in get_args(IdFormat):
        return next(form for form in FORMAT_WORDS if form == word)
    by_word = {zh: form for form, (zh, _) in FORMAT_WORDS.items()}
    return by_word.get(word) or _ALSO.get(word)
