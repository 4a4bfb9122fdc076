import pytest

from suivi.monitoring.models import Sample
from tests.monitoring.scene import Scene, build_scene
from tests.web.conftest import SignedIn, words_of

ADDRESS = "/plans/harbour-plan/samples"


@pytest.fixture
def scene(db: None) -> Scene:
    scene = build_scene()
    scene.approved("1.1.1", "headquarters", by=scene.office)
    scene.approved("1.1.2", "region")
    scene.approved("2.1.2", "headquarters", by=scene.office)
    return scene


def test_an_auditor_draws_a_sample_and_answers_its_checklist(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.auditor)
    sent = {"seed": "17 November", "size": "2", "as_of": "2023-02-15"}
    assert client.post(ADDRESS, sent).status_code == 302
    sample = Sample.objects.get()
    # Two pillars, one each.
    assert sorted(one.stratum for one in sample.sampled.all()) == ["1", "2"]
    address = f"{ADDRESS}/{sample.pk}"
    first = sample.sampled.order_by("position")[0]
    answers = {"sampled": first.pk, "is_relevant": "yes", "is_accurate": "no"}
    refused = client.post(address, answers).content.decode()
    assert "An answer “no” needs a note." in refused
    assert client.post(address, {**answers, "note": "Seven, not eight"}).status_code == 302
    text = words_of(client, address)
    assert "2 updates out of those approved by 15 February 2023 ; 1 checked." in text
    assert "accurate 1 of 1 100.0%" in text
    assert "sufficient nothing checked yet" in text


def test_the_same_seed_draws_the_same_updates(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.auditor)
    for _time in range(2):
        client.post(ADDRESS, {"seed": "A", "size": "2", "as_of": "2023-02-15"})
    once, again = (list(one.sampled.values_list("update_row", "stratum")) for one in Sample.objects.all())
    assert once == again


@pytest.mark.parametrize("changes", [{"size": "0"}, {"size": "9999"}, {"seed": ""}, {"as_of": "2021-01-01"}])
def test_what_cannot_be_drawn_is_said(scene: Scene, as_person: SignedIn, changes: dict[str, str]) -> None:
    sent = {"seed": "A", "size": "2", "as_of": "2023-02-15", **changes}
    assert as_person(scene.cast.auditor).post(ADDRESS, sent).status_code == 200
    assert not Sample.objects.exists()


def test_only_auditors_and_the_plan_manager_see_samples(scene: Scene, as_person: SignedIn) -> None:
    assert as_person(scene.cast.plan_manager).get(ADDRESS).status_code == 200
    for who in (scene.cast.focal_point, scene.cast.reviewer, scene.cast.stranger):
        assert as_person(who).get(ADDRESS).status_code == 403
