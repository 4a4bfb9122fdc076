"""Where a plan stands: the overview's status, the dashboard, its pictures and its tables."""

import csv
import io
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml import etree

from suivi.monitoring.commands.rounds import close_round
from suivi.monitoring.models import Round
from suivi.monitoring.rules.content import ItemSaid
from tests.cast import NOW, Cast
from tests.monitoring.scene import Scene, build_scene
from tests.web.conftest import SignedIn, words_of

ADDRESS = "/plans/harbour-plan/standing"


def test_the_dashboard_counts_and_says_what_asks_for_attention(cast: Cast, as_person: SignedIn) -> None:
    text = words_of(as_person(cast.plan_manager), ADDRESS)
    assert "1 at risk 3 not started" in text
    assert "1 late: a dated step or the time frame has passed 1.1.1 Lanterns on every quay" in text
    assert "2 without an accountable or a responsible unit" in text
    assert "0 of 4 deliverables achieved or on track" in text


@pytest.mark.parametrize("who", ["stranger", "public_reader"])
def test_readers_from_outside_see_no_dashboard(cast: Cast, as_person: SignedIn, who: str) -> None:
    client = as_person(getattr(cast, who))
    assert client.get(ADDRESS).status_code == 403
    assert client.get(f"{ADDRESS}/pictures/bars.svg").status_code == 403
    assert client.get(f"{ADDRESS}/tables/pillars.csv").status_code == 403


def test_the_pictures_can_be_taken_along(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    svg = client.get(f"{ADDRESS}/pictures/bars.svg")
    assert etree.fromstring(svg.content).get("aria-label") == "0 of 4 deliverables achieved or on track"
    assert client.get(f"{ADDRESS}/pictures/bars.png").content.startswith(b"\x89PNG")
    for address in ("pictures/nothing.svg", "pictures/bars.exe", "tables/nothing.csv", "tables/pillars.exe"):
        assert client.get(f"{ADDRESS}/{address}").status_code == 404


def test_a_table_is_downloaded_as_it_is_shown(cast: Cast, as_person: SignedIn) -> None:
    sent = as_person(cast.plan_manager).get(f"{ADDRESS}/tables/pillars.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sent))) == [
        ["Pillar", "Deliverables", "at risk", "not started"],
        ["1 Safe harbours", "3", "1", "2"],
        ["2 Shared charts", "1", "0", "1"],
    ]


def test_the_map_and_who_spoke_stand_with_their_numbers(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    text = words_of(client, ADDRESS)
    assert "No counted item names a country yet" in text
    assert "No constituent has spoken yet" in text
    assert "The numbers as a table" in text
    for name in ("map", "balance"):
        svg = client.get(f"{ADDRESS}/pictures/{name}.svg")
        assert etree.fromstring(svg.content).get("role") == "img"
        assert client.get(f"{ADDRESS}/pictures/{name}.png").content.startswith(b"\x89PNG")
    sent = client.get(f"{ADDRESS}/tables/balance.csv").content.decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(sent)))[:2] == [["Who spoke", "How many"], ["governments", "0"]]
    assert client.get(f"{ADDRESS}/tables/map.xlsx").status_code == 200


def test_an_earlier_day_shows_what_the_record_knew_then(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    assert "1 at risk" in words_of(client, ADDRESS)
    # The milestone of 1 February 2023 had not passed by then.
    assert "1 at risk" not in words_of(client, f"{ADDRESS}?up_to=2023-01-15")


def test_a_round_that_was_closed_later_is_not_compared_with(
    cast: Cast, late_round: str, as_person: SignedIn
) -> None:
    round = Round.objects.get(key=late_round.rpartition("/")[2])
    close_round(by=cast.plan_manager, now=NOW, round=round)
    client = as_person(cast.plan_manager)
    assert "Changed since “End of 2022”" in words_of(client, ADDRESS)
    assert "Changed since “End of 2022”" not in words_of(client, f"{ADDRESS}?as_of=2023-02-14")


def test_the_number_of_queries_is_the_same_each_time(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    client.get(ADDRESS)
    with CaptureQueriesContext(connection) as queries:
        client.get(ADDRESS)
    assert (
        len(queries) <= 28
    )  # of which the session, the account, the plan, its edition and the roles are five


def test_the_public_overview_shows_what_was_agreed_alone(cast: Cast, as_person: SignedIn) -> None:
    text = words_of(as_person(None), "/plans/harbour-plan")
    assert "not agreed yet" in text
    assert "at risk" not in text
    assert "dated step" not in text


def test_the_overview_is_filtered_by_status(cast: Cast, as_person: SignedIn) -> None:
    text = words_of(as_person(cast.plan_manager), "/plans/harbour-plan?status=at_risk")
    assert "1 of 4 deliverables" in text
    assert "One of 2 dated steps is late." in text


def test_a_deliverable_says_where_it_stands_and_why(cast: Cast, as_person: SignedIn) -> None:
    text = words_of(as_person(cast.focal_point), "/plans/harbour-plan/deliverables/1.1.1")
    assert "Where it stands at risk" in text
    assert "One of 2 dated steps is late." in text
    assert "No reference sheet yet" in text
    outside = words_of(as_person(None), "/plans/harbour-plan/deliverables/1.1.1")
    assert "Where it stands not agreed yet" in outside
    assert "dated step" not in outside


def _ladder(client: Client) -> None:
    sent = {
        "key": "guide",
        "name_en": "A guide",
        "rungs": "draft: Drafted\ntested: Tested in a harbour\nUsed",
    }
    assert client.post("/plans/harbour-plan/ladders", sent).status_code == 302


def test_a_sheet_and_its_ladder_are_written_in_pages(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.plan_manager)
    _ladder(client)
    address = "/plans/harbour-plan/deliverables/1.1.2/sheet"
    sent = {
        "kind": "ladder",
        "ladder": "guide",
        "meaning_en": "A guide that keepers use",
        "frequency": "every_round",
        "expected_path": "milestones",
        "needs_evidence": "on",
    }
    assert client.post(f"{address}/write", sent).status_code == 302
    text = words_of(client, address)
    assert "A ladder of steps · counts only with evidence" in text
    assert "A guide that keepers use" in text
    assert "Drafted Tested in a harbour Used" in text
    assert client.post(f"{address}/write", {**sent, "meaning_en": "Another"}).status_code == 302
    text = words_of(client, address)
    assert "Version 2 for edition 2, by Mara Plane" in text
    assert "Version 1 for edition 2, by Mara Plane" in text
    assert "Drafted Tested in a harbour Used" in words_of(client, address.removesuffix("/sheet"))


def test_a_kind_that_needs_a_ladder_says_so(cast: Cast, as_person: SignedIn) -> None:
    sent = {"kind": "ladder", "frequency": "yearly", "expected_path": "straight"}
    page = as_person(cast.plan_manager).post("/plans/harbour-plan/deliverables/1.1.2/sheet/write", sent)
    assert page.status_code == 200
    assert "Steps need a ladder. Choose one." in page.content.decode()


def test_the_status_is_agreed_one_by_one_with_reasons_or_as_signalled(
    cast: Cast, as_person: SignedIn, late_round: str
) -> None:
    client = as_person(cast.plan_manager)
    address = f"{late_round}/agree"
    assert "Agree to the signals of the 4 that wait" in words_of(client, address)
    refused = client.post(address, {"deliverable": "1.1.1", "status": "off_track"})
    assert "It differs from the signal: write the reason." in refused.content.decode()
    sent = {"deliverable": "1.1.1", "status": "off_track", "reason": "The oil has run out"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, {"do": "all"}).status_code == 302
    assert "Every deliverable has its agreed status." in words_of(client, address)
    public = words_of(as_person(None), "/plans/harbour-plan?status=off_track")
    assert "1 of 4 deliverables" in public
    assert "The oil has run out" not in public


def test_only_who_may_agree_sees_the_page(cast: Cast, as_person: SignedIn, late_round: str) -> None:
    address = f"{late_round}/agree"
    assert as_person(cast.focal_point).get(address).status_code == 403
    assert as_person(cast.reviewer).post(address, {"do": "all"}).status_code == 403


def test_a_figure_opens_into_what_it_rests_on(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.focal_point)
    address = "/plans/harbour-plan/deliverables/1.1.1/why"
    text = words_of(client, address)
    assert "There is no reference sheet, so nothing is counted." in text
    assert "Nothing that counts stands in the record by this day." in text
    assert client.get(f"{address}.csv").status_code == 200
    assert client.get(f"{address}.exe").status_code == 404
    assert as_person(cast.stranger).get(address).status_code == 403


@pytest.fixture
def lanterns(db: None) -> Scene:
    """Six lanterns of ten, one a month, reported at once."""
    scene = build_scene()
    items = tuple(
        ItemSaid(
            str(uuid4()),
            f"Quay {month}",
            "concluded",
            date(2022, month, 3),
            criteria={"new": True, "own": True},
        )
        for month in range(4, 10)
    )
    scene.approved("1.1.1", "headquarters", by=scene.office, items=items)
    return scene


def test_the_look_ahead_is_a_question_to_the_unit_and_the_plan_manager(
    lanterns: Scene, as_person: SignedIn
) -> None:
    address = "/plans/harbour-plan/deliverables/1.1.1"
    for who in (lanterns.cast.plan_manager, lanterns.office):
        text = words_of(as_person(who), address)
        assert "6 of 10 lanterns" in text
        assert "nine times in ten. Will 10 be reached, and what has to change for it?" in text
    for who in (lanterns.cast.focal_point, lanterns.cast.reviewer, None):
        assert "nine times in ten" not in words_of(as_person(who), address)
