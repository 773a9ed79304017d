"""The clerk's gate in the demo: a helper's laptop proposes, the clerk confirms one and returns one, the helper is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from fieldapp.demo.errors import GATE_FAILED
from fieldapp.demo.visits import PROPOSED_NAME, PROPOSING, run_visit
from fieldapp.services.worklist import WorkFilter

if TYPE_CHECKING:
    from fieldapp.services.proposals import ProposalLine
    from fieldapp.services.workspace import Workspace

__all__ = ["RETURNED_BECAUSE", "gate_screens", "walk_gate"]

RETURNED_BECAUSE = "请先问供水站：是检修停水还是一直缺水"
_PICTURES = ("waiting", "told")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the clerk finds: the new member's facts, and the doubtful answer about the water."""

    member: tuple[ProposalLine, ...]
    water: tuple[ProposalLine, ...]


def walk_gate(
    clerk: Workspace,
    helper: Workspace,
    sync: Callable[[Workspace], None],
    screens: Path,
    besides: Collection[str] = (),
) -> dict[str, object]:
    """Walk from the helper's door to the clerk's decision and back, in a household ``besides`` those that were visited;
    return what the summary tells. ``screens`` takes two pictures for :func:`gate_screens`. Raises DEMO-003 when a step
    did not come to what it must.
    """
    home = _home(clerk, helper, besides)
    visit_id = run_visit(helper.visits, home, PROPOSING, helper.today())
    sync(helper)
    sync(clerk)
    _expect(not _has_member(clerk, home), "未经信息员确认，新成员已在底册里")
    asked = _asked(clerk, home, visit_id)
    _picture(clerk, "proposals", screens / f"{_PICTURES[0]}.png")
    confirmed = clerk.proposals.confirm([asked.member[0].id]).done
    returned = clerk.proposals.give_back([line.id for line in asked.water], RETURNED_BECAUSE).done
    sync(clerk)
    sync(helper)
    _expect(confirmed == len(asked.member), "信息员没有确认新成员的全部内容")
    _expect(_has_member(helper, home), "信息员确认后，帮扶责任人的电脑上没有新成员")
    back = helper.proposals.returned()
    _expect(bool(back) and all(line.note == RETURNED_BECAUSE for line in back), "退回的说明没有送到")
    _picture(helper, home, screens / f"{_PICTURES[1]}.png")
    return {
        "household": home,
        "visit": visit_id,
        "confirmed": confirmed,
        "returned": returned,
        "told": [line.note for line in back],
        "waiting": clerk.proposals.count(),
    }


def gate_screens(made: list[Path], screens: Path, kept: Path) -> list[Path]:
    """Put the pictures of the gate behind those of the pages, numbered on."""
    moved = []
    for number, name in enumerate(_PICTURES, start=len(made) + 1):
        path = screens / f"{number:02d}-gate-{name}.png"
        shutil.move(kept / f"{name}.png", path)
        moved.append(path)
    return [*made, *moved]


def _home(clerk: Workspace, helper: Workspace, besides: Collection[str]) -> str:
    """Return a household of the helper's in the clerk's village, whose water is registered as safe."""
    mine = {row.household_id for row in clerk.worklist.rows(clerk.worklist.ids(WorkFilter()))} - set(besides)
    for row in helper.worklist.rows(helper.worklist.ids(WorkFilter())):
        if row.household_id in mine and row.member_count >= 2:
            household = helper.households.file(row.household_id).household
            if household.get("water_ok") is not False:
                return row.household_id
    raise GATE_FAILED(reason="帮扶责任人在本村没有合适的农户")


def _asked(clerk: Workspace, home: str, visit_id: str) -> _Asked:
    lines = [line for line in clerk.proposals.waiting() if line.visit_id == visit_id]
    _expect(all(line.household_id == home for line in lines), "待确认变更记在了别的农户名下")
    member = tuple(line for line in lines if line.creates)
    water = tuple(line for line in lines if line.list == "households")
    _expect(bool(member) and bool(water), "信息员的电脑没有收到待确认变更")
    return _Asked(member, water)


def _has_member(workspace: Workspace, home: str) -> bool:
    return PROPOSED_NAME in {member.name for member in workspace.households.file(home).members}


def _expect(holds: bool, reason: str) -> None:
    if not holds:
        raise GATE_FAILED(reason=reason)


def _picture(workspace: Workspace, what: str, path: Path) -> None:
    from fieldapp.ui.grab import grab_household, grab_page

    if what == "proposals":
        grab_page(workspace, what, path)
    else:
        grab_household(workspace, what, path)
