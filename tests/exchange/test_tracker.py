from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from suivi.core.models import AuditEntry
from suivi.exchange.models import TrackerImport
from suivi.exchange.tracker.columns import assessment_of
from suivi.exchange.tracker.commands import (
    Imported,
    discard_tracker,
    import_tracker,
    match_columns,
    preview_of_tracker,
    start_tracker,
)
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.chain import verify
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.content import ValueSaid
from suivi.values.errors import InputRefused, NotAllowed, RuleBroken
from suivi.workbooks.comparing import Verdict
from tests.cast import NOW
from tests.monitoring.scene import Scene

HEAD = ["No.", "Deliverable", "Unit", "June 2022 progress", "June 2022 status", "Risks Dec 2022", "Dec-22"]
GUIDE = ["1.1.2", "A guide", "NORTH", "An outline is there.", "Green", "Paper is scarce.", "Half is written."]


def tracker_of(*rows: list[Any], head: list[Any] | None = None, above: list[Any] | None = None) -> bytes:
    """An XLSX with a title, the headings and these rows."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tracker"
    sheet.append(["Our tracker"])
    sheet.append(above or [])
    for row in (head or HEAD, *rows):
        sheet.append(row)
    held = BytesIO()
    book.save(held)
    return held.getvalue()


def started(scene: Scene, data: bytes) -> TrackerImport:
    return start_tracker(
        by=scene.cast.plan_manager, now=NOW, plan=scene.cast.plan, data=data, name="tracker.xlsx"
    )


def imported(scene: Scene, data: bytes) -> Imported:
    return import_tracker(by=scene.cast.plan_manager, now=NOW, tracker=started(scene, data))


def roles(scene: Scene, data: bytes) -> dict[str, tuple[str, date | None]]:
    return {c.letters: (c.role, c.on) for c in preview_of_tracker(started(scene, data), NOW).columns}


def refusals(scene: Scene, *rows: list[Any], head: list[Any] | None = None) -> list[tuple[str, str]]:
    found = preview_of_tracker(started(scene, tracker_of(*rows, head=head)), NOW).rows
    return [(reason.place.in_words(), str(reason.message)) for row in found for reason in row.reasons]


def test_columns_are_guessed_from_their_headings(scene: Scene) -> None:
    june, december = date(2022, 6, 30), date(2022, 12, 31)
    assert roles(scene, tracker_of(GUIDE)) == {
        "A": ("deliverable", None), "B": ("", None), "C": ("unit", None),
        "D": ("narrative", june), "E": ("assessment", june),
        "F": ("difficulties", december), "G": ("narrative", december),
    }  # fmt: skip


def test_a_period_above_several_columns_is_of_each(scene: Scene) -> None:
    head = ["N°", "Avance", "Riesgos", "Avance", "Valeur"]
    above = ["", "1er semestre 2022", "", "2e trimestre 2021", ""]
    found = roles(scene, tracker_of(["1.1.2", "Bien", "Ninguno", "Antes", 3], head=head, above=above))
    first, second = date(2022, 6, 30), date(2021, 6, 30)
    assert found == {
        "A": ("deliverable", None), "B": ("narrative", first), "C": ("difficulties", first),
        "D": ("narrative", second), "E": ("value", second),
    }  # fmt: skip


def test_history_comes_in_as_approved_at_its_time(scene: Scene) -> None:
    assert imported(scene, tracker_of(GUIDE)) == Imported(2, 0, 0)

    june, december = ProgressUpdate.objects.order_by("reported_on")
    assert [one.approved_at.date() for one in (june, december) if one.approved_at] == [
        date(2022, 6, 30), date(2022, 12, 31),
    ]  # fmt: skip
    assert {one.recorded_at for one in (june, december)} == {NOW}
    assert {(one.source, one.unit) for one in (june, december)} == {("tracker", scene.cast.region)}
    said = content_of(june)
    assert (said.narrative, said.assessment) == ("An outline is there.", "on_track")
    assert said.assessment_reason == "June 2022 status: Green"
    assert content_of(december).difficulties == "Paper is scarce."
    assert verify(scene.cast.plan) == []


def test_who_brings_it_in_is_kept_as_the_one_who_entered_it_and_nobody_as_having_approved_it(
    scene: Scene,
) -> None:
    manager = scene.cast.plan_manager
    imported(scene, tracker_of(GUIDE[:4], head=HEAD[:4]))
    update = ProgressUpdate.objects.get()
    assert (update.created_by, update.submitted_by, update.on_behalf_of) == (manager, manager, None)
    assert update.approved_by is None
    assert list(update.events.order_by("pk").values_list("verb", "by")) == [
        ("started", manager.pk), ("taken_over", manager.pk),
    ]  # fmt: skip
    entry = AuditEntry.objects.get(verb="take_over_update")
    assert (entry.by, entry.details["unit"]) == (manager, scene.cast.region.key)
    assert verify(scene.cast.plan) == []


@pytest.mark.parametrize("named", ["Finn Oduya", "finn@example.org", " FINN ODUYA "])
def test_on_whose_behalf_it_was_entered_is_kept_where_a_column_says_so(scene: Scene, named: str) -> None:
    data = tracker_of(
        ["1.1.2", named, "Half is written."], head=["No.", "Reported by (e-mail)", "June 2022 progress"]
    )
    assert imported(scene, data) == Imported(1, 0, 0)
    update = ProgressUpdate.objects.get()
    assert (update.created_by, update.on_behalf_of) == (scene.cast.plan_manager, scene.cast.focal_point)


def test_somebody_whom_nobody_knows_is_refused_with_the_cell(scene: Scene) -> None:
    data = tracker_of(["1.1.2", "J. Doe", "Half."], head=["No.", "Author", "June 2022 progress"])
    [row] = preview_of_tracker(started(scene, data), NOW).rows
    [reason] = row.reasons
    assert (row.verdict, reason.place.cell) == (Verdict.REFUSED, "B4")
    assert str(reason.message) == "“J. Doe” is not the name or address of one person here."


def test_the_same_tracker_twice_doubles_nothing(scene: Scene) -> None:
    data = tracker_of(GUIDE)
    imported(scene, data)
    assert imported(scene, data) == Imported(0, 2, 0)
    assert ProgressUpdate.objects.count() == 2


def test_a_later_tracker_adds_its_periods_only(scene: Scene) -> None:
    imported(scene, tracker_of(GUIDE[:5], head=HEAD[:5]))
    assert imported(scene, tracker_of(GUIDE)) == Imported(1, 1, 0)


def test_without_a_column_of_units_the_accountable_one_is_meant(scene: Scene) -> None:
    imported(scene, tracker_of(["A guide to lamp oil", "Begun."], head=["Deliverable", "2021"]))
    update = ProgressUpdate.objects.get()
    assert (update.unit, update.reported_on) == (scene.cast.region, date(2021, 12, 31))


def test_values_come_with_their_day(scene: Scene) -> None:
    from suivi.monitoring.commands.sheets import write_sheet
    from suivi.plan.queries import edition_on

    edition = edition_on(scene.cast.plan, NOW.date())
    assert edition is not None
    deliverable = scene.cast.deliverable("1.1.2")
    write_sheet(by=None, now=NOW, deliverable=deliverable, edition=edition, kind="indicator")
    data = tracker_of(["1.1.2", 12.5], head=["Ref", datetime(2022, 3, 31)])  # noqa: DTZ001
    imported(scene, data)
    said = content_of(ProgressUpdate.objects.get())
    assert said.values == (ValueSaid(date(2022, 3, 31), Decimal("12.5")),)
    assert said.narrative == "2022-03-31: 12.5"


def test_what_cannot_come_in_is_refused_with_its_cell(scene: Scene) -> None:
    head = ["No.", "Unit", "June 2022", "Status June 2022"]
    assert refusals(scene, ["9.9.9", "NORTH", "x", "Green"], head=head) == [
        ("Tracker!A4", "The plan has no such deliverable.")
    ]
    assert refusals(scene, ["1.1.2", "NOWHERE", "x", "Green"], head=head) == [
        ("Tracker!A4", "It is not known which unit this is.")
    ]
    assert refusals(scene, ["1.1.2", "NORTH", "x", "So so"], head=head) == [
        ("Tracker!D4", "“So so” stands for none of the assessments.")
    ]
    assert refusals(scene, ["1.1.2", "June 2024"], ["1.1.2", "x"], head=["No.", "June 2024"])[0][
        1
    ].startswith("The update speaks of a day that has not come")


def test_refused_rows_do_not_keep_the_others_out(scene: Scene) -> None:
    head = ["No.", "June 2022"]
    assert imported(scene, tracker_of(["9.9.9", "x"], ["1.1.2", "y"], head=head)) == Imported(1, 0, 1)


def test_what_is_said_of_columns_counts(scene: Scene) -> None:
    tracker = started(scene, tracker_of(["1.1.2", "Good", "Bad"], head=["Key", "Wave 1", "Wave 2"]))
    assert not preview_of_tracker(tracker, NOW).is_matched
    with pytest.raises(RuleBroken, match="No column holds"):
        import_tracker(by=scene.cast.plan_manager, now=NOW, tracker=tracker)

    columns = {
        "A": {"role": "deliverable", "on": ""},
        "B": {"role": "narrative", "on": "2021-06-30"},
        "C": {"role": "", "on": ""},
    }
    match_columns(
        by=scene.cast.plan_manager, tracker=tracker, sheet="Tracker", head_row=tracker.head_row,
        columns=columns, unit=scene.cast.island,
    )  # fmt: skip
    tracker.refresh_from_db()
    (row,) = preview_of_tracker(tracker, NOW).rows
    assert (row.verdict, row.on) == (Verdict.NEW, date(2021, 6, 30))
    assert row.answer is not None
    assert (row.answer.unit, row.answer.content.narrative) == (scene.cast.island, "Good")


def test_only_who_keeps_the_plan_brings_a_tracker_in(scene: Scene) -> None:
    for somebody in (scene.cast.focal_point, scene.cast.reviewer, scene.cast.stranger):
        with pytest.raises(NotAllowed):
            start_tracker(by=somebody, now=NOW, plan=scene.cast.plan, data=tracker_of(GUIDE), name="t.xlsx")


def test_a_tracker_may_be_left(scene: Scene) -> None:
    tracker = started(scene, tracker_of(GUIDE))
    discard_tracker(by=scene.cast.plan_manager, tracker=tracker)
    assert not TrackerImport.objects.exists()


def test_a_file_that_is_no_workbook_is_refused(scene: Scene) -> None:
    with pytest.raises(InputRefused):
        started(scene, b"PK\x03\x04 nothing")


@pytest.mark.parametrize(
    ("words", "assessment"),
    [
        ("On Track", "on_track"),
        ("rouge", "off_track"),
        ("Realisé", "achieved"),
        ("en riesgo", "at_risk"),
        ("?", ""),
    ],
)
def test_words_of_a_tracker_stand_for_assessments(words: str, assessment: str) -> None:
    assert assessment_of(words) == assessment
