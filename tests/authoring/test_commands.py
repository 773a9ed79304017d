"""``python -m fieldapp form …`` as an author calls it."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fieldapp.authoring.commands import main
from tests.authoring.forms import write_form

SURVEY = [
    {"type": "integer", "name": "a", "label": "A", "constraint": ". < 10", "required": "yes"},
    {"type": "calculate", "name": "b", "label": "", "calculation": "${a} * 2"},
]


def test_a_clean_form_gives_0(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", str(write_form(tmp_path, SURVEY))]) == 0
    assert "0 处错误" in capsys.readouterr().out


def test_errors_give_1_and_json_lists_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write_form(tmp_path, [*SURVEY, {"type": "text", "name": "c", "label": "C", "relevant": "${a} ="}])
    assert main(["check", str(path), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert (told["errors"], told["findings"][0]["row"], told["findings"][0]["column"]) == (1, 4, "relevant")


@pytest.mark.parametrize("arguments", [[], ["check"], ["check", "missing.md"], ["check", "form.et"], ["fly"]])
def test_wrong_usage_gives_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments) == 2
    captured = capsys.readouterr()
    assert captured.out or captured.err


def test_replay_reads_lines_and_writes_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    case = {"id": "x", "kind": "expression", "expr": "2 * 3", "xml": None, "context": "/", "result": "number"}
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(case) + "\n"))
    assert main(["replay"]) == 0
    assert json.loads(capsys.readouterr().out) == {"id": "x", "value": 6.0}


def test_a_trial_prints_the_submission(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(json.dumps([{"op": "set", "ref": "/data/a", "value": "4"}]), "utf-8")
    path = write_form(tmp_path, SURVEY)
    assert main(["try", str(path), "--headless", "--answers", str(steps)]) == 0
    assert "<b>8</b>" in capsys.readouterr().out


@pytest.mark.parametrize(("value", "said"), [("11", "constraint"), (None, "required")])
def test_a_trial_that_is_not_valid_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], value: str | None, said: str
) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text(json.dumps([{"ref": "/data/a", "value": value}] if value else []), "utf-8")
    path = write_form(tmp_path, SURVEY)
    assert main(["try", str(path), "--headless", "--answers", str(steps)]) == 1
    assert said in capsys.readouterr().out


def test_headless_reads_what_was_signed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    public = b64encode(key.public_key().public_bytes_raw()).decode()
    survey = [
        {"type": "text", "name": "scanned", "label": "S"},
        {"type": "calculate", "name": "said", "calculation": f"extract-signed(${{scanned}}, '{public}')"},
    ]
    path, steps = write_form(tmp_path, survey), tmp_path / "steps.json"
    for signed, told in ((key.sign(b"house 7") + b"house 7", "house 7"), (bytes(64) + b"house 7", "")):
        answers = [{"ref": "/data/scanned", "value": b64encode(signed).decode()}]
        steps.write_text(json.dumps(answers), "utf-8")
        assert main(["try", str(path), "--headless", "--answers", str(steps)]) == 0
        assert (f"<said>{told}</said>" if told else "<said/>") in capsys.readouterr().out
