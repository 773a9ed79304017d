"""Reads the body: which control asks for which node, with its texts and choices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from fieldapp.xform.errors import UNRESOLVED, UNSUPPORTED
from fieldapp.xform.expr.runtime import StringFn
from fieldapp.xform.form.actions import Action, read_action
from fieldapp.xform.form.binds import resolve_ref
from fieldapp.xform.form.body import BodyItem, Control, Group, QuestionKind, RepeatBody
from fieldapp.xform.form.itemsets import read_itemset
from fieldapp.xform.form.making import Maker
from fieldapp.xform.form.skeleton import JR
from fieldapp.xform.form.texts import Itext, Template, Text, read_template
from fieldapp.xform.form.tree import Compute, ComputeKind, Dep, NodeDef
from fieldapp.xform.xmlsafe import local_name

__all__ = ["BodyReader"]

_BY_TYPE: dict[str, QuestionKind] = {
    "string": "text", "int": "integer", "decimal": "decimal", "date": "date", "time": "time",
    "dateTime": "datetime", "geopoint": "geopoint", "geotrace": "geotrace", "geoshape": "geoshape",
    "barcode": "barcode", "boolean": "text", "binary": "file", "rank": "rank",
}  # fmt: skip
_BY_TAG: dict[str, QuestionKind] = {
    "select1": "select_one", "select": "select_multiple", "rank": "rank", "trigger": "acknowledge", "range": "range",
}  # fmt: skip
_CONTROLS = frozenset({"input", "select1", "select", "rank", "trigger", "range", "upload", "secret"})
_NO_PARAMETERS = frozenset({"ref", "bind", "appearance", "nodeset", "mediatype", "class", "query"})
_TEXTS = ("label", "hint", "help")


@dataclass(slots=True)
class BodyReader:
    """Walks the body once. ``binds`` maps bind ids to nodes."""

    maker: Maker
    itext: Itext
    binds: dict[str, NodeDef]
    actions: list[Action] = field(default_factory=list)

    def read(self, parent: etree._Element, context: NodeDef) -> list[BodyItem]:
        """Return the items of ``parent`` seen from ``context``."""
        items: list[BodyItem] = []
        for element in parent:
            tag = local_name(element)
            if tag in _CONTROLS:
                items.append(self._control(element, tag, context))
            elif tag == "group":
                items.append(self._group(element, context))
            elif tag == "repeat":
                items.append(self._repeat(element, context, None))
            elif tag in ("setvalue", "setgeopoint", "recordaudio"):
                self.actions.append(read_action(self.maker, element, context, self.binds))
            elif tag and tag not in _TEXTS:
                raise UNSUPPORTED(feature=f"<{tag}>", where=context.ref)
        return items

    def _target(self, element: etree._Element, context: NodeDef) -> NodeDef:
        bind = element.get("bind")
        if bind and bind in self.binds:
            return self.binds[str(bind)]
        ref = str(element.get("ref") or element.get("nodeset") or "")
        node = resolve_ref(self.maker.root, ref, context)
        if node is None:
            raise UNRESOLVED(path=ref, where=f"<{local_name(element)}>")
        return node

    # -- texts --------------------------------------------------------------------------------------------

    def text(self, parent: etree._Element, name: str, node: NodeDef, reads: list[Dep]) -> Text:
        """Return the label, hint or help of a control; empty when there is none."""
        for element in parent:
            if local_name(element) == name:
                return self.text_of(element, node, reads)
        return Text()

    def text_of(self, element: etree._Element, node: NodeDef, reads: list[Dep]) -> Text:
        maker = self.maker
        attribute = local_name(element)

        def compile_text(text: str) -> StringFn:
            return maker.text(node, text, attribute, reads)

        ref = str(element.get("ref") or "").strip()
        if not ref:
            return Text(read_template(element, compile_text))
        if ref.startswith("jr:itext('") and ref.endswith("')"):
            text_id = ref[10:-2]
            for form in ("", "guidance"):
                for value in self.itext.outputs(text_id, form):
                    read_template(value, compile_text)
            return Text(text_id=text_id, compile_text=compile_text, place=node)
        if ref.startswith("jr:itext("):
            return Text(
                id_fn=maker.text(node, ref[9:-1], attribute, reads), compile_text=compile_text, place=node
            )
        return Text(Template((maker.text(node, ref, attribute, reads),)))

    # -- controls -----------------------------------------------------------------------------------------

    def _control(self, element: etree._Element, tag: str, context: NodeDef) -> Control:
        node = self._target(element, context)
        control = Control(node, self._kind(element, tag, node), _words(element))
        control.label = self.text(element, "label", node, control.reads)
        control.hint = self.text(element, "hint", node, control.reads)
        if control.hint.text_id is not None:
            control.guidance = control.hint
        control.parameters = node.parameters | {
            str(key).rpartition("}")[2]: str(value)
            for key, value in element.attrib.items()
            if str(key).rpartition("}")[2] not in _NO_PARAMETERS
        }
        for child in element:
            self._part(control, child, local_name(child))
        node.control = control
        return control

    def _part(self, control: Control, child: etree._Element, tag: str) -> None:
        node = control.node
        if tag == "item":
            value = next((v.text or "" for v in child if local_name(v) == "value"), "")
            control.items.append((value.strip(), self.text(child, "label", node, control.reads)))
        elif tag == "itemset":
            control.itemset = read_itemset(self.maker, child, node, control.reads)
        elif tag in ("setvalue", "setgeopoint"):
            action = read_action(self.maker, child, node, self.binds)
            if "xforms-value-changed" in action.events:
                node.value_changed.append(action)
            if action.events - {"xforms-value-changed"}:
                self.actions.append(action)

    @staticmethod
    def _kind(element: etree._Element, tag: str, node: NodeDef) -> QuestionKind:
        if tag in _BY_TAG:
            return _BY_TAG[tag]
        if tag == "upload":
            media = str(element.get("mediatype") or "").partition("/")[0]
            return media if media in ("image", "audio", "video") else "file"  # type: ignore[return-value]
        if node.type == "string" and node.readonly is True and node.calculate is None:
            return "note"
        return _BY_TYPE.get(node.type, "text")

    # -- groups and repeats -------------------------------------------------------------------------------

    def _group(self, element: etree._Element, context: NodeDef) -> BodyItem:
        node = self._target(element, context) if element.get("ref") or element.get("bind") else None
        inner = node or context
        tags = [local_name(child) for child in element]
        if tags.count("repeat") == 1 and not set(tags) - {"repeat", "label", "hint", "help", ""}:
            repeat = next(child for child in element if local_name(child) == "repeat")
            outer = inner if node is None or not node.is_repeat else node.parent or inner
            if node is None or self._target(repeat, outer) is node:
                return self._repeat(repeat, outer, element)
        reads: list[Dep] = []
        label = self.text(element, "label", inner, reads)
        self._show(node, reads)
        return Group(node, label, _words(element), self.read(element, inner))

    def _repeat(self, element: etree._Element, context: NodeDef, group: etree._Element | None) -> RepeatBody:
        node = self._target(element, context)
        reads: list[Dep] = []
        source = element if group is None else group
        place = node if node.is_repeat else context
        label = self.text(source, "label", place, reads)
        self._show(node, reads)
        words = _words(element) | (_words(group) if group is not None else frozenset())
        count = element.get(f"{{{JR}}}count")
        if count and count.strip() and node.parent is not None:
            compute = self.maker.compute(ComputeKind.COUNT, node.parent, str(count), "jr:count")
            node.count = compute
        node.fixed = str(element.get(f"{{{JR}}}noAddRemove") or "").strip() in ("true()", "true")
        return RepeatBody(node, label, words, self.read(element, node))

    @staticmethod
    def _show(node: NodeDef | None, reads: Iterable[Dep]) -> None:
        found = list(reads)
        if node is not None and found:
            node.computes.append(Compute(ComputeKind.DISPLAY, node, lambda _: "", "label", found))


def _words(element: etree._Element) -> frozenset[str]:
    return frozenset(str(element.get("appearance") or "").split())
