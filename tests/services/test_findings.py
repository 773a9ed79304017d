"""Findings of the whole register: kept in the background, mended, passed with a reason that travels."""

from __future__ import annotations

import pytest

from fieldapp.common.errors import KnownError
from fieldapp.common.tasks import CancelToken, Progress
from fieldapp.register.checks import Finding
from fieldapp.services.findings import FindingFilter
from fieldapp.services.workspace import Workspace
from tests.services.asking import homes
from tests.services.world import World


def checked(workspace: Workspace) -> Workspace:
    workspace.findings.refresh()
    return workspace


def kept(workspace: Workspace, **wanted: object) -> list[Finding]:
    found = workspace.findings.lines(workspace.findings.ids(FindingFilter(**wanted)))  # type: ignore[arg-type]
    return [line.finding for line in found]


def spoil(workspace: Workspace) -> tuple[str, str]:
    """Make one household's land implausible; return it and the rule that says so."""
    home = homes(workspace)[0]
    workspace.households.correct(home, "households", home, "arable_mu", "320", "抄错")
    return home, "arable-range"


def test_every_household_is_checked_once_and_then_only_what_was_touched(clerk: Workspace) -> None:
    told: list[Progress] = []
    assert clerk.findings.refresh(told.append) == len(homes(clerk))
    assert told
    assert clerk.findings.refresh() == 0
    home, rule = spoil(clerk)
    assert clerk.findings.counts().waiting == 1
    assert clerk.findings.refresh() == 1
    (found,) = kept(clerk, rule_id=rule, household_id=home)
    assert (found.list, found.entity_id, found.property) == ("households", home, "arable_mu")


def test_what_is_kept_is_what_the_rules_say_of_each_household_now(clerk: Workspace) -> None:
    checked(clerk)
    for home in homes(clerk):
        assert set(kept(clerk, household_id=home)) == set(clerk.findings.now(home))


def test_a_mended_field_ends_its_finding(clerk: Workspace) -> None:
    home, rule = spoil(clerk)
    assert kept(checked(clerk), rule_id=rule, household_id=home)
    clerk.households.correct(home, "households", home, "arable_mu", "3.2", "更正")
    assert not kept(checked(clerk), rule_id=rule, household_id=home)


def test_stopping_keeps_what_was_checked(clerk: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fieldapp.services.findings._CHUNK", 5)
    cancel = CancelToken()

    def stop_soon(progress: Progress) -> None:
        if progress.done >= 10:
            cancel.cancel()

    with pytest.raises(KnownError) as caught:
        clerk.findings.refresh(stop_soon, cancel)
    assert caught.value.code == "TASK-001"
    everybody = len(homes(clerk))
    assert 0 < clerk.findings.counts().waiting < everybody
    clerk.findings.refresh()
    assert clerk.findings.counts().waiting == 0


def test_groups_add_up_to_the_counts(clerk: Workspace) -> None:
    spoil(clerk)
    counts = checked(clerk).findings.counts()
    for by in ("rule", "household"):
        groups = clerk.findings.groups(FindingFilter(), by)
        assert (
            sum(group.findings for group in groups) == counts.open == len(clerk.findings.ids(FindingFilter()))
        )
    titles = [group.zh for group in clerk.findings.groups(FindingFilter(), "rule")]
    assert all("{" not in title for title in titles)


def test_filters_narrow_by_level_village_helper_and_words(clerk: Workspace) -> None:
    home, _ = spoil(clerk)
    name = clerk.households.file(home).household.head_name
    doubts = kept(checked(clerk), levels=frozenset({"doubt"}))
    assert doubts
    assert {found.level for found in doubts} == {"doubt"}
    assert home in {found.household_id for found in kept(clerk, text=name)}
    assert kept(clerk, area_code=clerk.person.area_code) == kept(clerk)
    assert not kept(clerk, area_code="999")
    assert not kept(clerk, text="没有这样的话")


def test_a_passed_doubt_is_listed_with_reason_day_and_name_and_can_be_opened_again(clerk: Workspace) -> None:
    home, rule = spoil(clerk)
    ids = checked(clerk).findings.ids(FindingFilter(rule_id=rule, household_id=home))
    assert len(clerk.findings.pass_all(ids, "已核实：承包了村集体的地")) == 1
    assert not kept(checked(clerk), rule_id=rule, household_id=home)
    (line,) = clerk.findings.lines(clerk.findings.ids(FindingFilter(rule_id=rule, passed=True)))
    assert line.reason == "已核实：承包了村集体的地"
    assert (line.passed_on, line.passed_by) == (clerk.today().isoformat(), clerk.person.name)
    assert clerk.findings.take_back([line.pass_id]) == 1
    assert kept(clerk, rule_id=rule, household_id=home)
    again = clerk.findings.ids(FindingFilter(rule_id=rule, household_id=home))
    clerk.findings.pass_all(again, "再次核实")
    assert not kept(clerk, rule_id=rule, household_id=home)


def test_many_findings_of_a_rule_are_passed_with_one_reason(clerk: Workspace) -> None:
    hints = checked(clerk).findings.groups(FindingFilter(levels=frozenset({"hint", "doubt"})), "rule")
    rule = max(hints, key=lambda group: group.findings)
    assert rule.findings > 1
    ids = clerk.findings.ids(FindingFilter(rule_id=rule.id))
    assert len(clerk.findings.pass_all(ids, "已逐户核实")) == rule.findings
    assert not clerk.findings.ids(FindingFilter(rule_id=rule.id))


def test_an_error_cannot_be_passed_and_a_reason_is_needed(clerk: Workspace) -> None:
    home = homes(clerk)[0]
    person = clerk.households.file(home).members[0]
    clerk.households.correct(home, "persons", person.id, "id_number", "41102319800230001X", "试")
    ids = checked(clerk).findings.ids(FindingFilter(levels=frozenset({"error"}), household_id=home))
    assert ids
    with pytest.raises(KnownError) as caught:
        clerk.findings.pass_all(ids, "没问题")
    assert caught.value.code == "FIND-001"
    with pytest.raises(KnownError) as caught:
        clerk.findings.pass_all(ids, "  ")
    assert caught.value.code == "FIND-002"


def test_a_pass_travels_so_that_the_county_sees_the_reason(world: World) -> None:
    from fieldapp.tables.proceedings import PassRow
    from tests.county.world import rows_of

    clerk = world.unlocked("clerk")
    home, rule = spoil(clerk)
    ids = checked(clerk).findings.ids(FindingFilter(rule_id=rule, household_id=home))
    clerk.findings.pass_all(ids, "已核实：承包了村集体的地")
    clerk.sync.run()
    (row,) = rows_of(world.county, PassRow, household_id=home, rule_id=rule)
    assert row.reason == "已核实：承包了村集体的地"
    assert row.status == "active"
