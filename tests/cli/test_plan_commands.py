import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from suivi.documents import planfile
from suivi.documents.comparison import compare
from tests.cast import first_edition, second_edition
from tests.cli.conftest import Run
from tests.server import environment_of, run_suivi

DECIDED = ("--decided-on", "2021-01-20")

# `suivi plan load` that stops after the rows of the deliverables were written, and waits to be killed.
HALFWAY = """
import sys
from suivi.cli.main import main
from suivi.cli.database import start_django
start_django()
from suivi.plan.commands import edition_rows
create = edition_rows._create
def create_and_wait(model, rows):
    written = create(model, rows)
    if model.__name__ == "DeliverableEdition":
        print("halfway", model.objects.count(), flush=True)
        sys.stdin.read()
    return written
edition_rows._create = create_and_wait
sys.exit(main())
"""


def _write_files(folder: Path) -> None:
    for name, document in (("one.yaml", first_edition()), ("two.yaml", second_edition())):
        document.slug = "harbour-plan"
        (folder / name).write_text(planfile.dump(document), encoding="utf-8")


@pytest.fixture(scope="module")
def one_loaded(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the first edition, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("one")
    _write_files(folder)
    data = shutil.copytree(empty_installation, folder / "data")
    done = run_suivi(environment_of(data), "plan", "load", str(folder / "one.yaml"), *DECIDED)
    assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def empty(installed: Path, tmp_path: Path) -> Path:
    """A folder with the two plan files; the installation holds no plan."""
    _write_files(tmp_path)
    return tmp_path


@pytest.fixture
def loaded(one_loaded: Path, tmp_path: Path, environment: dict[str, str]) -> Path:
    """A folder with the two plan files; the installation holds the first edition."""
    shutil.copytree(one_loaded, environment["SUIVI_DATA_DIR"])
    _write_files(tmp_path)
    return tmp_path


def test_load_says_what_it_did_and_that_comments_are_not_kept(suivi: Run, empty: Path) -> None:
    done = suivi("plan", "load", str(empty / "one.yaml"), *DECIDED)
    assert (done.returncode, done.stderr) == (0, "")
    assert "new plan, edition 1, in force from 2021-01-20" in done.stdout
    assert "deliverables: 4" in done.stdout
    assert "Comments in the file are not kept" in done.stdout


def test_the_same_file_twice_is_unchanged(suivi: Run, loaded: Path) -> None:
    assert "unchanged" in suivi("plan", "load", str(loaded / "one.yaml")).stdout


def test_load_export_load_comes_back_equal(suivi: Run, loaded: Path) -> None:
    out = loaded / "out.yaml"
    assert suivi("plan", "export", "-o", str(out)).returncode == 0
    assert compare(planfile.load(out.read_text())[0], first_edition()) == []
    assert suivi("plan", "export", "--edition", "1").stdout == out.read_text()
    assert "unchanged" in suivi("plan", "load", str(out)).stdout


def test_an_amendment_without_its_decision_is_shown_and_refused(suivi: Run, loaded: Path) -> None:
    done = suivi("plan", "load", str(loaded / "two.yaml"))
    assert done.returncode == 4
    assert "Time frame (1)" in done.stdout
    assert "--decided-on" in done.stderr


def test_an_amendment_with_its_decision_is_a_later_edition(suivi: Run, loaded: Path) -> None:
    done = suivi("plan", "load", str(loaded / "two.yaml"), "--decided-on", "2022-12-01", "--session", "62")
    assert "loaded as edition 2, in force from 2022-12-01" in done.stdout
    assert suivi("plan", "export", "--as-of", "2021-06-01").stdout != suivi("plan", "export").stdout


def test_a_decision_without_its_day_is_refused(suivi: Run, loaded: Path) -> None:
    done = suivi("plan", "load", str(loaded / "two.yaml"), "--session", "62")
    assert done.returncode == 2
    assert "--decided-on" in done.stderr


def test_a_dry_run_writes_nothing(suivi: Run, empty: Path, environment: dict[str, str]) -> None:
    done = suivi("plan", "load", str(empty / "one.yaml"), *DECIDED, "--dry-run")
    assert "nothing was written" in done.stdout
    assert "No plan is loaded" in suivi("plan", "list").stderr
    assert not list((Path(environment["SUIVI_DATA_DIR"]) / "files").glob("*/*"))


def test_a_broken_file_is_refused_whole_with_its_lines(suivi: Run, loaded: Path) -> None:
    broken = loaded / "broken.yaml"
    broken.write_text('plan: other\npillars:\n  - number: "1"\n    titel: x\n  - title: y\n')
    done = suivi("plan", "load", str(broken), *DECIDED)
    assert done.returncode == 2
    assert "broken.yaml: line 4: error" in done.stderr
    assert "broken.yaml: line 5: error" in done.stderr
    assert "other" not in suivi("plan", "list").stdout


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"a: [", b"- 1\n", b"a: &a\nb: *a\n", b"pillars: []\nplan: p\n"]
)
def test_what_is_no_plan_file_is_refused_in_one_sentence(suivi: Run, loaded: Path, content: bytes) -> None:
    broken = loaded / "broken.yaml"
    broken.write_bytes(content)
    done = suivi("plan", "load", str(broken), *DECIDED)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_document_is_to_be_read_first(suivi: Run, loaded: Path) -> None:
    done = suivi("plan", "load", str(loaded / "plan.docx"))
    assert (done.returncode, "suivi plan read plan.docx" in done.stderr) == (2, True)


def test_diff_compares_editions_and_files(suivi: Run, loaded: Path) -> None:
    between = suivi("plan", "diff", "1", str(loaded / "two.yaml")).stdout
    files = suivi("plan", "diff", str(loaded / "one.yaml"), str(loaded / "two.yaml")).stdout
    assert between == files
    assert "Dropped (1)\n  deliverable 2.1.1" in between
    assert suivi("plan", "diff", "1", "1").stdout == "Nothing differs.\n"


def test_diff_of_files_needs_no_database(suivi: Run, tmp_path: Path, environment: dict[str, str]) -> None:
    _write_files(tmp_path)
    done = suivi("plan", "diff", str(tmp_path / "one.yaml"), str(tmp_path / "two.yaml"), "--format", "json")
    assert {one["change"] for one in json.loads(done.stdout)} == {"added", "dropped", "text", "window"}
    assert not Path(environment["SUIVI_DATA_DIR"]).exists()


def test_export_as_json_has_the_shape_of_a_reading(suivi: Run, loaded: Path) -> None:
    data = json.loads(suivi("plan", "export", "--format", "json").stdout)
    assert data["pillars"][0]["actions"][0]["deliverables"][0]["target"] == 10


def test_an_edition_that_is_not_there_is_said(suivi: Run, loaded: Path) -> None:
    assert suivi("plan", "export", "--edition", "7").returncode == 5
    assert suivi("plan", "export", "--as-of", "2001-01-01").returncode == 5
    assert suivi("plan", "export", "--as-of", "soon").returncode == 2


def test_list_and_publish_say_who_may_read(suivi: Run, loaded: Path) -> None:
    assert "internal" in suivi("plan", "list").stdout
    assert "everybody may read" in suivi("plan", "publish").stdout
    assert "public" in suivi("plan", "list").stdout
    suivi("plan", "publish", "--withdraw")
    assert "internal" in suivi("plan", "list").stdout


def test_a_process_killed_in_the_middle_of_a_load_leaves_nothing_half_loaded(
    suivi: Run, empty: Path, environment: dict[str, str]
) -> None:
    words = ("plan", "load", str(empty / "one.yaml"), *DECIDED)
    with subprocess.Popen(
        [sys.executable, "-c", HALFWAY, *words],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.readline()
        process.kill()
    assert said == "halfway 4\n"
    assert process.returncode == -9
    with closing(sqlite3.connect(Path(environment["SUIVI_DATA_DIR"]) / "suivi.sqlite3")) as database:
        for table in (
            "plan_plan",
            "plan_edition",
            "plan_deliverable",
            "core_auditentry",
            "organisation_scope",
        ):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table
    assert "new plan" in suivi(*words).stdout


@pytest.mark.reference
def test_the_real_plan_is_read_loaded_and_given_back_equal(
    suivi: Run, empty: Path, reference_dir: Path
) -> None:
    read, back = empty / "plan.yaml", empty / "back.yaml"
    suivi("plan", "read", str(reference_dir / "plan" / "gb341-pol-4-fr.txt"), "-o", str(read))
    done = suivi("plan", "load", str(read))
    assert "pillars: 4, actions: 15, deliverables: 32" in done.stdout
    suivi("plan", "export", "-o", str(back))
    assert suivi("plan", "diff", str(read), str(back)).stdout == "Nothing differs.\n"
    assert "unchanged" in suivi("plan", "load", str(back)).stdout
