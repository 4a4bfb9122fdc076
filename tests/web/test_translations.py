import pytest
from django.test import Client
from django.urls import reverse

from suivi.plan.models import DeliverableEdition
from suivi.plan.queries import edition_on
from tests.cast import DAY, SLUG, Cast
from tests.web.conftest import SignedIn

LIST = reverse("translations", args=[SLUG])
PAGE = reverse("translate", args=[SLUG, "deliverable", "1.1.1"])


def _row(cast: Cast) -> DeliverableEdition:
    edition = edition_on(cast.plan, DAY)
    assert edition
    return edition.deliverableeditions.get(deliverable__key="1.1.1")


def test_the_list_is_for_people_inside(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(None).get(LIST).status_code == 302
    assert as_person(cast.stranger).get(LIST).status_code == 403
    assert as_person(cast.focal_point).get(LIST).status_code == 200


def test_the_list_can_be_narrowed_to_a_language(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.plan_manager).get(LIST, {"language": "es"})
    assert {one.language for one in page.context["lacking"]} == {"es"}


@pytest.mark.parametrize("level", ["plan/title", "pillar/1", "action/1.1", "deliverable/1.1.1"])
def test_each_level_has_its_page(cast: Cast, as_person: SignedIn, level: str) -> None:
    assert as_person(cast.plan_manager).get(f"{LIST}/{level}").status_code == 200


@pytest.mark.parametrize("level", ["pillar/9", "deliverable/2.1.1", "chapter/1"])
def test_a_part_that_the_edition_has_not_is_not_found(cast: Cast, as_person: SignedIn, level: str) -> None:
    assert as_person(cast.plan_manager).get(f"{LIST}/{level}").status_code == 404


def test_a_translation_is_written_with_its_author(cast: Cast, as_person: SignedIn) -> None:
    answer = as_person(cast.plan_manager).post(PAGE, {"1-fr": "Des lanternes sur les quais"}, follow=True)
    assert "1 text saved" in answer.content.decode()
    row = _row(cast)
    assert row.text.versions["fr"].by == "Mara Plane"
    assert "des lanternes sur les quais" in row.folded


def test_a_stale_translation_can_be_confirmed(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    client.post(PAGE, {"1-fr": "Des lanternes"})
    row = _row(cast)
    row.text = row.text.with_version("en", "Reworded")
    row.save()
    assert row.text.is_stale("fr")
    client.post(PAGE, {"1-fr": "Des lanternes", "1-fr-right": "on"})
    assert not _row(cast).text.is_stale("fr")


def test_an_emptied_translation_is_taken_away(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    client.post(PAGE, {"1-fr": "Des lanternes"})
    client.post(PAGE, {"1-fr": ""})
    assert "fr" not in _row(cast).text.versions


def test_the_adopted_wording_has_no_field(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    before = _row(cast).text
    assert 'name="1-en"' not in client.get(PAGE).content.decode()
    client.post(PAGE, {"1-en": "Something else"})
    assert _row(cast).text == before


def test_only_those_who_may_translate_reach_the_page(cast: Cast, as_person: SignedIn) -> None:
    for account, status in ((None, 302), (cast.stranger, 403), (cast.focal_point, 403)):
        assert as_person(account).post(PAGE, {"1-fr": "x"}).status_code == status
    assert "fr" not in _row(cast).text.versions


def test_nothing_is_written_into_an_earlier_day(cast: Cast, as_person: SignedIn) -> None:
    as_person(cast.plan_manager).post(f"{PAGE}?as_of=2023-01-15", {"1-fr": "Des lanternes"})
    assert "fr" not in _row(cast).text.versions


def test_a_form_without_its_token_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.plan_manager)
    assert client.post(PAGE, {"1-fr": "x"}).status_code == 403
