"""The automaton says what Python's own matcher says, wherever that one is safe to ask."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.xform.values.pattern import matches

ATOMS = st.sampled_from(["a", "b", "[ab]", "[^a]", ".", r"\d", "(?:ab|b)", "(a|b)", "1"])
QUANTIFIERS = st.sampled_from(["", "*", "+", "?", "{2}", "{1,2}", "{0,}", "*?"])
PATTERNS = st.lists(st.tuples(ATOMS, QUANTIFIERS).map("".join), min_size=1, max_size=4).map("".join)
TEXTS = st.text("ab1", max_size=8)


@given(PATTERNS, TEXTS)
def test_whole_matches_agree_with_re(pattern: str, text: str) -> None:
    assert matches(text, pattern) == bool(re.fullmatch(pattern, text))


@given(PATTERNS, TEXTS)
def test_searches_agree_with_re(pattern: str, text: str) -> None:
    assert matches(text, pattern, search=True) == bool(re.search(pattern, text))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("^[0-9]{17}[0-9Xx]$", "41010119900101123X", True),
        ("^[0-9]{17}[0-9Xx]$", "4101011990010112", False),
        (r"[\u4e00-\u9fa5]{2,4}", "张三丰", True),
        (r"\p{IsHan}+", "张三", True),
        (r"\p{L}+", "Zhang三", True),
        (r"\p{L}+", "Zhang3", False),
        (r"1[3-9]\d{9}", "13800138000", True),
        (r"(?=.*\d).{3,}", "ab1", True),
        (r"(?=.*\d).{3,}", "abc", False),
        (r"a\.b", "axb", False),
        ("", "", True),
        ("[]a]+", "]a", True),
        (r"[\w.+-]+@[\w-]+\.[a-z]{2,}", "a.b@example.cn", True),
    ],
)
def test_patterns_of_real_forms(pattern: str, text: str, expected: bool) -> None:
    assert matches(text, pattern) is expected
