"""`suivi report verify` as people run it, and the same bytes on any machine, day, time zone and locale."""

import json
import subprocess
import sys
from pathlib import Path

from tests.cli.conftest import Run
from tests.render.tampering import changed_docx

ROOT = Path(__file__).parents[2]
ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONHASHSEED": "7",
    "SUIVI_NOW": "2026-12-31T23:59:00",
}


def test_the_exit_code_says_equal_different_or_not_to_be_checked(
    demonstration: Path, suivi: Run, tmp_path: Path
) -> None:
    file, sheet = tmp_path / "overview.docx", tmp_path / "sheet.pdf"
    suivi("report", "overview", "--language", "es", "-o", str(file))
    equal = suivi("report", "verify", str(file), "--sheet", str(sheet))
    assert (equal.returncode, equal.stderr) == (0, "")
    assert "Equal: every text, number and date is what the record gives." in equal.stdout
    assert sheet.read_bytes().startswith(b"%PDF-")

    file.write_bytes(changed_docx(file.read_bytes(), 1))
    other = suivi("report", "verify", str(file), "--sheet", str(tmp_path / "none.pdf"))
    assert other.returncode == 1
    assert "  record:" in other.stdout
    assert "  file:" in other.stdout
    assert not (tmp_path / "none.pdf").exists()

    file.write_bytes(b"words")
    strange = suivi("report", "verify", str(file))
    assert strange.returncode == 2
    assert strange.stdout == ""
    assert len(strange.stderr.splitlines()) == 1


def test_another_day_time_zone_and_locale_give_the_same_bytes(
    demonstration: Path, environment: dict[str, str]
) -> None:
    here, elsewhere = ({"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"}, ELSEWHERE)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.reporting.all_documents"],
            env={**environment, "SUIVI_DEMONSTRATION": "1", **variables},
            cwd=ROOT,
            stdout=subprocess.PIPE,
        )
        for variables in (here, elsewhere)
    ]
    once, again = (json.loads(one.communicate(timeout=900)[0]) for one in running)
    assert len(once) >= 9
    assert {name for name, digest in once.items() if again[name] != digest} == set()
