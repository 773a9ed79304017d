"""Proposals in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from fieldapp.services.proposals import Decided, ProposalLine

__all__ = ["FakeProposals", "proposal_line"]


def proposal_line(number: int, **told: object) -> ProposalLine:
    """Return a waiting line."""
    line = ProposalLine(
        id=f"proposal{number}",
        household_id="h0001",
        head_name="买买提·吐尔逊·阿卜杜热合曼",
        area_code="411025101201",
        group_name="三组",
        list="persons",
        entity_id="p1",
        name="education",
        kind="members",
        subject="张小宝",
        item="文化程度",
        old_text="小学",
        new_text="初中",
        now_text="小学",
        standing="fits",
        state="waiting",
        creates=False,
        author_id="s7",
        author_name="王芳",
        visit_id="v1",
        proposed_on="2026-11-20",
        decided_by="",
        decided_text="",
        note="",
        order=number,
    )
    return replace(line, **told)  # type: ignore[arg-type]  # a test names the fields it means


class FakeProposals:
    """What was decided is kept; ``clerk`` tells who looks."""

    def __init__(self) -> None:
        self.clerk = False
        self.lines: list[ProposalLine] = []
        self.acts: list[tuple[str, ...]] = []

    def decides(self) -> bool:
        return self.clerk

    def count(self) -> int:
        return len(self.waiting())

    def waiting(self) -> list[ProposalLine]:
        return [line for line in self.lines if line.state == "waiting"]

    def mine(self) -> list[ProposalLine]:
        return [line for line in self.lines if line.state in ("waiting", "returned")]

    def returned(self) -> list[ProposalLine]:
        return [line for line in self.lines if line.state == "returned"]

    def of_household(self, household_id: str) -> list[ProposalLine]:
        return [line for line in self.lines if line.household_id == household_id]

    def choices(self, id: str) -> tuple[str, ...]:
        return ("小学", "初中", "高中")

    def confirm(self, ids: Sequence[str], *, overtaken_too: bool = False) -> Decided:
        left = [
            each for each in self.lines if each.id in ids and each.standing == "stale" and not overtaken_too
        ]
        done = [id for id in ids if id not in {each.id for each in left}]
        return self._decide("confirmed", done, tuple(left))

    def correct(self, id: str, text: str, reason: str) -> Decided:
        self.acts.append(("value", text, reason))
        return self._decide("corrected", [id])

    def give_back(self, ids: Sequence[str], note: str) -> Decided:
        self.acts.append(("note", note))
        return self._decide("returned", list(ids))

    def put_away(self, ids: Sequence[str]) -> None:
        self._decide("withdrawn", list(ids))

    def undo(self, decided: Decided) -> None:
        self.lines = [replace(line, state="waiting") for line in self.lines]

    def _decide(self, state: str, ids: list[str], left: tuple[ProposalLine, ...] = ()) -> Decided:
        self.acts.append((state, *ids))
        self.lines = [replace(line, state=state) if line.id in ids else line for line in self.lines]
        return Decided(len(ids), left)
