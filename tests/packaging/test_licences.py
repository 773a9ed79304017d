"""Nothing under the GPL or the AGPL is shipped, and THIRD_PARTY.md tells what is."""

from __future__ import annotations

import pytest

from tests.architecture.tree import ROOT
from tests.packaging.licences import BY_NAME, PERMISSIVE, TOOLS, chosen, licence_of, refused
from tests.packaging.locks import APP_LOCK, DEV_LOCK, pins
from tests.packaging.make_third_party import OUTPUT, third_party


def test_every_shipped_part_has_a_licence_we_may_ship() -> None:
    assert refused(pins(APP_LOCK), BY_NAME) == []


def test_every_tool_has_a_licence_we_may_use() -> None:
    assert refused(pins(DEV_LOCK), BY_NAME | TOOLS) == []


def test_the_tools_are_not_shipped() -> None:
    assert {pin.name for pin in pins(APP_LOCK)} & set(TOOLS) == set()


def test_no_allowance_is_for_strong_copyleft() -> None:
    assert [name for name, licence in BY_NAME.items() if licence.startswith(("GPL", "AGPL"))] == []
    assert [licence for licence in PERMISSIVE if "GPL" in licence] == []


@pytest.mark.parametrize(
    ("expression", "also", "part"),
    [
        ("MIT", "", "MIT"),
        ("Apache-2.0 OR BSD-3-Clause", "", "Apache-2.0"),
        ("GPL-3.0-only OR MIT", "", "MIT"),
        ("LGPL-3.0-only OR GPL-2.0-only", "LGPL-3.0-only", "LGPL-3.0-only"),
        ("LGPL-3.0-only OR GPL-2.0-only", "", None),
        ("GPL-3.0-or-later", "LGPL-3.0-only", None),
        ("AGPL-3.0-only", "", None),
        ("MIT AND GPL-2.0-only", "", None),
        ("MIT AND BSD-3-Clause", "", "MIT AND BSD-3-Clause"),
    ],
)
def test_of_several_licences_one_we_may_use_is_chosen(expression: str, also: str, part: str | None) -> None:
    assert chosen(expression, also) == part


def test_a_gpl_part_is_refused_by_name_and_licence() -> None:
    (tool,) = [pin for pin in pins(DEV_LOCK) if pin.name == "pyinstaller"]
    assert refused([tool], BY_NAME) == [f"pyinstaller {tool.version}: {licence_of(tool)}"]


def test_every_shipped_font_has_its_licence_beside_it() -> None:
    folder = ROOT / "resources" / "fonts"
    licences = "".join(path.read_text("utf-8") for path in folder.glob("LICENSE-*.txt"))
    fonts = [path.name for path in folder.glob("*.[ot]t[cf]")]
    assert fonts
    assert [name for name in fonts if name not in licences] == []
    assert [path.name for path in folder.glob("LICENSE-*.txt") if path.name not in third_party()] == []


def test_third_party_page_is_current() -> None:
    assert OUTPUT.read_text("utf-8") == third_party(), "run: python -m tests.packaging.make_third_party"
