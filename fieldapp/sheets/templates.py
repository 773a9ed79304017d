"""Where templates and print settings come from: the shipped folder, over it the county's own where it has one."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fieldapp.common.resources import resources_dir
from fieldapp.sheets.errors import BAD_LAYOUT, BAD_TEMPLATE

__all__ = ["TemplateFolder"]

_PACKAGE = re.compile(r'(?:import|include)\s*\(?\s*"@')
#: Every template of the room; a county may replace one, some or all.
TEMPLATES = (
    "base.typ",
    "parts.typ",
    "file.typ",
    "carry.typ",
    "visit_list.typ",
    "typing_list.typ",
    "blank_form.typ",
    "issue_slip.typ",
    "missed_slip.typ",
    "papers.typ",
)
SETTINGS = (
    "file.toml",
    "carry.toml",
    "visit_sheet.toml",
    "visit_list.toml",
    "typing_list.toml",
    "blank_form.toml",
    "issue_slip.toml",
    "missed_slip.toml",
    "papers.toml",
)


@dataclass(frozen=True)
class TemplateFolder:
    """Reads templates (.typ) and settings (.toml) by name; ``county`` holds the files a county has replaced.

    ``state`` tells one state of the county's files from the next, so that what is kept of them is read anew after a
    change. Use :meth:`of` to get it filled in.
    """

    county: Path | None = None
    state: tuple[tuple[str, int, int], ...] = ()

    @classmethod
    def of(cls, county: Path | None) -> TemplateFolder:
        """Return the folder in its present state; only names this program knows are looked at."""
        if county is None:
            return cls()
        found = ((name, county / name) for name in (*TEMPLATES, *SETTINGS))
        stats = ((name, path.stat()) for name, path in found if path.is_file())
        return cls(county, tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))

    def text(self, name: str) -> str:
        """Return a file's text. Raises SHEET-001 for one that is not UTF-8."""
        path = self.path(name)
        try:
            return path.read_text("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            raise BAD_TEMPLATE(
                file=name,
                line=line,
                column=1,
                reason_zh="文件不是 UTF-8 编码，请在编辑器里另存为 UTF-8",
                reason_en="the file is not UTF-8",
            ) from error

    def path(self, name: str) -> Path:
        """Return where a file is: the county's, else the shipped one."""
        if self.county is not None and (self.county / name).is_file():
            return self.county / name
        return resources_dir() / "sheets" / name

    def sources(self) -> Mapping[str, bytes]:
        """Return all templates for the compiler. A template that asks for a package of the network is refused."""
        return {name: self._source(name).encode("utf-8") for name in TEMPLATES}

    def _source(self, name: str) -> str:
        text = self.text(name)
        if found := _PACKAGE.search(text):
            before = text[: found.start()]
            raise BAD_TEMPLATE(
                file=name,
                line=before.count("\n") + 1,
                column=len(before) - before.rfind("\n"),
                reason_zh="不能引用网上的包（@…），打印时不联网",
                reason_en="packages (@…) cannot be used, printing never goes online",
            )
        return text

    def settings(self, name: str) -> Mapping[str, object]:
        """Return a settings file as a table. Raises SHEET-004 when it is no TOML."""
        return _settings(self, name)


@functools.lru_cache(maxsize=32)
def _settings(folder: TemplateFolder, name: str) -> Mapping[str, object]:
    try:
        return tomllib.loads(folder.text(name))
    except tomllib.TOMLDecodeError as error:
        raise BAD_LAYOUT(file=name, reason_zh=f"不是 TOML（{error}）", reason_en=str(error)) from error
