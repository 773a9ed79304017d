"""A county set up the way its administrator does it, by commands, and a laptop that finds everything it needs there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fieldapp.cli import main
from fieldapp.common.clock import SystemClock
from fieldapp.common.ids import IdSource
from fieldapp.common.resources import forms_dir
from fieldapp.county.serving import in_background
from fieldapp.demo.generate import SMALL, generate_county
from fieldapp.services.laptop import Laptop
from tests.journeys.comparing import difference, holdings_of_county
from tests.services.asking import finished, first, homes, visit_line
from tests.services.world import CHEAP, PASSWORD, free_port, reopened

pytestmark = pytest.mark.journey


def test_from_county_init_to_a_visit_with_its_receipt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = SystemClock()
    books = generate_county(tmp_path / "books", seed=3, today=clock.today(), scale=SMALL)
    folder = tmp_path / "县级 服务"
    monkeypatch.setenv("FIELDAPP_ADMIN_PASSWORD", "correct horse battery")

    def run(*arguments: object) -> str:
        assert main([str(each) for each in ("county", *arguments)]) == 0
        return capsys.readouterr().out

    run("init", folder, "--code", "411025", "--name", "襄城县", "--admin", "管理员")
    run("publish-form", folder, forms_dir() / "visit.md")
    run("import", folder, *books.register_books)
    run("import-visits", folder, *books.ledgers)
    village = books.manifest.full_village_code
    staff = [line.split() for line in run("staff", folder).splitlines()]
    clerk = next(words[0] for words in staff if words[1:3] == ["clerk", village])
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    told = run("code", folder, "--staff", clerk, "--url", url)
    code = "".join(re.findall(r"[0-9A-Z]{5}(?:-[0-9A-Z]{5}){4}", told))
    county = reopened(folder, clock)
    laptop = Laptop(
        tmp_path / "laptop", clock=clock, ids=IdSource(clock), state_dir=tmp_path / "state", cost=CHEAP
    )
    try:
        with in_background(county, port=port):
            workspace = laptop.enrol(code, url, PASSWORD)
            try:
                workspace.sync.run()
                assert workspace.count()[0] == SMALL.full_village
                home = first(workspace)
                visit_id = finished(workspace, home)
                workspace.sync.run()
                assert visit_line(workspace, home, visit_id).ladder == "received"
                assert difference(county, workspace) == []
                seen = homes(workspace)
            finally:
                workspace.close()
        before = holdings_of_county(county, seen)
        # The same books once more, as every month: what the visit said stays.
        run("import", folder, *books.register_books)
        assert holdings_of_county(county, seen) == before
    finally:
        county.close()
    device = run("devices", folder).split()[0]
    run("revoke", folder, device)
    assert "revoked" in run("devices", folder)
