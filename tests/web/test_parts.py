from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from suivi.organisation.commands import add_stakeholder
from suivi.plan.commands import answer_request, ask_for_change, expect_of_stakeholder, set_resource
from suivi.plan.models import ChangeKind
from suivi.values.text import Text
from tests.cast import SLUG, Cast, at, words
from tests.web.conftest import SignedIn

PLAN = f"/plans/{SLUG}"
DELIVERABLE = f"{PLAN}/deliverables/1.1.1"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def publish(cast: Cast) -> None:
    cast.plan.is_public = True
    cast.plan.save()


def postpone(cast: Cast) -> None:
    request = ask_for_change(
        by=cast.focal_point,
        now=at(2023, 1, 10),
        deliverable=cast.deliverable("1.1.1"),
        kind=ChangeKind.POSTPONEMENT,
        reason="Oil is <i>scarce</i>",
        proposed_end_on=date(2024, 6, 30),
    )
    answer_request(
        by=cast.plan_manager, now=at(2023, 1, 20), request=request, is_accepted=True, answer="Granted"
    )


def test_a_deliverable_shows_its_sentence_and_the_decision_it_rests_on(
    cast: Cast, as_person: SignedIn
) -> None:
    text = page(as_person(cast.plan_manager), DELIVERABLE)
    assert "Lanterns on every quay and pier, in another invented sentence" in text
    assert "As adopted in edition 2" in text
    assert "HB/2022" in text
    assert "10 lanterns" in text
    assert "2020-21" in text


def test_it_shows_who_answers_for_it_and_who_recorded_that(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.focal_point), DELIVERABLE)
    assert "Light and Lamp Office" in text
    assert "Isle of Skerra" in text
    assert f"by {cast.plan_manager.name}" in text


def test_gaps_are_shown_as_words_with_shapes(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), f"{PLAN}/deliverables/1.2.1")
    assert "no accountable unit" in text
    assert "No unit is assigned." in text


def test_milestones_stand_with_their_state_and_owner(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), DELIVERABLE)
    assert "First five lanterns lit" in text
    assert "late" in text


@pytest.mark.parametrize("who", [None, "stranger", "public_reader"])
def test_readers_from_outside_see_the_adopted_part_alone(
    cast: Cast, as_person: SignedIn, who: str | None
) -> None:
    publish(cast)
    postpone(cast)
    text = page(as_person(getattr(cast, who) if who else None), DELIVERABLE)
    assert "in another invented sentence" in text
    for inside in ("Lamp Office", "Skerra", "lanterns lit", "scarce", "30 Jun 2024", cast.plan_manager.name):
        assert inside not in text


def test_what_was_agreed_inside_stands_beside_what_was_adopted(cast: Cast, as_person: SignedIn) -> None:
    postpone(cast)
    text = page(as_person(cast.plan_manager), DELIVERABLE)
    assert "Agreed inside, not decided by the body yet" in text
    assert "30 June 2024" in text
    assert "31\u00a0Dec\u00a02023" in text
    assert "Oil is &lt;i&gt;scarce&lt;/i&gt;" in text


def test_an_answer_given_later_is_not_told_as_of_an_earlier_day(cast: Cast, as_person: SignedIn) -> None:
    postpone(cast)
    text = page(as_person(cast.plan_manager), f"{DELIVERABLE}?as_of=2023-01-15")
    assert "Granted" not in text
    assert "Agreed inside" not in text
    assert "open" in text


def test_what_nobody_stated_is_not_known(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert "Not known: nobody has stated any." in page(client, DELIVERABLE)
    deliverable = cast.deliverable("1.1.1")
    set_resource(
        by=cast.plan_manager, now=at(2023, 1, 5), deliverable=deliverable, kind="money",
        planned=Decimal(120000), secured=None, currency="EUR",
    )  # fmt: skip
    text = page(client, DELIVERABLE)
    assert "120,000" in text
    assert "not known" in text


def test_what_is_expected_outside_is_shown(cast: Cast, as_person: SignedIn) -> None:
    guild = add_stakeholder(
        by=None, now=at(2022, 1, 1), key="guild", kind="workers", name=words("Guild of Keepers")
    )
    expect_of_stakeholder(
        by=None,
        now=at(2022, 1, 2),
        deliverable=cast.deliverable("1.1.1"),
        stakeholder=guild,
        text=words("Lights the lamps"),
    )
    text = page(as_person(cast.reviewer), DELIVERABLE)
    assert "Guild of Keepers" in text
    assert "Lights the lamps" in text


def test_the_history_shows_what_each_edition_changed(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.reviewer), DELIVERABLE)
    assert "<ins>" in text
    assert "Came with this edition." in text


def test_the_trail_is_for_those_who_may_read_it(cast: Cast, as_person: SignedIn) -> None:
    trail = "Who changed what, day by day"
    assert trail in page(as_person(cast.auditor), DELIVERABLE)
    assert trail not in page(as_person(cast.focal_point), DELIVERABLE)


def test_buttons_are_offered_to_those_who_may(cast: Cast, as_person: SignedIn) -> None:
    manager, focal, reviewer = (
        page(as_person(who), DELIVERABLE) for who in (cast.plan_manager, cast.focal_point, cast.reviewer)
    )
    for button in ("Ask for a change", "Edit responsibilities", "Add a milestone", "Translate"):
        assert button in manager
        assert button not in reviewer
    assert "Ask for a change" in focal
    assert "Edit responsibilities" not in focal


def test_an_earlier_day_offers_no_button_and_says_why(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), f"{DELIVERABLE}?as_of=2022-09-01")
    assert "Ask for a change" not in text
    assert "Changes are made as of today." in text


def test_a_dropped_deliverable_is_shown_as_it_last_stood(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), f"{PLAN}/deliverables/2.1.1")
    assert "Edition 2 dropped this deliverable" in text
    assert "Charts on paper" in text
    assert "Ask for a change" not in text


def test_a_deliverable_of_a_later_edition_is_not_there_yet(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert client.get(f"{PLAN}/deliverables/2.1.2?as_of=2021-06-01").status_code == 404
    assert client.get(f"{PLAN}/deliverables/9.9.9").status_code == 404


def test_an_action_shows_its_words_and_its_deliverables(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), f"{PLAN}/actions/1.1")
    assert "Light the harbours" in text
    assert "Lanterns on every quay" in text
    assert "Keepers trained" not in text


def test_a_pillar_shows_its_actions_and_their_deliverables(cast: Cast, as_person: SignedIn) -> None:
    text = page(as_person(cast.plan_manager), f"{PLAN}/pillars/1")
    assert "Safe harbours" in text
    assert "Watch the harbours" in text
    assert "Charts on screens" not in text


@pytest.mark.parametrize("address", ["/pillars/9", "/actions/9.9"])
def test_a_part_that_is_not_there_is_not_found(cast: Cast, as_person: SignedIn, address: str) -> None:
    assert as_person(cast.plan_manager).get(f"{PLAN}{address}").status_code == 404


@pytest.mark.parametrize("address", ["/pillars/1", "/actions/1.1"])
def test_parts_show_no_unit_outside(cast: Cast, as_person: SignedIn, address: str) -> None:
    publish(cast)
    assert "Lamp Office" not in page(as_person(None), f"{PLAN}{address}")


@pytest.fixture
def flat(cast: Cast) -> Cast:
    """The cast where the plan came out of a flat table: its first pillar and action have no words."""
    edition = cast.plan.editions.latest("number")
    labels = {"pillar": {"en": "Harbour", "fr": "Port"}, "action": {"en": "Work", "fr": "Ouvrage"}}
    edition.labels = {level: Text.of_many(named, "en").to_json() for level, named in labels.items()}
    edition.save()
    edition.pillareditions.filter(number="1").update(title=Text.of("", "en"), number_is_internal=True)
    edition.actioneditions.filter(number="1.1").update(
        title=Text.of("", "en"), text=Text.of("", "en"), number_is_internal=True
    )
    return cast


@pytest.mark.parametrize("address", ["", "/timeline", "/management", "/pillars/1", "/deliverables/1.1.1"])
def test_a_pillar_without_words_is_named_by_its_level_and_number(
    flat: Cast, as_person: SignedIn, address: str
) -> None:
    assert "Harbour 1" in page(as_person(flat.plan_manager), f"{PLAN}{address}")


def test_an_action_without_words_is_named_by_its_level_and_number(flat: Cast, as_person: SignedIn) -> None:
    text = page(as_person(flat.plan_manager), f"{PLAN}/actions/1.1")
    assert "<h1>Work 1.1</h1>" in text
    assert '<p class="serif"></p>' not in text


def test_an_edition_names_parts_without_words(flat: Cast, as_person: SignedIn) -> None:
    text = page(as_person(flat.plan_manager), f"{PLAN}/editions/{flat.plan.editions.latest('number').number}")
    assert "<h4>Harbour 1" in text
    assert "Work 1.1" in text
