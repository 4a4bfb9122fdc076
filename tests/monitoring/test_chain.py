"""The chain: whatever is changed behind its back is found, and nothing else."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from suivi.core.commands import keep_bytes, path_of, remove_withdrawn_bytes
from suivi.monitoring.commands.evidence import add_file, withdraw_evidence
from suivi.monitoring.commands.status import agree_as_signalled
from suivi.monitoring.commands.workflow import approve_update, return_update, send_update
from suivi.monitoring.models import ChainLink, Evidence, ProgressUpdate
from suivi.monitoring.queries.chain import has_head, head_of, verify
from suivi.monitoring.rules.content import EvidenceSaid
from tests.cast import DAY, NOW
from tests.monitoring.scene import Scene, build_scene
from tests.snapshots import Snapshot

GUIDE = b"%PDF-1.7 a guide"


@pytest.fixture
def scene(db: None) -> Scene:
    """Three approved updates, one with evidence and returned once, and agreed statuses."""
    keep_bytes(GUIDE)  # a test before may have removed them
    return _SNAPSHOT.take()


def _build() -> Scene:
    scene = build_scene()
    piece = add_file(
        by=scene.cast.director,
        now=NOW,
        plan=scene.cast.plan,
        unit=scene.cast.region,
        title="A guide",
        data=GUIDE,
        file_name="guide.pdf",
    )
    update = scene.submitted(evidence=(EvidenceSaid(str(piece.key), "step:/drafted"),))
    update = return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Which guide?")
    update = send_update(by=scene.cast.director, now=NOW, update=update, version=update.version)
    approve_update(by=scene.cast.reviewer, now=NOW, update=update)
    scene.approved("1.2.1", "island", by=scene.cast.focal_point)
    scene.approved("1.1.1", "headquarters", by=scene.office)
    agree_as_signalled(by=scene.cast.plan_manager, now=NOW, round=scene.round)
    return scene


_SNAPSHOT = Snapshot(_build)


def _codes(scene: Scene) -> list[str]:
    return [finding.code for finding in verify(scene.cast.plan)]


def _change(table: str, assignment: str) -> Callable[[], None]:
    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE monitoring_{table} SET {assignment}")

    return change


def test_an_untouched_record_holds(scene: Scene) -> None:
    assert _codes(scene) == []
    head = head_of(scene.cast.plan)
    assert head is not None
    assert head.number == ChainLink.objects.count() > 3
    assert has_head(scene.cast.plan, head.hash)
    assert head_of(scene.cast.plan, DAY - timedelta(days=1)) is None


@pytest.mark.parametrize(
    ("table", "assignment"),
    [
        ("progressupdate", "assessment = 'at_risk' WHERE assessment = 'on_track'"),
        ("progressupdate", "reported_on = '2022-11-30'"),
        ("progressupdate", "unit_id = (SELECT max(id) FROM organisation_unit)"),
        ("progressupdate", "approved_at = '2021-01-01 12:00:00+00'"),
        ("itemstate", "stage = 'identified'"),
        ("itemstate", "happened_on = '2021-01-01'"),
        ("itemstate", "confirmed = '{}'"),
        ("item", "deliverable_id = (SELECT max(id) FROM plan_deliverable)"),
        ("stepreached", "happened_on = '2021-01-01'"),
        ("stepreached", "deliverable_id = (SELECT max(id) FROM plan_deliverable)"),
        ("reportedvalue", "numerator = numerator + 1"),
        ("evidenceuse", "about = ''"),
        ("evidence", "sha256 = 'f' || substr(sha256, 2, 62) || 'f'"),
        ("updateevent", "reason = 'No reason.' WHERE verb = 'returned'"),
        ("agreedstatus", "reason = 'Another one.'"),
    ],
)
def test_a_changed_row_is_found(scene: Scene, table: str, assignment: str) -> None:
    _change(table, assignment)()
    assert "row-changed" in _codes(scene)


def test_a_changed_narrative_is_found_and_its_link_named(scene: Scene) -> None:
    update = ProgressUpdate.objects.get(deliverable__key="1.2.1")
    link = ChainLink.objects.get(kind="update", object_pk=update.pk)
    _change("progressupdate", f'narrative = \'{{"original": "en", "texts": {{}}}}\' WHERE id = {update.pk}')()
    (finding,) = verify(scene.cast.plan)
    assert (finding.code, finding.place.line) == ("row-changed", link.number)


def test_a_translation_added_later_changes_nothing(scene: Scene) -> None:
    update = ProgressUpdate.objects.get(deliverable__key="1.2.1")
    update.narrative = update.narrative.with_version("fr", "Le travail a continué.")
    update.save()
    assert _codes(scene) == []


def test_a_cut_link_a_cut_tail_and_a_rewritten_link_are_found(scene: Scene) -> None:
    head = head_of(scene.cast.plan)
    assert head is not None
    _change("chainlink", "digest = hash WHERE number = 2")()
    assert _codes(scene) == ["link-changed", "row-changed"]
    ChainLink.objects.filter(number=2).delete()
    codes = _codes(scene)
    assert codes[0] == "link-missing"
    assert "row-without-link" in codes
    ChainLink.objects.filter(number__gt=1).delete()
    assert not has_head(scene.cast.plan, head.hash)
    assert set(_codes(scene)) == {"row-without-link"}


def test_a_row_that_came_in_without_approval_is_found(scene: Scene) -> None:
    scene.submitted("2.1.2", "headquarters", by=scene.office)
    _change("progressupdate", "state = 'approved', approved_at = submitted_at, recorded_at = submitted_at")()
    assert "row-without-link" in _codes(scene)


def test_withdrawn_evidence_leaves_the_chain_whole(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    piece = Evidence.objects.get()
    withdraw_evidence(by=scene.cast.plan_manager, now=NOW, evidence=piece, reason="Asked for.")
    assert _codes(scene) == ["withdrawn-bytes-remain"]
    remove_withdrawn_bytes()
    assert _codes(scene) == []
    _change("evidence", "withdrawn_reason = 'Another reason.'")()
    assert _codes(scene) == ["row-changed"]


def test_changed_and_missing_files_are_found(scene: Scene) -> None:
    path = path_of(Evidence.objects.get().sha256)
    kept = path.read_bytes()
    path.write_bytes(kept + b".")
    assert _codes(scene) == ["file-changed"]
    path.unlink()
    assert _codes(scene) == ["file-missing"]
    path.write_bytes(kept)


def test_the_number_of_queries_does_not_depend_on_that_of_the_links(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(20):
        verify(scene.cast.plan)
    scene.approved("2.1.2", "headquarters", by=scene.office)
    with django_assert_num_queries(20):
        verify(scene.cast.plan)
