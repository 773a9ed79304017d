"""Which lists a form has: inside it, attached to it, or expected and not there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from lxml import etree

from fieldapp.xform.expr.document import document_of
from fieldapp.xform.lists.sources import EMPTY, ListSource, read_list, table_of_elements
from fieldapp.xform.xmlsafe import local_name

__all__ = ["Catalogue", "LAST_SAVED"]

LAST_SAVED = "jr://instance/last-saved"


class Catalogue:
    """Lists by instance id, read when first asked for and then shared by all sessions of the definition."""

    def __init__(self, files: Mapping[str, bytes], datasets: Iterable[str]) -> None:
        self._files = files
        self._datasets = frozenset(datasets)
        self._makers: dict[str, Callable[[], ListSource]] = {}
        self._made: dict[str, ListSource] = {}
        #: addresses of attached lists that were not given
        self.missing: list[str] = []

    def declare(self, element: etree._Element) -> None:
        """Take in a secondary ``<instance>``. An attached list that was not given reads as empty."""
        name, source = str(element.get("id", "")), element.get("src")
        if source is None:
            self._makers[name] = lambda: _inline(element)
        elif source in self._files:
            self._makers[name] = lambda: read_list(source, self._files[source])
        else:
            if source != LAST_SAVED:
                self.missing.append(source)
            content = self._content(element)
            self._makers[name] = (lambda: _inline(element)) if content else (lambda: EMPTY)

    @staticmethod
    def _content(element: etree._Element) -> bool:
        return any(local_name(child) for child in element)

    def names(self) -> list[str]:
        """Return the ids of all declared lists."""
        return list(self._makers)

    def find(self, name: str) -> ListSource | None:
        """Return a list by id; undeclared ones are looked up among the files and the form's own entity lists."""
        if name in self._made:
            return self._made[name]
        maker = self._makers.get(name)
        if maker is None:
            address = f"jr://file-csv/{name}.csv"
            if address in self._files:
                content = self._files[address]
                self._made[name] = read_list(address, content)
                return self._made[name]
            return EMPTY if name in self._datasets else None
        self._made[name] = maker()
        return self._made[name]


def _inline(element: etree._Element) -> ListSource:
    roots = [child for child in element if local_name(child)]
    if not roots:
        return EMPTY
    return table_of_elements(roots[0]) or document_of(roots[0])
