"""What every sheet has around its content: fonts, binding, watermark, foot and mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fieldapp.register.schema import RegisterSchema, register_schema
from fieldapp.sheets.fonts import SHIPPED, FontChoice
from fieldapp.sheets.paper import HouseholdPaper, PrintStamp, Profile
from fieldapp.sheets.wording import date_zh

__all__ = ["PrintSetup", "frame_of"]

_PROFILE_MARK = {"full": "", "masked": "内部使用　注意保密"}


@dataclass(frozen=True)
class PrintSetup:
    """How an office prints: on both sides of the paper or on one, in which fonts, with which templates and codes of its own.

    On both sides the binding margin changes with the page and every sheet begins on a front side.
    """

    duplex: bool = True
    fonts: FontChoice = SHIPPED
    county_templates: Path | None = None
    schema: RegisterSchema = field(default_factory=register_schema)


def frame_of(
    *,
    title: str,
    about: HouseholdPaper | None,
    version: str,
    stamp: PrintStamp,
    profile: Profile,
    setup: PrintSetup,
    rare_names: Sequence[str],
) -> dict[str, object]:
    """Return the frame of one document as the templates read it."""
    printed_on = date_zh(stamp.printed_on.isoformat())
    watermark = f"内部使用　{stamp.printed_by}　{stamp.printed_on.isoformat()}" if profile == "masked" else ""
    return {
        "title": title,
        "fonts": {
            "text": list(setup.fonts.text_chain),
            "title": list(setup.fonts.title_chain),
            "head": list(setup.fonts.head_chain),
            "rare": list(setup.fonts.rare_chain),
        },
        "rare_names": list(rare_names),
        "duplex": setup.duplex,
        "watermark": watermark,
        "profile_mark": _PROFILE_MARK[profile],
        "head_name": about.household.head_name if about else "",
        "place": about.place if about else "",
        "foot_left": f"户编号 {about.household.house_no}" if about else "",
        "version": version,
        "foot_right": "　".join(
            part for part in (f"{stamp.printed_by} {printed_on}打印", stamp.purpose) if part
        ),
    }
