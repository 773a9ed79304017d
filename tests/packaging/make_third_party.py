"""Writes THIRD_PARTY.md: ``python -m tests.packaging.make_third_party``. A test keeps it current."""

from __future__ import annotations

from tests.architecture.tree import ROOT
from tests.packaging.licences import BY_NAME, chosen, licence_of, page_of
from tests.packaging.locks import APP_LOCK, Pin, pins

__all__ = ["OUTPUT", "third_party"]

OUTPUT = ROOT / "THIRD_PARTY.md"

HEAD = """\
# Third-party parts · 第三方组件

The program is shipped with the parts below, unchanged, each under its own licence; the licence texts lie in each
part's `*.dist-info` folder. 本程序附带下列组件，均未改动，各按其许可证使用；许可证全文在各组件的 `*.dist-info` 文件夹内。
Generated from `requirements.lock` by `python -m tests.packaging.make_third_party`; a test keeps it current, and
no part may be under the GPL or the AGPL.

| part | version | licence | page |
|---|---|---|---|
"""

WEAK = """
## Parts you may replace · 可替换的组件

These are under the LGPL or the MPL, or hold libraries that are. The frozen program is one folder of separate files (never one file), so that
each can be replaced by a changed version: put your build of the library in the place of the shipped one.
下列组件采用 LGPL 或 MPL 许可证。打包后的程序是一个文件夹（不是单个文件），可用您自己修改的版本替换其中的库文件。

"""

NATIVE = """
## Inside the wheels · 组件内含的库

| part | contains | licence |
|---|---|---|
| cryptography | OpenSSL | Apache-2.0 |
| lxml | libxml2, libxslt | MIT |
| pi-heif | libheif, libde265 (decoders only) | LGPL-3.0-only |
| pikepdf | qpdf | Apache-2.0 |
| pillow | libjpeg-turbo, libpng, FreeType and others | their own permissive licences, listed in the wheel |
| pypdfium2 | PDFium and what it links | BSD-3-Clause, Apache-2.0; listed in the wheel |
| pyside6-essentials | Qt | LGPL-3.0-only |
| sqlcipher3 | SQLCipher, SQLite, OpenSSL | BSD-3-Clause, public domain, Apache-2.0 |
| typst | the Typst compiler with its fonts | Apache-2.0; fonts under the OFL-1.1, GUST and Bitstream Vera licences |

## Fonts · 字体

| font | licence | text |
|---|---|---|
| Noto Serif SC, Noto Sans SC | OFL-1.1 | `resources/fonts/LICENSE-Noto.txt` |
| Rare Ming A and B (reduced and renamed from Hanazono) | OFL-1.1 | `resources/fonts/LICENSE-Hanazono.txt` |
"""


def _row(pin: Pin) -> str:
    licence = chosen(licence_of(pin), BY_NAME.get(pin.name, ""))
    version = f"{pin.version} (`{pin.marker}`)" if pin.marker else pin.version
    return f"| {pin.name} | {version} | {licence} | {page_of(pin.name)} |\n"


def third_party() -> str:
    """Return the text of THIRD_PARTY.md for the app lock as installed here."""
    locked = pins(APP_LOCK)
    weak = sorted({pin.name for pin in locked} & set(BY_NAME))
    listed = "".join(f"- {name}: {BY_NAME[name]}, source at {page_of(name)}\n" for name in weak)
    return HEAD + "".join(_row(pin) for pin in locked) + WEAK + listed + NATIVE


if __name__ == "__main__":
    OUTPUT.write_text(third_party(), "utf-8")
