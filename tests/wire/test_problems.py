"""The table of refusals."""

from __future__ import annotations

from fieldapp.wire import problems as module
from fieldapp.wire.problems import BUSY, CODE_WRONG, problems, read_problem


def test_every_problem_has_its_own_number_and_both_languages() -> None:
    table = problems()
    assert len({problem.number for problem in table.values()}) == len(table)
    for slug, problem in table.items():
        error = problem()
        assert error.slug == slug
        assert error.code == f"WIRE-{problem.number:03d}"
        assert 400 <= problem.status < 600
        assert any("一" <= letter <= "鿿" for letter in error.zh + error.remedy_zh)
        assert error.en
        assert error.remedy_en


def test_every_problem_is_exported() -> None:
    exported = {getattr(module, name).slug for name in module.__all__ if name.isupper()}
    assert exported == set(problems())


def test_a_problem_document_reads_back_with_its_extra_members() -> None:
    error = BUSY(retry_after_s=16, extra={"retry_after": 16})
    document = error.as_problem()
    assert (document["status"], document["retry_after"]) == (503, 16)
    again = read_problem(document)
    assert again is not None
    assert (again.slug, again.zh, again.extra) == (error.slug, error.zh, {"retry_after": 16})


def test_a_problem_of_a_newer_county_is_still_a_known_error() -> None:
    error = read_problem({"type": "urn:fieldapp:problem:moon-phase", "status": 418})
    assert error is not None
    assert error.slug == "unknown"
    assert "moon-phase" in error.zh


def test_anything_else_is_not_a_problem_of_ours() -> None:
    for document in ({}, {"type": 5}, {"type": "about:blank"}, {"title": "Bad Gateway"}):
        assert read_problem(document) is None


def test_details_that_the_other_side_forgot_are_filled_in() -> None:
    assert "未注明" in CODE_WRONG().zh
    document = {"type": "urn:fieldapp:problem:code-wrong", "details": {"left": 3, "odd": "x"}}
    error = read_problem(document)
    assert error is not None
    assert "3" in error.zh
