"""The little markdown of ODK labels as rich text for a label: emphasis, headings, colours; never pictures or markup.

Everything is escaped first, so an answer piped into a label can neither load a file nor draw a button.
Source: https://docs.getodk.org/form-styling/
"""

from __future__ import annotations

import html
import re

__all__ = ["is_styled", "rich_text"]

_STYLED = re.compile(r"[*_#\n]|\]\(|<span|<br")
_HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
_SPAN = re.compile(
    r"&lt;span style=(?:&quot;|&#x27;)\s*((?:(?:color|font-weight|font-style)\s*:\s*[#\w-]+\s*;?\s*)+)(?:&quot;|&#x27;)&gt;"
    r"(.*?)&lt;/span&gt;",
    re.DOTALL,
)
_INLINE = (
    (re.compile(r"\*\*(\S(?:.*?\S)?)\*\*"), r"<b>\1</b>"),
    (re.compile(r"(?<![\w*])__(\S(?:.*?\S)?)__(?!\w)"), r"<b>\1</b>"),
    (re.compile(r"\*(\S(?:.*?\S)?)\*"), r"<i>\1</i>"),
    (re.compile(r"(?<![\w_])_(\S(?:.*?\S)?)_(?!\w)"), r"<i>\1</i>"),
    # The program is offline: a link shows its text and address, it is not followed.
    (re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)"), r"\1（\2）"),
    (re.compile(r"&lt;br\s*/?&gt;"), "<br>"),
)


def is_styled(text: str) -> bool:
    """Tell whether a label needs rich text at all; plain text is drawn faster."""
    return _STYLED.search(text) is not None


def rich_text(text: str) -> str:
    """Return a label's text as safe rich text."""
    return "<br>".join(_line(line) for line in text.split("\n"))


def _line(line: str) -> str:
    heading = _HEADING.match(line)
    escaped = html.escape(heading.group(2) if heading else line)
    escaped = _SPAN.sub(r'<span style="\1">\2</span>', escaped)
    for pattern, replacement in _INLINE:
        escaped = pattern.sub(replacement, escaped)
    return f"<b>{escaped}</b>" if heading else escaped
