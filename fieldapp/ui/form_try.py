"""``form try FILE``: an author fills a form in on the very page that cadres will see; nothing is kept.

The form is compiled by the caller (authoring is a room that the desktop does not know). F5 reads the file again, so
the author edits in one window and looks in the other.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import PySide6
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from fieldapp.common.clock import Clock, SystemClock
from fieldapp.common.errors import KnownError
from fieldapp.common.ids import IdSource
from fieldapp.services.draft_findings import DraftFinding
from fieldapp.services.draft_notes import Comment, follow_removal
from fieldapp.ui.input_method import choose_input_method
from fieldapp.ui.pages.form import FormPage
from fieldapp.ui.text import say
from fieldapp.ui.theme import apply_theme
from fieldapp.ui.viewmodels.form import FormViewModel
from fieldapp.ui.widgets.banner import Banner
from fieldapp.ui.widgets.controls import button
from fieldapp.xform import Environment, FormSession, load_form

__all__ = ["FormTry", "TrialKeeper", "lists_beside", "try_form"]

_MEDIA_SUFFIX = "-media"
#: Tells whether a signature (third) of a message (second) is that of a public key (first).
Verify = Callable[[bytes, bytes, bytes], bool]


@dataclass
class TrialKeeper:
    """Keeps a try-out in memory: files that are attached, and the pictures beside the form (``visit-media/``)."""

    session: FormSession
    media: Path
    clock: Clock
    subject: str = ""
    known_record: str = ""
    people: Set[str] = frozenset()
    from_paper: bool = False
    last_values: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    comments: dict[str, Comment] = field(default_factory=dict)
    submission: bytes = b""

    def autosave(self) -> str:
        """Nothing is kept of a try-out; the moment is that of the draft one would have."""
        self.session.serialise()
        return self._moment()

    def _moment(self) -> str:
        return self.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")

    def attach(self, ref: str, filename: str, content: bytes) -> None:
        self.files[filename] = content
        self.session.set(ref, filename)

    def attachment(self, filename: str) -> bytes | None:
        if filename in self.files:
            return self.files[filename]
        beside = self.media / Path(filename).name
        return beside.read_bytes() if beside.is_file() else None

    def comment(self, ref: str, text: str) -> None:
        if text.strip():
            self.comments[ref] = Comment(ref, text.strip(), say("试填", "try-out"), self._moment())
        else:
            self.comments.pop(ref, None)

    def row_removed(self, instance: str) -> None:
        follow_removal(self.comments, instance)

    def findings(self) -> Sequence[DraftFinding]:
        """A try-out is about nobody: there is no register to check it against."""
        return ()

    def explain(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("a try-out has no findings")

    def finish(self) -> str:
        submission = self.session.finalise()
        self.submission = submission.xml
        return submission.instance_id


class FormTry(QWidget):
    """The form, and after finishing what would be sent."""

    def __init__(
        self,
        path: Path,
        compile_form: Callable[[], bytes],
        lists: Mapping[str, bytes],
        clock: Clock,
        verify: Verify | None = None,
    ) -> None:
        super().__init__()
        self._path = path
        self._compile = compile_form
        self._lists = lists
        self._clock = clock
        self._verify = verify
        self.keeper: TrialKeeper | None = None
        self.page: FormPage | None = None
        self.setWindowTitle(say("试填：{name}", "Try out: {name}", name=path.name))
        self.setProperty("surface", "ground")
        self.banner = Banner(self)
        self.shown = QPlainTextEdit(readOnly=True)
        self.shown.setAccessibleName(say("将要提交的内容", "What would be sent"))
        self._again = button(
            say("再填一次（F5 重新读取文件）", "Again (F5 reads the file anew)"), self.reload
        )
        self._stack = QStackedWidget()
        self._lay_out()
        QShortcut(QKeySequence("F5"), self).activated.connect(self.reload)
        self.reload()

    def _lay_out(self) -> None:
        result = QWidget()
        below = QVBoxLayout(result)
        below.addWidget(self.shown, 1)
        below.addWidget(self._again)
        self._stack.addWidget(result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.banner)
        column.addWidget(self._stack, 1)

    def reload(self) -> None:
        """Read the form's file and begin anew; an error in it is told, and what was open stays."""
        try:
            ids = IdSource(self._clock)
            definition = load_form(self._compile(), dict(self._lists))
            session = FormSession.start(definition, Environment(self._clock, ids.new, verify=self._verify))
        except KnownError as error:
            self.banner.show_error(error)
            return
        self.banner.hide()
        media = self._path.with_name(self._path.stem + _MEDIA_SUFFIX)
        self.keeper = TrialKeeper(session, media, self._clock)
        self._show(FormPage(FormViewModel(self.keeper, parent=self), self._clock))

    def _show(self, page: FormPage) -> None:
        old, self.page = self.page, page
        page.finished.connect(self._finished)
        page.closed.connect(self.close)
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        if old is not None:
            old.form.close()
            self._stack.removeWidget(old)
            old.deleteLater()

    def _finished(self, _instance_id: str) -> None:
        assert self.keeper is not None
        self.shown.setPlainText(self.keeper.submission.decode())
        self._stack.setCurrentIndex(0)


def lists_beside(path: Path) -> dict[str, bytes]:
    """Return the lists in the folder beside a form, ``visit-media/`` beside ``visit.md``, as a session wants them."""
    folder = path.with_name(path.stem + _MEDIA_SUFFIX)
    files = sorted(folder.iterdir()) if folder.is_dir() else []
    return {
        f"jr://file{'-csv' if file.suffix == '.csv' else ''}/{file.name}": file.read_bytes()
        for file in files
        if file.suffix in (".csv", ".xml", ".geojson")
    }


def try_form(
    path: Path, compile_form: Callable[[], bytes], lists: Mapping[str, bytes], verify: Verify | None = None
) -> int:
    """Open the window and stay until it is closed. Returns 0, or 1 when the form could not be opened at all."""
    plugins = Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforminputcontexts"
    if (chosen := choose_input_method(os.environ, plugins, sys.platform)) is not None:
        os.environ["QT_IM_MODULE"] = chosen
    app = QApplication([*sys.argv[:1], "-style", "fusion"])
    apply_theme(app)
    window = FormTry(path, compile_form, {**lists_beside(path), **lists}, SystemClock(), verify)
    window.resize(1180, 720)
    window.show()
    app.exec()
    return 0 if window.page is not None else 1
