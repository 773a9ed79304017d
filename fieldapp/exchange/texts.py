"""Cleaning of cell texts: what Excel, WPS and people put around a value without meaning it.

Names keep every character of GB 18030 as it is: only spaces go, and the separator of long names becomes U+00B7, the one
that the twelve ministries prescribe (民委发〔2016〕33号). Codes, numbers and headings are folded to half width (NFKC).
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["clean_key", "clean_name", "clean_text", "folded", "mask_name"]

#: Spaces of all kinds, NBSP, U+3000, zero-width marks, the byte-order mark, and the soft hyphen.
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff\u00ad]+")
#: Excel's "this is text" apostrophe, also as the full-width and curly ones people type.
_APOSTROPHE = re.compile(r"^['‘’＇` ]+")
_DOTS = re.compile("[・•‧．●∙⋅᛫｡･]")
_LATIN_DOT = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U000323af])\.(?=[\u3400-\u9fff\U00020000-\U000323af])"
)
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")


def clean_text(text: str) -> str:
    """Return a text without apostrophe in front and spaces around; inner runs of spaces become one."""
    if text.isalnum():  # nothing to clean: nine cells in ten
        return text
    return _SPACES.sub(" ", _APOSTROPHE.sub("", _SPACES.sub(" ", text).strip())).strip()


def clean_name(text: str) -> str:
    """Return a person's name: no padding (张　三 → 张三), the separator as U+00B7, the characters untouched."""
    name = _BETWEEN_HAN.sub("", clean_text(text))
    return _LATIN_DOT.sub("·", _DOTS.sub("·", name))


def clean_key(text: str) -> str:
    """Return a number that is a text (户编号, an account): half width, no spaces at all, no apostrophe."""
    if text.isascii() and text.isalnum():
        return text.upper()
    return _SPACES.sub("", _APOSTROPHE.sub("", unicodedata.normalize("NFKC", text).strip())).upper()


def folded(text: str) -> str:
    """Return a heading, sheet name or label for comparison: half width, no spaces, no marks of required columns."""
    if text.isascii() and text.isalnum():  # a number or a code: nothing to fold
        return text
    return _SPACES.sub("", unicodedata.normalize("NFKC", text)).strip("*:'")


def mask_name(name: str) -> str:
    """Return a name as reports show it: the first character and stars."""
    return name if len(name) < 2 else name[0] + "*" * (len(name) - 1)
