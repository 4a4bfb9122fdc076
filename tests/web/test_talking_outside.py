"""Chase list, deputies, calendars, and constituents who answer by a link."""

import re
from urllib.parse import unquote

import pytest
from django.test import Client

from suivi.monitoring.models import Voice
from suivi.organisation.models import Deputy
from tests.cast import Cast
from tests.web.conftest import SignedIn, words_of

DELIVERABLE = "/plans/harbour-plan/deliverables/1.1.1"


@pytest.fixture
def chase(late_round: str) -> str:
    """The chase list of a round that is a fortnight late."""
    return f"{late_round}/chase"


def test_the_chase_list_names_who_owes_what_with_a_mail_in_their_language(
    cast: Cast, as_person: SignedIn, chase: str
) -> None:
    cast.focal_point.language = "fr"
    cast.focal_point.save()
    client = as_person(cast.plan_manager)
    text = words_of(client, chase)
    assert "One update of “End of 2022” is still owed" in text
    assert "14 days late" in text
    [mail] = re.findall(r'href="(mailto:[^"]+)"', client.get(chase).content.decode())
    assert unquote(mail).startswith("mailto:finn@example.org?subject=")
    assert "1er février 2023" in unquote(mail)
    assert "Finn Oduya" in client.get(f"{chase}.csv").content.decode()
    assert client.get(f"{chase}.xlsx").content.startswith(b"PK")


def test_a_person_names_a_deputy_and_takes_it_back(cast: Cast, as_person: SignedIn) -> None:
    client = as_person(cast.director)
    address = f"/people/{cast.director.pk}/deputies"
    sent = {
        "kind": "officer_in_charge",
        "deputy": cast.focal_point.pk,
        "starts_on": "2023-02-20",
        "ends_on": "2023-02-24",
    }
    assert client.post(address, sent).status_code == 302
    assert "Officer-in-charge Finn Oduya 20 Feb 2023" in words_of(client, address).replace("\xa0", " ")
    row = Deputy.objects.get()
    assert client.post(f"{address}/{row.pk}/end").status_code == 302
    assert "Nobody was named." in words_of(client, address)
    assert as_person(cast.reviewer).get(address).status_code == 403


def test_a_calendar_is_read_by_its_private_address_until_it_is_taken_back(
    cast: Cast, as_person: SignedIn, chase: str
) -> None:
    client = as_person(cast.focal_point)
    [path] = re.findall(r"(/calendars/[\w-]+\.ics)", client.post("/people/me/calendars").content.decode())
    written = Client().get(path)
    assert written["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"SUMMARY:Report on 1.1.1 Lanterns on every quay\r\n" in written.content
    assert b"DTSTART;VALUE=DATE:20230201" in written.content
    assert b"SUMMARY:1.1.1: All lanterns lit" in written.content
    feed = re.findall(r'name="feed" value="(\d+)"', client.get("/people/me/calendars").content.decode())
    client.post("/people/me/calendars", {"do": "revoke", "feed": feed[0]})
    assert Client().get(path).status_code == 404
    assert Client().get("/calendars/guessed.ics").status_code == 404


def test_only_people_inside_get_the_calendar_of_a_unit(cast: Cast, as_person: SignedIn) -> None:
    assert as_person(cast.stranger).post("/people/me/calendars", {"unit": "island"}).status_code == 403


def test_a_constituent_answers_without_an_account_in_their_language(cast: Cast, as_person: SignedIn) -> None:
    sent = {
        "group": "workers",
        "name": "Union of Lamp Lighters",
        "language": "fr",
        "question": "Qu'est-ce qui a changé?",
        "unit": "island",
        "expires_on": "2023-04-01",
    }
    client = as_person(cast.focal_point)
    [path] = re.findall(r"(/voice/[\w-]+)", client.post(f"{DELIVERABLE}/invite", sent).content.decode())
    outside = Client()
    page = outside.get(path).content.decode()
    assert '<html lang="fr">' in page
    assert "Qu&#x27;est-ce qui a changé?" in page
    assert outside.post(path, {"text": "", "consent": "name"}).status_code == 200
    assert not Voice.objects.exists()
    outside.post(path, {"text": "On voit le quai la nuit.", "consent": "group"})
    assert Voice.objects.get().text == "On voit le quai la nuit."
    outside.post(path, {"text": "Rien.", "consent": "name"})
    assert Voice.objects.get().text == "On voit le quai la nuit."
    inside = words_of(client, DELIVERABLE)
    assert "On voit le quai la nuit. workers' organisations" in inside.replace("&#x27;", "'")
    assert "Union of Lamp Lighters" not in inside
    assert outside.get("/voice/guessed").status_code == 404
