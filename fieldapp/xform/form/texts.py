"""Texts a person reads: labels, hints, messages; with live ``${…}`` and in the form's languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from lxml import etree

from fieldapp.xform.expr.runtime import Context, StringFn
from fieldapp.xform.xmlsafe import local_name

__all__ = ["CompileText", "Itext", "Template", "Text", "read_template"]

#: compiles the expression of an ``<output value="…"/>``
CompileText = Callable[[str], StringFn]


@dataclass(frozen=True, slots=True)
class Template:
    """A text with holes: pieces are texts or closures."""

    pieces: tuple[str | StringFn, ...]

    def render(self, context: Context) -> str:
        pieces = self.pieces
        if len(pieces) == 1 and isinstance(pieces[0], str):
            return pieces[0]
        return "".join([piece if isinstance(piece, str) else piece(context) for piece in pieces])


_NOTHING = Template(("",))


def read_template(element: etree._Element, compile_text: CompileText) -> Template:
    """Return the template of a ``<label>``, ``<value>`` or the like."""
    if not len(element):
        return Template((element.text or "",))
    pieces: list[str | StringFn] = [element.text or ""]
    for child in element:
        if local_name(child) == "output":
            pieces.append(compile_text(str(child.get("value") or child.get("ref") or "''")))
        elif isinstance(child.tag, str):
            pieces.extend(read_template(child, compile_text).pieces)
        pieces.append(child.tail or "")
    pieces = [piece for piece in pieces if piece != ""]
    if pieces and isinstance(pieces[0], str):
        pieces[0] = pieces[0].lstrip()
    if pieces and isinstance(pieces[-1], str):
        pieces[-1] = pieces[-1].rstrip()
    return Template(tuple(pieces) or ("",))


@dataclass(slots=True)
class Itext:
    """Translations: the ``<text>`` elements by language and id; templates are made when first asked for."""

    languages: tuple[str, ...] = ()
    default: str | None = None
    texts: dict[str, dict[str, etree._Element]] = field(default_factory=dict)
    #: ids of the texts that contain expressions in some language
    live: set[str] = field(default_factory=set)
    _made: dict[tuple[str, str, str, int], Template | None] = field(default_factory=dict)

    @staticmethod
    def read(element: etree._Element | None) -> Itext:
        """Read ``<itext>``."""
        itext = Itext()
        if element is None:
            return itext
        for translation in element:
            if local_name(translation) != "translation":
                continue
            language = str(translation.get("lang", ""))
            itext.texts[language] = {str(t.get("id")): t for t in translation.iterchildren("{*}text")}
            for output in translation.iter("{*}output"):
                text = next((e for e in output.iterancestors() if local_name(e) == "text"), None)
                itext.live.add(str(text.get("id")) if text is not None else "")
            if translation.get("default") is not None:
                itext.default = language
        itext.languages = tuple(itext.texts)
        if itext.default is None and itext.languages:
            itext.default = itext.languages[0]
        return itext

    def find(self, language: str | None, text_id: str, form: str) -> etree._Element | None:
        """Return the ``<value>`` of a text: in the language, else in the default one, else in any."""
        order = [language, self.default, *self.languages]
        for name in order:
            text = self.texts.get(name or "", {}).get(text_id)
            if text is None:
                continue
            for value in text:
                if local_name(value) == "value" and str(value.get("form") or "") == form:
                    return value
        return None

    def template(
        self, language: str | None, text_id: str, form: str, compile_text: CompileText, place: object
    ) -> Template | None:
        """Return the template of a text as seen from ``place`` (the node whose expressions it contains)."""
        key = (language or "", text_id, form, id(place))
        if key not in self._made:
            value = self.find(language, text_id, form)
            if value is None and form == "":
                value = self.find(language, text_id, "long")
            self._made[key] = None if value is None else read_template(value, compile_text)
        return self._made[key]

    def outputs(self, text_id: str, form: str) -> list[etree._Element]:
        """Return the ``<value>`` of a text in every language, for those that contain expressions."""
        found: list[etree._Element] = []
        if text_id not in self.live:
            return found
        for texts in self.texts.values():
            text = texts.get(text_id)
            values = () if text is None else text
            found += [v for v in values if len(v) and str(v.get("form") or "") in (form, form or "long")]
        return found


@dataclass(slots=True)
class Text:
    """A text of the form: a fixed template, or an id into the translations (fixed or computed)."""

    template: Template = _NOTHING
    text_id: str | None = None
    id_fn: StringFn | None = None
    compile_text: CompileText | None = None
    place: object = None

    def render(self, itext: Itext, language: str | None, context: Context, form: str = "") -> str:
        """Return the text in ``language``; of other forms than the plain one, only what the translations have."""
        text_id = self.text_id if self.id_fn is None else self.id_fn(context)
        if text_id is None:
            return self.template.render(context) if not form else ""
        assert self.compile_text is not None
        template = itext.template(language, text_id, form, self.compile_text, self.place)
        if template is None:
            return "" if form else text_id
        return template.render(context)


Messages = Mapping[str, Text]
