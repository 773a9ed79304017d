"""The choices of a question: fixed items, rows of a list, or nodes of the form."""

from __future__ import annotations

from dataclasses import dataclass

from fieldapp.xform.expr.nodes import XNode
from fieldapp.xform.expr.runtime import Context, StringFn
from fieldapp.xform.form.body import Control, RowItems, WalkedItems
from fieldapp.xform.form.texts import Itext, Template, Text
from fieldapp.xform.lists.table import Table
from fieldapp.xform.live.nodes import FormNode

__all__ = ["Choice", "Chooser"]

_IMAGES = "jr://images/"


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: what is stored, what is shown, and the file name of its picture."""

    value: str
    label: str
    image: str | None = None


def _no_output(_text: str) -> StringFn:
    return lambda _: ""


class Chooser:
    """Gives choices in the session's language. Labels of long lists are looked up once a language."""

    def __init__(self, itext: Itext) -> None:
        self._itext = itext
        self._labels: dict[tuple[int, str | None], list[Choice]] = {}

    def choices(self, control: Control, node: FormNode, language: str | None) -> list[Choice]:
        """Return the choices of ``control`` at ``node``."""
        context = node.context
        out = [self._item(value, text, language, context) for value, text in control.items]
        itemset = control.itemset
        if isinstance(itemset, RowItems):
            out += self._rows(itemset, context, language)
        elif isinstance(itemset, WalkedItems):
            out += self._walked(itemset, context, language)
        return out

    def _item(self, value: str, text: Text, language: str | None, context: Context) -> Choice:
        label = text.render(self._itext, language, context)
        image = text.render(self._itext, language, context, "image") if text.text_id else ""
        return Choice(value, label, image.removeprefix(_IMAGES) or None)

    def _rows(self, items: RowItems, context: Context, language: str | None) -> list[Choice]:
        rows = items.rows(context)
        if items.order is not None:
            rows = items.order(context, rows)
        every = self._every(items, language)
        if items.label_is_id and items.label is not None and self._itext.live:
            return [self._live(items, row, every[row], language, context) for row in rows]
        return [every[row] for row in rows]

    def _live(
        self, items: RowItems, row: int, known: Choice, language: str | None, context: Context
    ) -> Choice:
        """Return a choice whose label may contain answers, written anew each time."""
        text_id = items.label[row] if items.label is not None else ""
        if text_id not in self._itext.live or items.compile_text is None:
            return known
        text = Text(text_id=text_id, compile_text=items.compile_text, place=items)
        return Choice(known.value, text.render(self._itext, language, context), known.image)

    def _every(self, items: RowItems, language: str | None) -> list[Choice]:
        """Return the choices of all rows of the table, made once a language and kept."""
        key = (id(items), language)
        found = self._labels.get(key)
        if found is None:
            found = self._labels[key] = _all_rows(items, self._itext, language)
        return found

    def _walked(self, items: WalkedItems, context: Context, language: str | None) -> list[Choice]:
        out: list[Choice] = []
        for node in items.nodes(context):
            place = _inside(node, context)
            label = items.label(place)
            if items.label_is_id:
                label = _translated(self._itext, language, label, "") or label
            out.append(Choice(items.value(place), label))
        return out


def _inside(node: XNode, context: Context) -> Context:
    if isinstance(node, FormNode):
        return Context(node, context.run, node.frame)
    return Context(node, context.run, context.frame)


def _translated(itext: Itext, language: str | None, text_id: str, form: str) -> str:
    template: Template | None = itext.template(language, text_id, form, _no_output, None)
    pieces = template.pieces if template else ()
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _all_rows(items: RowItems, itext: Itext, language: str | None) -> list[Choice]:
    values, table = items.value, items.table
    labels = items.label if items.label is not None else values
    if not items.label_is_id:
        languages = _by_language(table, labels, language)
        pictures = items.image or [""] * table.count
        return [
            Choice(v, label, image or None)
            for v, label, image in zip(values, languages, pictures, strict=True)
        ]
    return [
        Choice(
            value,
            _translated(itext, language, text_id, "") or text_id,
            _translated(itext, language, text_id, "image").removeprefix(_IMAGES) or None,
        )
        for value, text_id in zip(values, labels, strict=True)
    ]


def _by_language(table: Table, labels: list[str], language: str | None) -> list[str]:
    """Lists on file may carry one column a language (``label::中文 (zh)``); blanks fall back to the plain label."""
    column = table.columns.get(f"label::{language}") if language else None
    if column is None:
        return labels
    return [own or plain for own, plain in zip(column, labels, strict=True)]
