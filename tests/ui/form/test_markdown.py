"""Labels may be styled as ODK allows, and can do nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldapp.ui.viewmodels.form_markdown import is_styled, rich_text


@pytest.mark.parametrize(
    ("label", "rich"),
    [
        ("**重要**的事", "<b>重要</b>的事"),
        ("_提示_", "<i>提示</i>"),
        ("*提示*", "<i>提示</i>"),
        ("# 第一部分", "<b>第一部分</b>"),
        ("一行\n两行", "一行<br>两行"),
        ("[说明](https://example.org)", "说明（https://example.org）"),
        ('<span style="color:red">停</span>', '<span style="color:red">停</span>'),
        ("food_ok_note", "food_ok_note"),
        ("3 * 4 * 5", "3 * 4 * 5"),
    ],
)
def test_the_markdown_of_odk_is_shown(label: str, rich: str) -> None:
    assert rich_text(label) == rich


@pytest.mark.parametrize(
    "label",
    [
        '<img src="file:///etc/passwd">',
        '<span style="background:url(http://x/y)">a</span>',
        "<script>alert(1)</script>",
        '<a href="http://example.org">x</a>',
    ],
)
def test_markup_is_shown_as_text(label: str) -> None:
    assert "<img" not in rich_text(label)
    assert "<script" not in rich_text(label)
    assert "<a " not in rich_text(label)
    assert "<span" not in rich_text(label)


@given(st.text(max_size=60))
def test_no_tag_comes_through_that_is_not_ours(label: str) -> None:
    rich = rich_text(label)
    for ours in ("<b>", "</b>", "<i>", "</i>", "<br>", "</span>"):
        rich = rich.replace(ours, "")
    assert "<" not in rich.replace("<span style=", "")


def test_plain_labels_need_no_rich_text() -> None:
    assert not is_styled("住房安全")
    assert is_styled("**住房**")
