"""Roles: how far a cadre sees and what he or she may write. The post (职务) says what a person is; the role what for.

Levels and rights are separated (privacy rule of the sources): who checks the work of others writes nothing but what was
found. Requirements A001–A010.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["ROLES", "Role", "role_of"]


@dataclass(frozen=True, slots=True)
class Role:
    """A role. ``wide``: sees an area, not the paired households only; ``corrects``: may correct what a form may not
    write; ``lists``: the only lists it may write (None: all that its forms do); ``rank``: whose view is wider.
    """

    code: str
    zh: str
    en: str
    rank: int
    wide: bool = True
    corrects: bool = True
    lists: frozenset[str] | None = None

    def writes(self, list_name: str) -> bool:
        """Tell whether the role may write records of a list at all."""
        return self.lists is None or list_name in self.lists


#: What somebody who checks may write: what was found, and when.
_FOUND = frozenset({"inspections", "issues", "entries"})

ROLES: Mapping[str, Role] = {
    role.code: role
    for role in (
        Role("helper", "帮扶责任人", "Helper", 0, wide=False, corrects=False),
        Role("inspector", "督察抽查人员", "Inspector", 1, corrects=False, lists=_FOUND),
        Role("clerk", "村级信息员", "Village clerk", 2),
        Role("town", "乡镇工作人员", "Township staff", 3),
        Role("county", "县级工作人员", "County staff", 4),
    )
}


def role_of(code: str) -> Role:
    """Return a role by its code; one that this program does not know sees and writes as little as a helper."""
    return ROLES.get(code) or Role(code, code, code, 0, wide=False, corrects=False)
