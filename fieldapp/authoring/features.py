"""What of the ODK standard this program supports: the one list behind ``form check`` and the table in the docs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

__all__ = ["FEATURES", "Feature", "as_json", "as_markdown", "unsupported_types"]

Support = Literal["yes", "partly", "no"]


@dataclass(frozen=True, slots=True)
class Feature:
    """One feature: its group and name, how far it is supported, and what to do instead where it is not."""

    group: str
    name: str
    support: Support
    note_zh: str = ""
    note_en: str = ""
    #: survey types, appearances, parameters or elements that ``form check`` refuses
    refused: tuple[str, ...] = ()


def _yes(group: str, *names: str) -> list[Feature]:
    return [Feature(group, name, "yes") for name in names]


FEATURES: list[Feature] = [
    *_yes("question types", "text", "integer", "decimal", "date", "time", "dateTime", "note", "calculate", "hidden"),
    *_yes("question types", "select_one", "select_multiple", "rank", "range", "acknowledge / trigger"),
    *_yes("question types", "select_one_from_file / select_multiple_from_file (csv, xml, geojson)", "or_other"),
    *_yes("question types", "image", "signature", "audio", "video", "file", "barcode"),
    *_yes("question types", "geopoint", "geotrace", "geoshape"),
    *_yes("metadata", "start", "end", "today", "deviceid", "username", "phonenumber", "email", "instanceName"),
    *_yes("metadata", "audit", "audit: track-changes", "audit: identify-user"),
    Feature("metadata", "audit: track-changes-reasons", "partly", "日志里有这一列，走访填表页还不追问原因。", "The log has the column; the visit page does not yet ask for the reason."),
    Feature("metadata", "audit: location-priority, location-min-interval, location-max-age", "no", "本程序不采集位置，请删去这些参数。", "No position is ever taken; remove these parameters.", ("location-priority=", "location-min-interval=", "location-max-age=")),
    Feature("metadata", "start-geopoint", "no", "请改用普通的 geopoint 题。", "Use an ordinary geopoint question.", ("start-geopoint",)),
    Feature("metadata", "background-audio", "no", "请改用 audio 题。", "Use an audio question.", ("background-audio",)),
    *_yes("structure", "group", "nested groups", "repeat", "nested repeats", "repeat_count", "field-list"),
    *_yes("logic", "relevant", "constraint", "required", "readonly", "calculation", "default (fixed and computed)", "trigger"),
    *_yes("logic", "choice_filter", "select from repeat", "randomize", "setvalue on first load, load, new repeat, value changed"),
    *_yes("logic", "once()", "indexed-repeat()", "position(..)", "current()", "pulldata()", "last-saved", "jr:choice-name()"),
    *_yes("languages", "label, hint, guidance_hint, messages in several languages", "fallback to the default language"),
    *_yes("languages", "live ${…} in labels, hints and messages", "images of choices"),
    *_yes("lists", "internal lists", "CSV", "XML", "GeoJSON", "entity lists"),
    *_yes("entities", "create", "update", "create or update", "from groups and repeats (specification 2025.1)"),
    Feature("lists", "select_one_external", "no", "请改用 select_one_from_file。", "Use select_one_from_file.", ("select_one_external",)),
    Feature("lists", "search() appearance", "no", "请改用 select_one_from_file 和 choice_filter。", "Use select_one_from_file with choice_filter.", ("search(",)),
    Feature("appearances", "ex: and other apps", "no", "电脑上没有这些应用，请改用普通题型。", "There are no such apps on a laptop; use ordinary questions.", ("ex:", "printer:")),
    Feature("appearances", "non-Gregorian calendars", "no", "请用公历日期。", "Use Gregorian dates.", ("ethiopian", "coptic", "islamic", "bikram-sambat", "myanmar", "persian")),
    *_yes("appearances", "minimal", "multiline", "likert", "quick", "columns", "label / list-nolabel", "numbers", "signature", "month-year", "year", "thousands-sep"),
    Feature("appearances", "maps (placement-map, select from map)", "partly", "没有离线地图，改为填写经纬度。", "There is no offline map; coordinates are typed."),
    Feature("sending", "encrypted submissions (public_key)", "no", "本程序自己加密，请删去 settings 里的 public_key。", "The program encrypts by itself; remove public_key from the settings.", ("public_key",)),
]  # fmt: skip


def unsupported_types() -> dict[str, Feature]:
    """Return the features that are refused, by the word in the form that asks for them."""
    return {word: feature for feature in FEATURES for word in feature.refused}


def as_json() -> str:
    """Return docs/forms/features.json."""
    return json.dumps([asdict(feature) for feature in FEATURES], ensure_ascii=False, indent=1) + "\n"


def as_markdown() -> str:
    """Return docs/forms/features.md."""
    from fieldapp.xform.expr.functions import STANDARD

    marks = {"yes": "✓ 支持", "partly": "部分支持", "no": "✗ 不支持"}
    lines = [
        "# 支持的表单功能 · Supported form features",
        "",
        "由 `python -m fieldapp form features --markdown` 生成。不支持的写法会被 `form check` 拒绝，不会悄悄忽略。",
        "Generated; what is not supported is refused by `form check`, never ignored.",
    ]
    for group in dict.fromkeys(feature.group for feature in FEATURES):
        lines += ["", f"## {group}", "", "| feature | | 说明 · note |", "|---|---|---|"]
        lines += [
            f"| {f.name} | {marks[f.support]} | {f.note_zh}{' ' if f.note_zh else ''}{f.note_en} |"
            for f in FEATURES
            if f.group == group
        ]
    names = ", ".join(f"`{name}`" for name in sorted(STANDARD) if not name.startswith("__"))
    return "\n".join([*lines, "", "## functions", "", names]) + "\n"
