"""Four scripted visits: at the door with photo, screen signature and a roster change; by phone; nobody home; from paper."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from fieldapp.services.visits import VisitDraft, Visits, VisitStart

__all__ = ["PLANTED_NAME", "PROPOSED_NAME", "PROPOSING", "SCRIPTS", "ScriptedVisit", "run_visit"]

#: Typed in the first visit; it must not be found in the data folder in any encoding.
PLANTED_NAME = "禤穗禾禾"
#: Typed in the helper's visit, whose new member the clerk confirms; hidden in the same way.
PROPOSED_NAME = "禤穗青青"

_ALL_GOOD = {
    f"/data/state/{name}": "yes"
    for name in ("food_ok", "clothes_ok", "housing_ok", "schooling_ok", "medical_ok", "water_ok")
}


@dataclass(frozen=True, slots=True)
class ScriptedVisit:
    """A visit's answers by ref; ``more`` does what an answer cannot (photos, roster)."""

    title: str
    source: VisitStart
    days_ago: int
    answers: Mapping[str, str]
    more: Callable[[Visits, VisitDraft], None] | None = None


def run_visit(visits: Visits, household_id: str, script: ScriptedVisit, today: date) -> str:
    """Fill the form as a person would, autosave on the way, finish; return the visit's id."""
    draft = visits.start(household_id, script.source, today - timedelta(days=script.days_ago))
    for ref, value in script.answers.items():
        draft.session.set(ref, value)
        visits.autosave(draft)
    if script.more is not None:
        script.more(visits, draft)
    return visits.finish(draft)


def _door(visits: Visits, draft: VisitDraft) -> None:
    _newborn(draft, PLANTED_NAME)
    expense = draft.session.add_repeat("/data/expenses")
    draft.session.set(f"{expense}/expense_item", "住院")
    draft.session.set(f"{expense}/expense_amount", "3260.50")
    visits.attach(draft, "/data/photos/photo_1", "门口.jpg", _photo())
    visits.attach(draft, "/data/sign/signature", "signature.png", _signature())


def _newborn(draft: VisitDraft, name: str) -> None:
    baby = draft.session.add_repeat("/data/members")
    answers = {
        "name": name,
        "relationship": "granddaughter",
        "sex": "female",
        "birth_date": "2026-10-08",
        "health": "healthy",
        "member_state": "joined",
        "joined_reason": "birth",
    }
    for question, value in answers.items():
        draft.session.set(f"{baby}/{question}", value)


def _photo() -> bytes:
    """Return a drawn stand-in for a photo of a house: synthetic, like all of the demo."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (1280, 960), (188, 214, 235))
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 640, 1280, 960), fill=(150, 160, 120))
    draw.rectangle((300, 380, 980, 760), fill=(222, 208, 180))
    draw.polygon(((250, 390), (640, 190), (1030, 390)), fill=(150, 82, 62))
    draw.rectangle((560, 540, 700, 760), fill=(96, 66, 48))
    draw.rectangle((370, 470, 490, 580), fill=(120, 150, 170))
    return _encoded(image, "JPEG")


def _signature() -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("L", (840, 300), 255)
    draw = ImageDraw.Draw(image)
    points = [(90 + 11 * step, 150 + (40 if step % 3 else -50) + step % 7 * 6) for step in range(60)]
    draw.line(points, fill=20, width=7, joint="curve")
    return _encoded(image, "PNG")


def _encoded(image: object, kind: str) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind)  # type: ignore[attr-defined]  # Pillow's image
    return stream.getvalue()


SCRIPTS: tuple[ScriptedVisit, ...] = (
    ScriptedVisit(
        "door",
        "onsite",
        0,
        {
            **_ALL_GOOD,
            "/data/state/water_ok": "no",
            "/data/state/water_problem": "supply",
            "/data/state/water_note": "入冬后每天上午停水两小时",
            "/data/state/changes": "members income",
            "/data/state/change_note": "十月添了一个孙女，儿子回乡务工",
            "/data/state/income_trend": "up",
            "/data/help/requests": "想了解新生儿参保怎么办",
            "/data/help/request_open": "yes",
            "/data/help/solved": "现场帮助填好新生儿参保材料",
            "/data/sign/signing": "screen",
        },
        _door,
    ),
    ScriptedVisit(
        "phone",
        "remote",
        0,
        {
            **_ALL_GOOD,
            "/data/how/phone": "13800000000",
            "/data/how/answered_by": "family",
            "/data/state/income_trend": "same",
            "/data/sign/signing": "phone",
        },
    ),
    ScriptedVisit(
        "nobody",
        "onsite",
        0,
        {"/data/how/outcome": "nobody", "/data/how/not_met_note": "邻居说去县城看病，已留走访未遇联系单"},
    ),
    ScriptedVisit(
        "paper",
        "paper",
        12,
        {
            **_ALL_GOOD,
            "/data/state/changes": "job",
            "/data/state/change_note": "儿媳到镇上就业帮扶车间上班",
            "/data/state/income_trend": "up",
            "/data/help/solved": "帮助联系技能培训报名",
            "/data/sign/signing": "paper",
        },
    ),
)

#: A helper's visit: a newborn and doubtful water, both for the clerk to decide.
PROPOSING = ScriptedVisit(
    "proposing",
    "onsite",
    0,
    {
        **_ALL_GOOD,
        "/data/state/water_ok": "no",
        "/data/state/water_problem": "supply",
        "/data/state/water_note": "当天上午停水",
        "/data/state/changes": "members",
        "/data/state/change_note": "十月添了一个孙女",
        "/data/state/income_trend": "same",
        "/data/help/solved": "帮助准备上户口的材料",
        "/data/sign/signing": "paper",
    },
    lambda _, draft: _newborn(draft, PROPOSED_NAME),
)
