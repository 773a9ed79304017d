"""What a page or a test looks at: live views whose attributes read the present state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from fieldapp.xform.form.body import BodyItem, Control, Group, QuestionKind, RepeatBody
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.texts import Text
from fieldapp.xform.live.choices import Choice
from fieldapp.xform.live.nodes import FormNode, Range

__all__ = ["REQUIRED_MESSAGE", "GroupView", "NodeView", "QuestionView", "RepeatView", "Shown", "Violation"]


REQUIRED_MESSAGE = "这一项必须填写"


@dataclass(frozen=True, slots=True)
class Violation:
    """Why an answer is not accepted, in the session's language."""

    ref: str
    kind: Literal["required", "constraint", "type"]
    message: str


class Shown(Protocol):
    """What views ask of the session they belong to."""

    definition: FormDefinition

    def render(self, text: Text, node: FormNode, form: str = "") -> str: ...

    def message(self, node: FormNode, name: str) -> str: ...

    def violation_of(self, node: FormNode) -> Violation | None: ...

    def choices_of(self, node: FormNode, control: Control) -> Sequence[Choice]: ...

    def view_of(self, item: BodyItem, parent: FormNode) -> NodeView: ...

    def stand_in(self, place: Range) -> FormNode: ...


class GroupView:
    """A group, the form itself, or one instance of a repeat."""

    def __init__(self, session: Shown, node: FormNode, body: Group | RepeatBody | None) -> None:
        self._session = session
        self._node = node
        self._body = body

    @property
    def ref(self) -> str:
        return self._node.ref

    @property
    def name(self) -> str:
        return self._node.defn.name

    @property
    def label(self) -> str:
        if self._body is None:
            return self._session.definition.title
        return self._session.render(self._body.label, self._node)

    @property
    def relevant(self) -> bool:
        return self._node.relevant

    @property
    def appearance(self) -> frozenset[str]:
        return self._body.appearance if self._body is not None else frozenset()

    @property
    def children(self) -> Sequence[NodeView]:
        items = self._body.children if self._body is not None else self._session.definition.body
        return [self._session.view_of(item, self._node) for item in items]


class RepeatView:
    """A repeat with its instances."""

    def __init__(self, session: Shown, place: Range, body: RepeatBody | None) -> None:
        self._session = session
        self._place = place
        self._body = body

    @property
    def ref(self) -> str:
        return self._place.ref

    @property
    def name(self) -> str:
        return self._place.defn.name

    @property
    def label(self) -> str:
        if self._body is None:
            return ""
        return self._session.render(self._body.label, self._session.stand_in(self._place))

    @property
    def relevant(self) -> bool:
        if self._place.instances:
            return any(instance.relevant for instance in self._place.instances)
        return self._session.stand_in(self._place).relevant

    @property
    def appearance(self) -> frozenset[str]:
        return self._body.appearance if self._body is not None else frozenset()

    @property
    def instances(self) -> Sequence[GroupView]:
        return [GroupView(self._session, instance, self._body) for instance in self._place.instances]

    @property
    def can_add(self) -> bool:
        return self._place.defn.count is None and not self._place.defn.fixed

    @property
    def can_remove(self) -> bool:
        return self.can_add and bool(self._place.instances)


class QuestionView:
    """A question, or a node without one (``calculate``, ``hidden``)."""

    def __init__(self, session: Shown, node: FormNode) -> None:
        self._session = session
        self._node = node
        control = node.defn.control
        self._control = control if isinstance(control, Control) else None

    @property
    def ref(self) -> str:
        return self._node.ref

    @property
    def name(self) -> str:
        return self._node.defn.name

    @property
    def kind(self) -> QuestionKind:
        if self._control is not None:
            return self._control.kind
        return "calculate" if self._node.defn.calculate is not None else "hidden"

    @property
    def appearance(self) -> frozenset[str]:
        return self._control.appearance if self._control else frozenset()

    @property
    def parameters(self) -> Mapping[str, str]:
        return self._control.parameters if self._control else self._node.defn.parameters

    def _shown(self, text: Text | None, form: str = "") -> str:
        return self._session.render(text, self._node, form) if text is not None else ""

    @property
    def label(self) -> str:
        return self._shown(self._control.label) if self._control else ""

    @property
    def hint(self) -> str:
        return self._shown(self._control.hint) if self._control else ""

    @property
    def guidance(self) -> str:
        return self._shown(self._control.guidance, "guidance") if self._control else ""

    @property
    def value(self) -> str:
        return self._node.raw

    @property
    def relevant(self) -> bool:
        return self._node.relevant

    @property
    def readonly(self) -> bool:
        return self._node.readonly

    @property
    def required(self) -> bool:
        return self._node.required

    @property
    def required_message(self) -> str:
        return self._session.message(self._node, "required") or REQUIRED_MESSAGE

    @property
    def violation(self) -> Violation | None:
        return self._session.violation_of(self._node)

    @property
    def choices(self) -> Sequence[Choice]:
        return self._session.choices_of(self._node, self._control) if self._control else ()


NodeView = GroupView | RepeatView | QuestionView
