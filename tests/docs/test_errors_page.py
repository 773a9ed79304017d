"""The error catalogue and its page are one."""

from __future__ import annotations

import string

import pytest

from fieldapp.common.errors import ErrorSpec, KnownError, catalogue, define
from tests.docs.make_errors import PAGE, render_page


def test_the_page_of_errors_is_the_catalogue() -> None:
    assert PAGE.read_text("utf-8") == render_page(), "run: python -m tests.docs.make_errors"


def test_every_error_speaks_both_languages_and_offers_a_remedy() -> None:
    render_page()
    for spec in catalogue().values():
        assert all((spec.zh, spec.en, spec.remedy_zh, spec.remedy_en)), spec.code
        assert _chinese_or_filled_in(spec.zh), spec.code
        assert _chinese_or_filled_in(spec.remedy_zh), spec.code


def _chinese_or_filled_in(text: str) -> bool:
    """A sentence is Chinese, or it is a place where the room fills in its own (“{zh}”)."""
    return any("\u4e00" <= letter <= "\u9fff" for letter in text) or text.startswith("{")


def test_both_languages_name_the_same_details_or_fewer_in_the_remedy() -> None:
    render_page()
    formatter = string.Formatter()
    for spec in catalogue().values():
        names = [
            {_plain(name) for _, name, _, _ in formatter.parse(text) if name} for text in (spec.zh, spec.en)
        ]
        known = names[0] | names[1]
        assert known == names[0] or known == names[1] or not known, spec.code


def _plain(name: str) -> str:
    """A detail that is said in both languages comes twice: ``zh_what`` and ``en_what``, ``hint_zh`` and ``hint_en``."""
    return "_".join(part for part in name.split("_") if part not in ("zh", "en")) or "said"


def test_a_code_stands_for_one_text_only() -> None:
    taken = next(iter(catalogue().values()))
    with pytest.raises(ValueError, match="twice"):
        define(taken.code, zh="别的", en="another", remedy_zh="无", remedy_en="none")


def test_an_error_shows_its_details_and_its_code() -> None:
    spec = ErrorSpec("TEST-001", "第 {row} 行", "row {row}", "看第 {row} 行", "see row {row}")
    error = spec(row=7)
    assert isinstance(error, KnownError)
    assert str(error) == "TEST-001 第 7 行 / row 7"
    assert error.as_json()["remedy_zh"] == "看第 7 行"
