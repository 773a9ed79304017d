"""Which input interface is asked for, before Qt starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldapp.ui.input_method import choose_input_method, input_method_hint


@pytest.fixture
def plugins(tmp_path: Path) -> Path:
    (tmp_path / "libibusplatforminputcontextplugin.so").touch()
    return tmp_path


@pytest.mark.parametrize("wanted", [None, "", "fcitx", "fcitx5"])
def test_fcitx_speaks_ibus_to_us(plugins: Path, wanted: str | None) -> None:
    environment = {} if wanted is None else {"QT_IM_MODULE": wanted}
    assert choose_input_method(environment, plugins, "linux") == "ibus"


@pytest.mark.parametrize("wanted", ["ibus", "xim", "compose"])
def test_another_choice_is_left_alone(plugins: Path, wanted: str) -> None:
    assert choose_input_method({"QT_IM_MODULE": wanted}, plugins, "linux") is None


def test_a_matching_plugin_of_our_own_is_used(plugins: Path) -> None:
    (plugins / "libfcitx5platforminputcontextplugin.so").touch()
    assert choose_input_method({"QT_IM_MODULE": "fcitx5"}, plugins, "linux") is None


def test_windows_has_its_own_way(plugins: Path) -> None:
    assert choose_input_method({}, plugins, "win32") is None


def test_the_hint_says_which_keys() -> None:
    assert "Ctrl+空格" in input_method_hint("linux")
    assert "Win+空格" in input_method_hint("win32")
