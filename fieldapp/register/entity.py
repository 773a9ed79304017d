"""What every record of the register has. Core facts are fields; everything else is in ``properties``."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar, TypeVar

from fieldapp.register.values import Value

__all__ = ["Entity"]

E = TypeVar("E", bound="Entity")


@dataclass(frozen=True, kw_only=True)
class Entity:
    """What every record of the register has: UUID, status (``active`` or why it is gone), version, properties."""

    LIST: ClassVar[str]

    id: str
    status: str = "active"
    version: int = 1
    properties: Mapping[str, Value] = field(default_factory=dict)

    def get(self, name: str) -> Value:
        """Return a fact by its property name, whether it is a field or in ``properties``; None when unknown."""
        if name != "properties" and name in self.__dataclass_fields__:
            value: Value = getattr(self, name)
            return value
        return self.properties.get(name)

    def values(self) -> dict[str, Value]:
        """Return every known fact by property name, without id, status and version."""
        own: dict[str, Value] = {name: getattr(self, name) for name in _own_names(type(self))}
        return {**own, **self.properties}

    @classmethod
    def from_values(
        cls: type[E], id: str, values: Mapping[str, Value], *, status: str = "active", version: int = 1
    ) -> E:
        """Build a record from facts by property name: known fields go to fields, the rest to ``properties``."""
        names = _own_names(cls)
        own = {name: value for name, value in values.items() if name in names and value is not None}
        rest = {name: value for name, value in values.items() if name not in names and value is not None}
        arguments = {"id": id, "status": status, "version": version, "properties": rest, **own}
        return cls(**arguments)  # type: ignore[arg-type]


_own_names_by_list: dict[str, tuple[str, ...]] = {}


def _own_names(kind: type[Entity]) -> tuple[str, ...]:
    """Return the facts of a list that are fields, in their order; asked for each of 100,000 rows, so remembered."""
    names = _own_names_by_list.get(kind.LIST)
    if names is None:
        names = _own_names_by_list[kind.LIST] = tuple(
            f.name
            for f in dataclasses.fields(kind)
            if f.name not in ("id", "status", "version", "properties")
        )
    return names
