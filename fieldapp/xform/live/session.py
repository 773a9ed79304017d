"""A form being filled in: the one object that pages, tests and the replay talk to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from fieldapp.common.errors import KnownError
from fieldapp.xform.errors import INVALID_ANSWERS, REF_UNKNOWN, REPEAT_FIXED, UNKNOWN_LANGUAGE
from fieldapp.xform.expr.runtime import Context, StringFn
from fieldapp.xform.form.binds import resolve_ref
from fieldapp.xform.form.body import BodyItem, Control, RepeatBody
from fieldapp.xform.form.definition import FormDefinition
from fieldapp.xform.form.texts import Text
from fieldapp.xform.form.tree import NodeDef, Seed
from fieldapp.xform.live.audit import AUDIT_FILE, audit_log
from fieldapp.xform.live.audited import Audited
from fieldapp.xform.live.choices import Choice, Chooser
from fieldapp.xform.live.engine import Engine
from fieldapp.xform.live.entities import EntityAction, entities_of
from fieldapp.xform.live.environment import Environment
from fieldapp.xform.live.events import fire, react
from fieldapp.xform.live.nodes import FormNode, Range, build_frame
from fieldapp.xform.live.preload import preload
from fieldapp.xform.live.refs import find_node, find_place, find_range
from fieldapp.xform.live.saved import seed_from_saved
from fieldapp.xform.live.serialise import to_xml, xml_text
from fieldapp.xform.live.submission import Submission, finished
from fieldapp.xform.live.validity import violation_of, violations
from fieldapp.xform.live.views import GroupView, NodeView, QuestionView, RepeatView, Violation

__all__ = ["FormSession"]

Listener = Callable[[frozenset[str]], None]


class FormSession(Audited):
    """One instance of a form. Make it with :meth:`start` or :meth:`resume`."""

    def __init__(
        self, definition: FormDefinition, environment: Environment, seed: Seed, language: str | None
    ) -> None:
        self.definition = definition
        self.language = language or definition.default_language
        self._run = environment.runtime()
        self._run.choice_name = self._choice_name
        self._run.itext = self._itext
        self._engine = Engine(definition, self._run, seed)
        self._chooser = Chooser(definition.itext)
        self._listeners: list[Listener] = []
        self._log = audit_log(definition, self._run, self.violation_of)

    # -- beginnings ---------------------------------------------------------------------------------------

    @staticmethod
    def start(
        definition: FormDefinition,
        environment: Environment,
        *,
        prefill: Mapping[str, str] | None = None,
        language: str | None = None,
    ) -> FormSession:
        """Open a new instance: preloads, calculations, first-load events, then ``prefill`` (ref → answer).

        Repeat instances that ``prefill`` names are made. Raises FORM-020 for a ref the form does not have.
        """
        session = FormSession(definition, environment, definition.root.seed, language)
        engine = session._engine
        preload(engine)
        react(engine)
        fire(engine, "odk-instance-first-load")
        fire(engine, "odk-instance-load")
        for ref, value in (prefill or {}).items():
            session._make_room(ref)
            node = find_node(engine.root, ref)
            if node.raw != value:
                session._put(node, xml_text(value))
        engine.changed.clear()
        engine.choosers.clear()
        session._note("form start")
        return session

    @staticmethod
    def resume(
        definition: FormDefinition,
        environment: Environment,
        saved: bytes,
        *,
        language: str | None = None,
        audit: bytes | None = None,
    ) -> FormSession:
        """Open a draft, with the ``audit`` log kept of it. Ids and answers that are not relevant are kept.

        Raises FORM-001, FORM-023.
        """
        seed = seed_from_saved(definition, saved)
        session = FormSession(definition, environment, seed, language)
        engine = session._engine
        engine.settle()
        engine.born.clear()
        engine.fired.clear()
        fire(engine, "odk-instance-load")
        engine.changed.clear()
        engine.choosers.clear()
        if session._log is not None:
            session._log.resume(audit, definition.form_id)
        return session

    def _make_room(self, ref: str) -> None:
        """Add the repeat instances that ``ref`` counts on."""
        steps = ref.strip("/").split("/")
        for length in range(2, len(steps) + 1):
            step = steps[length - 1]
            if not step.endswith("]"):
                continue
            name, _, position = step[:-1].partition("[")
            place = find_range(self._engine.root, "/" + "/".join([*steps[: length - 1], name]))
            while position.isdigit() and len(place.instances) < min(int(position), 5000):
                self._engine.add_instance(place)
                react(self._engine)

    # -- language -----------------------------------------------------------------------------------------

    def set_language(self, name: str) -> None:
        """Show texts in another of the form's languages. Raises FORM-024."""
        if name not in self.definition.languages:
            raise UNKNOWN_LANGUAGE(language=name, known="、".join(self.definition.languages))
        self.language = name
        engine = self._engine
        for compute in engine.by_rank:
            if "jr:choice-name" in compute.text or "jr:itext" in compute.text:
                engine.refresh(compute)
        react(engine)
        self._tell(everything=True)

    def get_language(self) -> str | None:
        return self.language

    def render(self, text: Text, node: FormNode, form: str = "") -> str:
        """Return a text of the form at ``node`` in the session's language."""
        return text.render(self.definition.itext, self.language, node.context, form)

    def message(self, node: FormNode, name: str) -> str:
        """Return the required or constraint message of ``node``, empty without one."""
        text = node.defn.messages.get(name)
        return self.render(text, node) if isinstance(text, Text) else ""

    def _itext(self, text_id: str) -> str:
        return Text(text_id=text_id, compile_text=_no_expressions).render(
            self.definition.itext, self.language, self._engine.root.context
        )

    def _choice_name(self, value: str, path: str, context: Context) -> str:
        origin = context.node if isinstance(context.node, FormNode) else self._engine.root
        defn = resolve_ref(self.definition.root, path, origin.defn)
        control = defn.control if defn is not None else None
        if not isinstance(control, Control) or not value:
            return ""
        shared = [m for m, t in zip(origin.defn.repeats, control.node.repeats, strict=False) if m is t]
        frame = origin.frame
        for _ in range(len(origin.defn.repeats) - len(shared)):
            frame = frame[0].outer
        for repeat in control.node.repeats[len(shared) :]:
            if not frame[repeat.slot].instances:
                return ""
            frame = frame[repeat.slot].instances[0].frame
        choices = self._chooser.choices(control, frame[control.node.slot], self.language)
        return next((choice.label for choice in choices if choice.value == value), "")

    # -- looking ------------------------------------------------------------------------------------------

    @property
    def root(self) -> GroupView:
        return GroupView(self, self._engine.root, None)

    def view(self, ref: str) -> NodeView:
        """Return the view at ``ref``. Raises FORM-020."""
        definition = self.definition.by_ref.get(ref)
        if definition is not None and not definition.repeats:
            found: FormNode | Range = self._engine.root.frame[definition.slot]
        else:
            found, exact = find_place(self._engine.root, ref)
            if isinstance(found, Range) and exact:
                raise REF_UNKNOWN(ref=ref)
        body = self.definition.bodies.get(found.defn)
        if isinstance(found, Range):
            return RepeatView(self, found, body if isinstance(body, RepeatBody) else None)
        if found.defn.children or found.defn.is_repeat:
            return GroupView(self, found, body)
        return QuestionView(self, found)

    def view_of(self, item: BodyItem, parent: FormNode) -> NodeView:
        """Return the view of an item of the body below ``parent``."""
        if isinstance(item, Control):
            return QuestionView(self, _inside(parent, item.node))
        if isinstance(item, RepeatBody):
            if not item.node.is_repeat:
                return GroupView(self, _inside(parent, item.node), item)
            place = parent.frame[item.node.slot] if item.node.repeats[:-1] == parent.defn.repeats else None
            return RepeatView(
                self, place if isinstance(place, Range) else find_range(parent, item.node.ref), item
            )
        return GroupView(self, parent if item.node is None else _inside(parent, item.node), item)

    def stand_in(self, place: Range) -> FormNode:
        """Return the repeat's first instance, or one that is evaluated but not part of the form."""
        if place.instances:
            return place.instances[0]
        place.ghost = place.ghost or build_frame(
            place.defn, Seed(), place.parent, place.parent.frame, self._run
        )
        ghost = place.ghost
        relevant = place.defn.relevant
        own = relevant if isinstance(relevant, bool) else bool(relevant.fn(ghost.context))
        ghost.relevant = own and place.parent.relevant
        return ghost

    def choices_of(self, node: FormNode, control: Control) -> Sequence[Choice]:
        return self._chooser.choices(control, node, self.language)

    # -- changing -----------------------------------------------------------------------------------------

    def set(self, ref: str, value: str) -> Violation | None:
        """Answer a question. An answer that is not accepted is kept with its violation. Raises FORM-020."""
        node = self._question(ref)
        value = xml_text(value)
        old = node.raw
        if old != value:
            self._put(node, value)
            if self._log is not None:
                self._log.answer(node, old)
        return violation_of(self, node)

    def _question(self, ref: str) -> FormNode:
        definition = self.definition.by_ref.get(ref)
        if definition is not None and not definition.repeats:
            node: FormNode = self._engine.root.frame[definition.slot]
        else:
            node = find_node(self._engine.root, ref)
        if node.defn.children or node.defn.is_repeat:
            raise REF_UNKNOWN(ref=ref)
        return node

    def _put(self, node: FormNode, value: str) -> None:
        engine = self._engine
        engine.store(node, value)
        if node.defn.value_changed:
            engine.fired.append(node)
        self._follow()
        self._tell()

    def _follow(self) -> None:
        """Carry a change through: events, and chosen choices that are no longer offered are taken back."""
        engine = self._engine
        react(engine)
        while engine.choosers:
            nodes, engine.choosers = engine.choosers, {}
            for node in nodes:
                if node.alive and node.relevant and node.raw:
                    self._keep_offered(node)
            react(engine)

    def _keep_offered(self, node: FormNode) -> None:
        control = node.defn.control
        if not isinstance(control, Control) or control.kind == "rank":
            return
        offered = {choice.value for choice in self._chooser.choices(control, node, self.language)}
        chosen = [node.raw] if control.kind == "select_one" else node.raw.split()
        kept = [value for value in chosen if value in offered]
        if len(kept) < len(chosen):
            self._engine.store(node, " ".join(kept))

    def add_repeat(self, ref: str) -> str:
        """Add an instance to the repeat at ``ref`` and return the new instance's ref. Raises FORM-020, FORM-021."""
        place = find_range(self._engine.root, ref)
        if place.defn.count is not None or place.defn.fixed:
            raise REPEAT_FIXED(ref=ref)
        instance = self._engine.add_instance(place)
        self._follow()
        self._tell()
        self._note("add repeat", instance.ref, ended=True)
        return instance.ref

    def remove_repeat(self, ref: str) -> None:
        """Remove the repeat instance at ``ref``. Raises FORM-020, FORM-021."""
        node = find_node(self._engine.root, ref)
        if not node.defn.is_repeat:
            raise REF_UNKNOWN(ref=ref)
        if node.defn.count is not None or node.defn.fixed:
            raise REPEAT_FIXED(ref=ref)
        place = find_range(self._engine.root, ref)
        self._note("delete repeat", node.ref)
        self._engine.remove_instance(place, node.index)
        self._follow()
        self._tell()

    # -- results ------------------------------------------------------------------------------------------

    def violation_of(self, node: FormNode) -> Violation | None:
        return violation_of(self, node)

    def validate(self) -> tuple[Violation, ...]:
        """Return every violation of relevant questions, in document order."""
        return violations(self, self._engine.root)

    def serialise(self) -> bytes:
        """Return the draft: everything, also what is not relevant now."""
        return to_xml(self._engine.root, all_nodes=True)

    def entities(self) -> tuple[EntityAction, ...]:
        """Return what the answers of now would do to entities, valid or not."""
        return entities_of(self._engine.root)

    def finalise(self) -> Submission:
        """Stamp the end and return the submission. Raises FORM-022 with ``violations`` in its details."""
        found = self.validate()
        if found:
            self._note("constraint error", found[0].ref)
            raise _invalid(found)
        if self._log is not None:
            self._log.finish()
            self._engine.store(_inside(self._engine.root, self._log.asked), AUDIT_FILE)
        return finished(self.definition, self._engine)

    # -- telling ------------------------------------------------------------------------------------------

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with the refs of what may have changed, after each change. Returns how to stop it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, *, everything: bool = False) -> None:
        changed = self._engine.changed
        if self._listeners:
            refs = (
                frozenset(self.definition.by_ref) if everything else frozenset(node.ref for node in changed)
            )
            for listener in tuple(self._listeners):
                listener(refs)
        changed.clear()


def _inside(parent: FormNode, defn: NodeDef) -> FormNode:
    """Return the node of ``defn`` below ``parent``, in the same frame or in one further out."""
    frame = parent.frame
    for _ in range(len(parent.defn.repeats) - len(defn.repeats)):
        frame = frame[0].outer
    node: FormNode = frame[0 if defn.is_repeat else defn.slot]
    return node


def _no_expressions(_text: str) -> StringFn:
    return lambda _: ""


def _invalid(found: tuple[Violation, ...]) -> KnownError:
    return INVALID_ANSWERS(count=len(found), first=found[0].message or found[0].ref, violations=found)
