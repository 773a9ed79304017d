"""Every sentence exists in Chinese and in English, with the same places to fill."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from fieldapp.common.errors import ErrorSpec
from fieldapp.ui import text as texts
from fieldapp.ui.text import choose, error_remedy, error_sentence, language, say, set_language

_UI = Path(texts.__file__).parent
_ERROR = ErrorSpec("TEXT-001", zh="缺 {n} 项", en="{n} missing", remedy_zh="补上", remedy_en="add them")


def _pairs() -> Iterator[tuple[str, str, str]]:
    for path in sorted(_UI.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "say":
                place = f"{path.relative_to(_UI)}:{node.lineno}"
                zh, en = node.args
                # Two texts from data (a parser's refusal) pass through as they are.
                if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
                    yield place, str(zh.value), str(en.value)
                else:
                    assert not isinstance(zh, ast.Constant), (
                        f"{place}: the English must stand there literally"
                    )


def _places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}


def test_every_sentence_has_both_languages() -> None:
    pairs = list(_pairs())
    assert len(pairs) > 200
    for place, zh, en in pairs:
        assert zh.strip(), place
        assert en.strip(), place


def test_the_english_fills_no_place_that_the_call_does_not_give() -> None:
    for place, zh, en in _pairs():
        # A date is 11月22日 in Chinese and 2026-11-22 in English: each may use its own of the values given.
        if _places(zh) != _places(en):
            assert place.startswith("pages/today.py"), f"{place}: {zh!r} and {en!r} fill different places"


def test_chinese_sentences_are_chinese() -> None:
    technical = {"{source}", "{since} {who}"}
    for place, zh, _ in _pairs():
        assert zh in technical or any(
            "\u4e00" <= sign <= "\u9fff" or sign in "，。：；（）" for sign in zh
        ), f"{place}: {zh!r}"


def test_chinese_is_the_language_unless_told_otherwise() -> None:
    assert language() == "zh"
    assert say("共 {n} 户", "{n} households", n=3) == "共 3 户"
    set_language("en")
    assert say("共 {n} 户", "{n} households", n=3) == "3 households"
    assert choose("甲", "a") == "a"


def test_errors_speak_the_language_in_use() -> None:
    error = _ERROR(n=2)
    assert (error_sentence(error), error_remedy(error)) == ("缺 2 项", "补上")
    set_language("en")
    assert (error_sentence(error), error_remedy(error)) == ("2 missing", "add them")


def test_a_brace_in_a_value_is_left_alone() -> None:
    assert say("「{text}」", "“{text}”", text="{x}") == "「{x}」"


@pytest.mark.parametrize("language_code", ["zh", "en"])
def test_a_sentence_without_values_may_hold_braces(language_code: texts.Language) -> None:
    set_language(language_code)
    assert say("{", "{") == "{"
