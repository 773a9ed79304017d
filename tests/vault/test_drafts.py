from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from fieldapp.common.errors import KnownError
from fieldapp.vault import SealedFolder

KEY = b"d" * 32
NAMES = st.text(min_size=0, max_size=12)


@pytest.fixture
def folder(tmp_path: Path) -> SealedFolder:
    return SealedFolder(tmp_path / "草稿", KEY)


def test_a_draft_comes_back_under_its_name_and_only_there(folder: SealedFolder) -> None:
    folder.put("走访 张三/2026-11-22", "人均纯收入".encode())
    assert folder.get("走访 张三/2026-11-22") == "人均纯收入".encode()
    with pytest.raises(KnownError, match="VAULT-017"):
        folder.get("走访 李四/2026-11-22")


def test_neither_name_nor_content_is_in_the_folder(folder: SealedFolder, tmp_path: Path) -> None:
    folder.put("张三的走访", b"planted content")
    (path,) = (tmp_path / "草稿").iterdir()
    assert "张三" not in path.name
    content = path.read_bytes()
    assert "张三".encode() not in content
    assert b"planted" not in content


def test_a_draft_copied_over_another_does_not_open_as_that_one(folder: SealedFolder, tmp_path: Path) -> None:
    folder.put("a", b"household a")
    (first,) = (tmp_path / "草稿").iterdir()
    folder.put("b", b"household b")
    second = next(path for path in (tmp_path / "草稿").iterdir() if path != first)
    second.write_bytes(first.read_bytes())
    with pytest.raises(KnownError, match="VAULT-018"):
        folder.get("b")
    assert folder.names() == ["a"]
    assert [problem.code for problem in folder.damaged()] == ["VAULT-018"]


def test_a_failed_write_leaves_the_draft_before(
    folder: SealedFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.put("a", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("fieldapp.common.files.os.fsync", full)
    with pytest.raises(KnownError, match="DISK-001"):
        folder.put("a", b"new")
    monkeypatch.undo()
    assert folder.get("a") == b"old"


class DraftMachine(RuleBasedStateMachine):
    """Whatever is put, deleted and reopened, the folder says what a dictionary says."""

    def __init__(self) -> None:
        super().__init__()
        self.place = tempfile.TemporaryDirectory()
        self.model: dict[str, bytes] = {}
        self.reopen()

    @rule()
    def reopen(self) -> None:
        self.folder = SealedFolder(Path(self.place.name) / "d", KEY)

    @rule(name=NAMES, content=st.binary(max_size=50))
    def put(self, name: str, content: bytes) -> None:
        self.folder.put(name, content)
        self.model[name] = content

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from([*sorted(self.model), "absent"]))
        self.folder.delete(name)
        self.model.pop(name, None)

    @invariant()
    def agrees(self) -> None:
        assert self.folder.names() == sorted(self.model)
        assert {name: self.folder.get(name) for name in self.model} == self.model
        assert self.folder.damaged() == []

    def teardown(self) -> None:
        self.place.cleanup()


DraftMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
TestDrafts = DraftMachine.TestCase
