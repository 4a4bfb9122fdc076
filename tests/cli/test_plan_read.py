"""`suivi plan read`: what it writes, where, and with which exit code."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from suivi.cli.main import main
from suivi.documents import planfile

PLAN = (
    "# Oak plan\n\n| Action | Deliverable | Time frame |\n|---|---|---|\n"
    "| 1.1 Plant | Ten oaks stand. | 2024-2025 |\n"
)


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "oaks.md"
    path.write_text(PLAN, encoding="utf-8")
    return path


def test_json_goes_to_standard_output(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(plan), "--format", "json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert data["pillars"][0]["actions"][0]["deliverables"][0]["target"] == 10


def test_yaml_is_the_default_and_can_be_loaded(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(plan)]) == 0
    loaded, _ = planfile.load(capsys.readouterr().out)
    assert [deliverable.window for deliverable in loaded.deliverables()] == ["2024-2025"]


def test_the_name_of_the_output_says_the_format(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.json"
    assert main(["plan", "read", str(plan), "-o", str(out)]) == 0
    assert json.loads(out.read_text(encoding="utf-8"))["language"] == "en"


def test_text_is_an_outline(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(plan), "--format", "text"]) == 0
    assert "[1.1.1] Ten oaks stand. (2024-2025; target 10 oaks" in capsys.readouterr().out


def test_explain_shows_sources_and_lines(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(plan), "--format", "text", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "deliverable 1.1.1 window: line 5: stated: 2024-2025" in out
    assert "line 3: heading (headings of the columns)" in out


def test_explained_json_carries_sources_and_lines(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", "read", str(plan), "--format", "json", "--explain"])
    data = json.loads(capsys.readouterr().out)
    assert data["sources"]["deliverable 1.1.1"]["target"]["certainty"] == "stated"
    assert [line["use"] for line in data["lines"]] == ["header", "blank", "heading", "ignored", "used"]


def test_findings_go_to_standard_error(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["plan", "read", str(plan), "--format", "json"])
    assert "pillar-unnamed" in capsys.readouterr().err


def test_a_document_without_deliverables_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear all,\n\nthis is a letter.\n", encoding="utf-8")
    assert main(["plan", "read", str(path)]) == 1
    assert "no-deliverables" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.md", b" \n\n\t\n"),
        ("binary.txt", bytes(range(256)) * 20),
        ("torn.docx", b"PK\x03\x04torn"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600),
        ("torn.pdf", b"%PDF-1.7\nnothing"),
        ("page.html", b"<!DOCTYPE html><html></html>"),
        ("letter.rtf", b"{\\rtf1 words}"),
        ("odd.txt", b"\xff\xfeabc"),
    ],
)
def test_bad_input_gets_one_line_and_an_exit_code(
    name: str, data: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    assert main(["plan", "read", str(path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("suivi: ")
    assert captured.err.count("\n") == 1


def test_a_file_that_is_not_there_gets_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(tmp_path / "nowhere.txt")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_huge_file_is_refused_unread(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    assert main(["plan", "read", str(path)]) == 2
    assert "200 MB" in capsys.readouterr().err


def test_reading_starts_without_django(plan: Path) -> None:
    code = (
        "import sys; from suivi.cli.main import main; "
        f"main(['plan', 'read', {str(plan)!r}, '--format', 'json']); "
        "sys.exit('django' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_what_was_written_is_said_with_its_size(
    plan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.yaml"
    main(["plan", "read", str(plan), "-o", str(out)])
    assert f"Written: {out} (pillars: 1, actions: 1, deliverables: 1; findings: " in capsys.readouterr().out


def test_the_document_itself_is_never_overwritten(plan: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plan", "read", str(plan), "-o", str(plan)]) == 2
    assert "would be overwritten" in capsys.readouterr().err
    assert plan.read_text(encoding="utf-8") == PLAN
