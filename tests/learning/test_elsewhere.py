from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from suivi.learning.commands import link_reported_elsewhere, unlink_reported_elsewhere
from suivi.learning.models import ReportedElsewhere
from suivi.learning.queries import reported_elsewhere_on
from suivi.values.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW, at
from tests.monitoring.scene import Scene

YESTERDAY = DAY - timedelta(days=1)


def linked(scene: Scene, **changes: Any) -> ReportedElsewhere:
    """1.1.1 was told of in paragraph 12 of an invented paper; linked the day before."""
    given: dict[str, Any] = {
        "by": scene.cast.plan_manager,
        "about": scene.cast.deliverable("1.1.1"),
        "symbol": "HB/2022/7",
        "paragraph": "12",
    }
    return link_reported_elsewhere(now=at(2023, 2, 14), **given | changes)


def test_lines_are_found_by_deliverable_and_by_update(scene: Scene) -> None:
    update = scene.approved(now=at(2023, 2, 13))
    of_deliverable = linked(scene)
    of_update = linked(scene, about=update)
    lines = reported_elsewhere_on(scene.cast.plan, DAY)
    assert lines.by_deliverable == {of_deliverable.deliverable_id: [of_deliverable]}
    assert lines.by_update == {update.pk: [of_update]}
    assert lines.of_deliverable(update.deliverable_id) == [of_update]
    assert reported_elsewhere_on(scene.cast.plan, YESTERDAY - timedelta(days=1)).by_update == {}


def test_a_line_taken_back_is_there_on_earlier_days_alone(scene: Scene) -> None:
    line = linked(scene)
    unlink_reported_elsewhere(by=scene.cast.plan_manager, now=NOW, line=line, reason="Another paragraph.")
    assert reported_elsewhere_on(scene.cast.plan, DAY).by_deliverable == {}
    assert reported_elsewhere_on(scene.cast.plan, YESTERDAY).by_deliverable != {}
    with pytest.raises(NotFound):
        unlink_reported_elsewhere(by=None, now=NOW, line=line, reason="Again.")
    assert linked(scene).pk != line.pk


def test_the_same_paragraph_is_linked_once(scene: Scene) -> None:
    linked(scene)
    with pytest.raises(ValidationError, match="linked already"):
        linked(scene)
    assert linked(scene, paragraph="13")


def test_what_is_not_approved_was_not_reported(scene: Scene) -> None:
    with pytest.raises(RuleBroken, match="not approved"):
        linked(scene, about=scene.submitted(now=at(2023, 2, 13)))


def test_who_reports_on_a_deliverable_links_it(scene: Scene) -> None:
    linked(scene, by=scene.cast.focal_point)
    for who in (scene.cast.reviewer, scene.cast.stranger):
        with pytest.raises(NotAllowed):
            linked(scene, by=who, paragraph="14")


def test_the_database_holds_that_a_line_is_about_one_thing(scene: Scene) -> None:
    line = linked(scene)
    line.pk, line.deliverable, line.symbol = None, None, "HB/2022/8"
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_any_number_is_read_with_one_query(scene: Scene) -> None:
    for paragraph in range(5):
        linked(scene, paragraph=str(paragraph))
    with CaptureQueriesContext(connection) as asked:
        lines = reported_elsewhere_on(scene.cast.plan, DAY)
    assert [len(found) for found in lines.by_deliverable.values()] == [5]
    assert len(asked) == 1
