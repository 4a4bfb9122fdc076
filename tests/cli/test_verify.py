"""`suivi verify` on the demonstration: it holds, and what somebody changes behind its back is named."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.conftest import Run


def test_the_record_of_the_demonstration_holds(demonstration: Path, suivi: Run) -> None:
    done = suivi("verify")
    assert (done.returncode, done.stderr) == (0, "")
    head = re.search(r"holds; \d+ links, head ([0-9a-f]{64}) of 20", done.stdout)
    assert head, done.stdout
    assert suivi("verify", "--head", head.group(1)).returncode == 0
    cut = suivi("verify", "--head", "f" * 64)
    assert cut.returncode == 1
    assert "cut or rewritten" in cut.stdout


def test_a_changed_row_is_named_with_its_link(demonstration: Path, suivi: Run) -> None:
    with closing(sqlite3.connect(demonstration / "demo.sqlite3")) as database, database:
        database.execute(
            "UPDATE monitoring_itemstate SET happened_on = '2020-01-01' WHERE id = "
            "(SELECT min(i.id) FROM monitoring_itemstate i JOIN monitoring_progressupdate u "
            "ON u.id = i.update_row_id WHERE u.state = 'approved')"
        )
    done = suivi("verify")
    assert done.returncode == 1
    assert re.search(r"row-changed: What link \d+ stands for was changed afterwards", done.stdout)
    assert "does not hold, findings: 1;" in done.stdout


def test_a_plan_that_does_not_exist_is_one_line(demonstration: Path, suivi: Run) -> None:
    done = suivi("verify", "--plan", "nowhere")
    assert done.returncode == 5
    assert "nowhere" in done.stderr
