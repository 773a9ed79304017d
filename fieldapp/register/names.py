"""Names of people: the one separator inside them is U+00B7, whatever dot was typed (民委发〔2016〕33号)."""

from __future__ import annotations

import re

__all__ = ["DOTS", "one_dot"]

#: Every dot that stands for the separator.
DOTS = str.maketrans(dict.fromkeys("・•‧．●∙⋅･", "·"))
_BETWEEN_HAN = re.compile(
    r"(?<=[\u3400-\u9fff\U00020000-\U000323af])\s*[·.]\s*(?=[\u3400-\u9fff\U00020000-\U000323af])"
)


def one_dot(name: str) -> str:
    """Return a name with its separators as U+00B7; every character of the name stays as it is."""
    return _BETWEEN_HAN.sub("·", name.translate(DOTS))
