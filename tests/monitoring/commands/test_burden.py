from suivi.monitoring.commands.burden import note_read
from suivi.monitoring.models import PartRead
from suivi.monitoring.queries.burden import burden_of
from tests.monitoring.scene import Scene


def test_what_writers_read_themselves_does_not_count_and_nobody_is_named(scene: Scene) -> None:
    update = scene.approved("1.1.2", "region")
    note_read(by=scene.cast.director, update=update, parts=["narrative"])
    assert not PartRead.objects.exists()
    for _time in range(2):
        note_read(by=scene.cast.reviewer, update=update, parts=["narrative", "facts"])
    assert sorted(PartRead.objects.values_list("part", flat=True)) == ["facts", "narrative"]
    assert {field.name for field in PartRead._meta.fields} == {"id", "update_row", "part"}


def test_a_round_that_asks_few_units_is_not_metered(scene: Scene) -> None:
    scene.approved("1.1.2", "region")
    assert burden_of(scene.round) == []
