"""The room's public face: what it exports exists, and every error it knows is complete and used."""

from __future__ import annotations

import re
from pathlib import Path

import fieldapp.vault
from fieldapp.common.errors import ErrorSpec, catalogue
from fieldapp.vault import errors

SOURCES = Path(fieldapp.vault.__file__).parent


def test_everything_exported_exists_and_is_sorted() -> None:
    assert fieldapp.vault.__all__ == sorted(fieldapp.vault.__all__)
    assert all(hasattr(fieldapp.vault, name) for name in fieldapp.vault.__all__)


def test_every_error_speaks_chinese_first_and_is_raised_somewhere() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in SOURCES.glob("*.py") if path.name != "errors.py"
    )
    specs = {name: getattr(errors, name) for name in errors.__all__}
    assert sorted(spec.code for spec in specs.values()) == [c for c in catalogue() if c.startswith("VAULT-")]
    for name, spec in specs.items():
        assert isinstance(spec, ErrorSpec)
        assert re.search(rf"\b{name}\(", code), name
        for text in (spec.zh, spec.remedy_zh):
            assert re.search(r"[一-鿿]", text)
            assert text.endswith("。")
        for text in (spec.en, spec.remedy_en):
            assert text.isascii() or "“" in text
            assert text.endswith(".")


def test_no_call_that_only_one_system_has_is_unguarded() -> None:
    for path in SOURCES.glob("*.py"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(
            r"\bos\.(fdatasync|pwrite|pread|fork|getuid|geteuid|chown|O_DIRECTORY)\b", code
        ), path.name
        assert "import fcntl" not in code
