import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from suivi.documents import planfile
from suivi.documents.comparison import compare
from suivi.plan.commands import DecisionGiven, load_plan, publish_plan
from tests.cast import SLUG, Cast, at, second_edition, words
from tests.web.conftest import SignedIn

LIST = reverse("editions", args=[SLUG])
PAGES = [
    LIST,
    reverse("edition", args=[SLUG, 2]),
    reverse("differences", args=[SLUG, 1, 2]),
    reverse("export", args=[SLUG, 1]),
]


@pytest.fixture
def private(cast: Cast) -> Cast:
    publish_plan(by=None, now=at(2023, 2, 1), plan=cast.plan, is_public=False)
    return cast


@pytest.mark.parametrize("address", PAGES)
def test_everybody_reads_the_editions_of_a_public_plan(cast: Cast, as_person: SignedIn, address: str) -> None:
    publish_plan(by=None, now=at(2023, 2, 1), plan=cast.plan, is_public=True)
    for account in (None, cast.stranger, cast.focal_point, cast.plan_manager):
        assert as_person(account).get(address).status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_editions_of_a_plan_that_is_not_public_do_not_exist_for_strangers(
    private: Cast, as_person: SignedIn, address: str
) -> None:
    assert as_person(None).get(address).status_code == 404
    assert as_person(private.stranger).get(address).status_code == 404
    assert as_person(private.focal_point).get(address).status_code == 200


def test_the_list_says_what_each_edition_changed(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.focal_point).get(LIST).content.decode()
    for said in ("Added: 1", "Dropped: 1", "Reworded: 1", "Time frame: 1"):
        assert said in page


def test_the_list_asks_as_many_questions_for_five_editions_as_for_two(
    cast: Cast, as_person: SignedIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_person(cast.focal_point)
    client.get(LIST)
    with django_assert_max_num_queries(22) as two:
        client.get(LIST)
    document = second_edition()
    for day in (1, 2, 3):
        document.pillars[0].title = words(f"Safe harbours {day}")
        decision = DecisionGiven(at(2023, 2, day).date())
        load_plan(by=None, now=at(2023, 2, day), document=document, slug=SLUG, decision=decision)
    with django_assert_max_num_queries(len(two)):
        client.get(LIST)


def test_an_earlier_day_marks_the_edition_in_force_then(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.focal_point).get(f"{LIST}?as_of=2021-06-01")
    assert [one.edition.number for one in page.context["history"]] == [1]
    assert "one edition was still to come" in page.content.decode()


def test_an_edition_that_the_record_did_not_hold_yet_is_not_found(cast: Cast, as_person: SignedIn) -> None:
    address = reverse("edition", args=[SLUG, 2])
    assert as_person(cast.focal_point).get(f"{address}?as_of=2021-06-01").status_code == 404
    assert as_person(cast.focal_point).get(reverse("edition", args=[SLUG, 9])).status_code == 404


def test_an_edition_names_who_recorded_it_to_people_inside_only(cast: Cast, as_person: SignedIn) -> None:
    address = reverse("edition", args=[SLUG, 1])
    assert "command line" in as_person(cast.auditor).get(address).content.decode()
    assert "command line" not in as_person(cast.public_reader).get(address).content.decode()


def test_numbers_that_the_document_does_not_give_are_marked(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.focal_point).get(reverse("edition", args=[SLUG, 1])).content.decode()
    assert page.count("Internal number") == 4


def test_differences_mark_the_words_that_came_and_went(cast: Cast, as_person: SignedIn) -> None:
    page = as_person(cast.focal_point).get(reverse("differences", args=[SLUG, 1, 2])).content.decode()
    assert "<ins>and pier" in page
    assert "<del>2021-2023" in page


def test_the_chosen_editions_lead_to_their_differences(cast: Cast, as_person: SignedIn) -> None:
    answer = as_person(cast.focal_point).get(LIST, {"before": "2", "after": "1"})
    assert answer.headers["Location"] == reverse("differences", args=[SLUG, 2, 1])


def test_hostile_words_are_escaped(cast: Cast, as_person: SignedIn) -> None:
    document = second_edition()
    document.pillars[0].title = words("<script>alert(1)</script>")
    decision = DecisionGiven(at(2023, 2, 1).date(), body="<b>Body</b>", text=words("<i>said</i>"))
    load_plan(by=None, now=at(2023, 2, 1), document=document, slug=SLUG, decision=decision)
    for address in (LIST, reverse("edition", args=[SLUG, 3]), reverse("differences", args=[SLUG, 2, 3])):
        page = as_person(cast.plan_manager).get(address).content.decode()
        for hostile in ("<script>alert", "<b>Body", "<i>said"):
            assert hostile not in page


def test_the_download_is_the_edition_as_data(cast: Cast, as_person: SignedIn) -> None:
    answer = as_person(cast.focal_point).get(reverse("export", args=[SLUG, 2]))
    assert "harbour-plan-edition-2.yaml" in answer.headers["Content-Disposition"]
    document, _findings = planfile.load(answer.content.decode())
    assert compare(document, second_edition()) == []
