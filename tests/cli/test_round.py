import shutil
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from suivi.documents import planfile
from tests.cast import first_edition
from tests.cli.conftest import Run
from tests.exchange.sheets import Typist
from tests.exchange.test_tracker import tracker_of
from tests.server import environment_of, run_suivi

# What a plan manager would do in the pages: a unit, who answers, a ladder, a round.
SET_UP = """
from datetime import date
from suivi.core import clock
from suivi.monitoring.commands.rounds import open_round
from suivi.monitoring.commands.sheets import RungGiven, describe_ladder, write_sheet
from suivi.organisation.commands import add_unit
from suivi.plan.commands import assign_unit
from suivi.plan.models import Deliverable, Edition
from suivi.values.text import Text
given = {"by": None, "now": clock.now()}
start = date(2021, 2, 1)
name = Text.of("Northern Seas", "en")
unit = add_unit(**given, key="region", kind="regional", name=name, short_name="NORTH", starts_on=start)
guide, edition = Deliverable.objects.get(key="1.1.2"), Edition.objects.get()
rungs = [RungGiven(key, Text.of(key, "en")) for key in ("drafted", "used")]
describe_ladder(**given, edition=edition, key="guide", name=Text.of("Guide", "en"), rungs=rungs)
write_sheet(**given, deliverable=guide, edition=edition, kind="ladder", ladder="guide")
assign_unit(**given, deliverable=guide, unit=unit, role="accountable", starts_on=start)
open_round(
    **given, plan=edition.plan, key="2022-2", title=Text.of("Second half", "en"),
    period_starts_on=date(2022, 7, 1), period_ends_on=date(2022, 12, 31), opens_on=date(2023, 1, 10),
    due_on=date(2023, 2, 28), asked=[(guide, unit)],
)
"""
NOW = {"SUIVI_NOW": "2023-02-15T11:00:00Z"}


@pytest.fixture(scope="module")
def round_opened(empty_installation: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a plan, a unit, a ladder and an open round, made once and copied for each test."""
    folder = tmp_path_factory.mktemp("round")
    data = shutil.copytree(empty_installation, folder / "data")
    document = first_edition()
    document.slug = "harbour-plan"
    plan = folder / "plan.yaml"
    plan.write_text(planfile.dump(document), encoding="utf-8")
    for words in (
        ("plan", "load", str(plan), "--decided-on", "2021-01-20"),
        ("manage", "shell", "-c", SET_UP),
    ):
        done = run_suivi({**environment_of(data), **NOW}, *words)
        assert done.returncode == 0, done.stderr
    return data


@pytest.fixture
def in_a_round(round_opened: Path, environment: dict[str, str], suivi: Run, tmp_path: Path) -> Run:
    """An installation in which a round is open, its plan.yaml beside it; the command to go on with."""
    shutil.copy(round_opened.parent / "plan.yaml", tmp_path)
    shutil.copytree(round_opened, environment["SUIVI_DATA_DIR"])
    return suivi


def _updates(tmp_path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(tmp_path / "data" / "suivi.sqlite3")) as database:
        return database.execute("SELECT state, source FROM monitoring_progressupdate ORDER BY id").fetchall()


def test_a_workbook_is_given_out_and_read_back(in_a_round: Run, tmp_path: Path) -> None:
    file = tmp_path / "region.xlsx"
    done = in_a_round("round", "workbook", "--unit", "region", "-o", str(file), **NOW)
    assert done.returncode == 0, done.stderr
    assert "round 2022-2" in done.stdout
    typist = Typist(file.read_bytes()).type_in("words/1.1.2", narrative="Half of it is written.")
    typist.type_in("ladder/1.1.2//drafted", happened_on=date(2022, 11, 20))
    typist.type_in("ladder/1.1.2//used", happened_on="soon")
    file.write_bytes(typist.saved())

    shown = in_a_round("round", "read", str(file), **NOW)
    assert shown.returncode == 0, shown.stderr
    assert "Steps!G5 refused: “soon” is not a day. Write it as 2023-02-15." in shown.stdout
    assert "changed: 1, new: 1, refused: 1, unchanged: 1" in shown.stdout
    assert "Nothing was written." in shown.stdout
    assert _updates(tmp_path) == []

    wrote = in_a_round("round", "read", str(file), "--yes", **NOW)
    assert "Written: 2 rows; updates sent: 0, left as drafts: 1; rows set aside: 1." in wrote.stdout
    assert _updates(tmp_path) == [("draft", "workbook")]

    aside = tmp_path / "region-set-aside.xlsx"
    mended = Typist(aside.read_bytes()).type_in("ladder/1.1.2//used", happened_on="2022-12-20")
    aside.write_bytes(mended.saved())
    again = in_a_round("round", "read", str(aside), "--yes", **NOW)
    assert "Written: 1 rows; updates sent: 1" in again.stdout
    assert _updates(tmp_path) == [("submitted", "workbook")]


def test_a_tracker_comes_in(in_a_round: Run, tmp_path: Path) -> None:
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(tracker_of(["1.1.2", "Begun.", "An outline."], head=["No.", "2021", "Wave two"]))

    shown = in_a_round("round", "tracker", str(file), "--column", "C=narrative@2022-06-30", **NOW)
    assert shown.returncode == 0, shown.stderr
    assert "C: Wave two -> narrative up to 2022-06-30" in shown.stdout
    assert "new: 2" in shown.stdout
    assert _updates(tmp_path) == []

    done = in_a_round("round", "tracker", str(file), "--column", "C=narrative@2022-06-30", "--yes", **NOW)
    assert "Imported: 2 updates; there already: 0; refused: 0." in done.stdout
    assert _updates(tmp_path) == [("approved", "tracker")] * 2


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("workbook", "--unit", "regio", "-o", "x.xlsx"), "There is no unit with the key regio.", 5),
        (("workbook", "--unit", "region", "--round", "9", "-o", "x.xlsx"), "No open round asks region.", 5),
        (("read", "plan.yaml"), "The file is damaged and cannot be read.", 2),
        (("tracker", "tracker.xlsx", "--column", "C=nonsense"), "does not say what a column holds", 2),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    in_a_round: Run, tmp_path: Path, words: tuple[str, ...], said: str, code: int
) -> None:
    (tmp_path / "tracker.xlsx").write_bytes(tracker_of(["1.1.2", "x"], head=["No.", "2021"]))
    named = [str(tmp_path / word) if "." in word else word for word in words]
    done = in_a_round("round", *named, **NOW)
    assert (done.returncode, said in done.stderr, done.stderr.count("\n")) == (code, True, 1), done.stderr
