"""Which editor fits a question."""

from __future__ import annotations

from fieldapp.ui.pages.form.context import FormContext
from fieldapp.ui.pages.form.editors.base import Editor
from fieldapp.ui.pages.form.editors.files import FileEditor
from fieldapp.ui.pages.form.editors.lines import BarcodeEditor, LineEditor, NumberEditor
from fieldapp.ui.pages.form.editors.long_text import TextEditor
from fieldapp.ui.pages.form.editors.moments import DateEditor, DateTimeEditor, TimeEditor
from fieldapp.ui.pages.form.editors.options import ManyOfEditor, OneOfEditor
from fieldapp.ui.pages.form.editors.orders import RangeEditor, RankEditor
from fieldapp.ui.pages.form.editors.picker import ListEditor
from fieldapp.ui.pages.form.editors.pictures import PhotoEditor
from fieldapp.ui.pages.form.editors.places import PathEditor, PointEditor
from fieldapp.ui.pages.form.editors.signature import SignatureEditor
from fieldapp.ui.pages.form.editors.ticks import AcknowledgeEditor, ShownAnswer
from fieldapp.xform import QuestionView

__all__ = ["editor_for"]

#: More choices than this go into a list one searches; nine have a figure key each.
_BESIDE = 9

_BY_KIND: dict[str, type[Editor]] = {
    "text": LineEditor,
    "integer": NumberEditor,
    "decimal": NumberEditor,
    "date": DateEditor,
    "time": TimeEditor,
    "datetime": DateTimeEditor,
    "select_multiple": ManyOfEditor,
    "rank": RankEditor,
    "range": RangeEditor,
    "image": PhotoEditor,
    "signature": SignatureEditor,
    "audio": FileEditor,
    "video": FileEditor,
    "file": FileEditor,
    "barcode": BarcodeEditor,
    "geopoint": PointEditor,
    "geotrace": PathEditor,
    "geoshape": PathEditor,
    "acknowledge": AcknowledgeEditor,
}


def editor_for(question: QuestionView, context: FormContext) -> Editor:
    """Return the editor that fits a question's kind, appearance and number of choices."""
    return _class_for(question, context)(question, context)


def _class_for(question: QuestionView, context: FormContext) -> type[Editor]:
    appearance = question.appearance
    if context.form.read_only:
        return ShownAnswer
    match question.kind:
        case "text" if "multiline" in appearance:
            return TextEditor
        case "select_one":
            many = {"minimal", "autocomplete", "search"} & appearance or len(question.choices) > _BESIDE
            return ListEditor if many else OneOfEditor
        case "image" if {"signature", "draw"} & appearance:
            return SignatureEditor
    return _BY_KIND.get(question.kind, LineEditor)
