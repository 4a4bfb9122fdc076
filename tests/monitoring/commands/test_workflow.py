"""The life of an update: every step and every refusal."""

from suivi.monitoring.models import ChainLink, UpdateState
from tests.monitoring.scene import Scene


def test_an_update_goes_from_draft_to_record(scene: Scene) -> None:
    for key, unit, by in (
        ("1.1.1", "headquarters", scene.office),
        ("1.1.2", "region", scene.cast.director),
        ("1.2.1", "island", scene.cast.focal_point),
        ("2.1.2", "headquarters", scene.office),
    ):
        update = scene.approved(key, unit, by=by)
        assert update.state == UpdateState.APPROVED
    assert ChainLink.objects.count() == 4
