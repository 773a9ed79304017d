"""How names are read aloud: full pinyin and initials, with the readings that surnames have.

pypinyin is loaded at the first name that is indexed; the reading of each character is remembered, so that 37,000
names take a fraction of a second.
"""

from __future__ import annotations

import functools
import itertools
import os
import re
from collections.abc import Iterator

__all__ = ["readings_of", "syllables"]

# Surnames that are read otherwise than the character alone (现代汉语词典, 姓氏读音). Where both readings are alive,
# both find the household.
_COMPOUND = {
    "尉迟": ("yu", "chi"),
    "万俟": ("mo", "qi"),
    "长孙": ("zhang", "sun"),
    "澹台": ("tan", "tai"),
    "单于": ("chan", "yu"),
    "鲜于": ("xian", "yu"),
    "令狐": ("ling", "hu"),
    "宰父": ("zai", "fu"),
    "皇甫": ("huang", "fu"),
    "欧阳": ("ou", "yang"),
    "司马": ("si", "ma"),
    "上官": ("shang", "guan"),
    "诸葛": ("zhu", "ge"),
    "夏侯": ("xia", "hou"),
    "东方": ("dong", "fang"),
    "慕容": ("mu", "rong"),
    "司徒": ("si", "tu"),
}
_SINGLE: dict[str, tuple[str, ...]] = {
    "单": ("shan",),
    "曾": ("zeng",),
    "仇": ("qiu",),
    "解": ("xie", "jie"),
    "查": ("zha",),
    "区": ("ou",),
    "朴": ("piao",),
    "盖": ("ge", "gai"),
    "翟": ("zhai", "di"),
    "缪": ("miao",),
    "乐": ("yue", "le"),
    "覃": ("qin", "tan"),
    "员": ("yun",),
    "召": ("shao",),
    "折": ("she",),
    "秘": ("bi",),
    "种": ("chong",),
    "重": ("chong",),
    "黑": ("he", "hei"),
    "能": ("nai",),
    "隗": ("wei", "kui"),
    "句": ("gou",),
    "谌": ("chen", "shen"),
    "牟": ("mu", "mou"),
    "都": ("du",),
    "繁": ("po", "fan"),
    "祭": ("zhai",),
    "洗": ("xian",),
    "郇": ("xun", "huan"),
    "佴": ("nai",),
    "卜": ("bu",),
}
# Characters of given names with two readings in use.
_GIVEN: dict[str, tuple[str, ...]] = {
    "长": ("chang", "zhang"),
    "乐": ("le", "yue"),
    "行": ("xing", "hang"),
    "朝": ("chao", "zhao"),
    "重": ("zhong", "chong"),
    "茜": ("xi", "qian"),
    "晟": ("sheng", "cheng"),
    "莘": ("xin", "shen"),
    "盛": ("sheng", "cheng"),
    "曾": ("zeng", "ceng"),
    "传": ("chuan", "zhuan"),
    "降": ("jiang", "xiang"),
    "柏": ("bai", "bo"),
    "贾": ("jia", "gu"),
    "参": ("can", "shen"),
    "藏": ("cang", "zang"),
    "的": ("di", "de"),
    "省": ("sheng", "xing"),
}
_MOST_READINGS = 8
_SYLLABLE = re.compile(r"[a-z]+")


def readings_of(name: str) -> Iterator[tuple[str, ...]]:
    """Yield the syllables of a name, once for each way of reading it (at most eight). ü is v, as on keyboards."""
    surname = _surname(name)
    choices: list[tuple[str, ...]] = []
    if surname:
        choices += [(syllable,) for syllable in _COMPOUND[surname]]
        rest = name[len(surname) :]
    else:
        choices += [_SINGLE.get(name[:1]) or syllables(name[:1])]
        rest = name[1:]
    choices += [_GIVEN.get(char) or syllables(char) for char in rest]
    read = [choice for choice in choices if choice]
    yield from itertools.islice(itertools.product(*read), _MOST_READINGS)


@functools.lru_cache(maxsize=20_000)
def syllables(char: str) -> tuple[str, ...]:
    """Return the usual reading of one character; nothing when it has none. Latin letters read as themselves."""
    lowered = char.lower()
    if lowered.isascii():
        return (lowered,) if lowered.isalpha() else ()
    return tuple(text for text in _read(char) if _SYLLABLE.fullmatch(text))


def _read(char: str) -> list[str]:
    # Its dictionary of phrases takes a third of a second to load and says nothing about single characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, lazy_pinyin

    found: list[str] = lazy_pinyin(char, style=Style.NORMAL, errors="ignore")
    return found


def _surname(name: str) -> str:
    return name[:2] if name[:2] in _COMPOUND and len(name) > 2 else ""
