"""Modules say what they are for, and have names of the field."""

from __future__ import annotations

import ast

from tests.architecture.tree import parsed, python_files, relative

EMPTY_NAMES = {"util", "utils", "helper", "helpers", "manager", "managers", "misc", "impl"}


def test_every_module_of_the_program_has_a_docstring() -> None:
    silent = [
        relative(path) for path in python_files("fieldapp", "start.py") if not ast.get_docstring(parsed(path))
    ]
    assert silent == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    paths = python_files("fieldapp", "tests")
    assert [relative(path) for path in paths if EMPTY_NAMES & set(path.stem.split("_"))] == []


def test_no_class_has_a_name_that_says_nothing() -> None:
    named = [
        f"{relative(path)}:{node.lineno} {node.name}"
        for path in python_files("fieldapp")
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.ClassDef)
        and node.name.endswith(("Manager", "Helper", "Helpers", "Utils", "Impl"))
    ]
    assert named == []
