from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from suivi.exchange.models import TrackerImport, WorkbookReading
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.content import content_of
from tests.exchange.sheets import Typist
from tests.exchange.test_tracker import GUIDE, tracker_of
from tests.monitoring.scene import Scene
from tests.web.conftest import SignedIn


def upload(data: bytes, name: str = "region.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data)}


def downloaded(client: Client, scene: Scene, unit: str = "region") -> Typist:
    answer = client.get(reverse("workbook-file", args=[scene.cast.plan.slug, scene.round.key, unit]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{unit}-{scene.round.key}.xlsx"'
    return Typist(answer.content)


@pytest.fixture
def director(scene: Scene, as_person: SignedIn) -> Client:
    return as_person(scene.cast.director)


def given_back(client: Client, typist: Typist) -> WorkbookReading:
    answer = client.post(reverse("workbooks"), upload(typist.saved()))
    assert answer.status_code == 302, answer.content.decode()
    return WorkbookReading.objects.latest("pk")


def test_the_list_offers_the_workbooks_of_ones_own_units(scene: Scene, director: Client) -> None:
    page = director.get(reverse("workbooks")).content.decode()
    assert "region-2022-2.xlsx" in page
    assert "island-2022-2.xlsx" in page  # below the region
    assert "headquarters-2022-2.xlsx" not in page


def test_a_workbook_is_given_out_taken_back_looked_at_and_written(scene: Scene, director: Client) -> None:
    typist = downloaded(director, scene)
    typist.type_in("words/1.1.2", narrative="Half of it is written.")
    typist.type_in("ladder/1.1.2//drafted", happened_on="2022-11-20")
    typist.type_in("ladder/1.1.2//tested", happened_on="soon")
    reading = given_back(director, typist)

    page = director.get(reverse("workbook", args=[reading.pk]))
    shown = page.content.decode()
    assert "Half of it is written." in shown
    assert "“soon” is not a day." in shown
    assert not ProgressUpdate.objects.exists()

    take = [row.id for one in page.context["deliverables"] for row in one.rows if row.is_offered]
    sent = {"take": take, "seen": page.context["seen"], "send": "yes"}
    answer = director.post(reverse("agree-workbook", args=[reading.pk]), sent, follow=True)
    assert "2 rows were written." in answer.content.decode()
    update = ProgressUpdate.objects.get()
    assert (update.state, content_of(update).narrative) == ("draft", "Half of it is written.")

    back = Typist(director.get(reverse("set-aside", args=[reading.pk])).content)
    assert list(back.rows("ladder")) == ["ladder/1.1.2//tested"]


def test_an_agreement_to_what_changed_meanwhile_is_told(scene: Scene, director: Client) -> None:
    typist = downloaded(director, scene).type_in("words/1.1.2", narrative="Half of it is written.")
    reading = given_back(director, typist)
    sent = {"take": ["words/1.1.2"], "seen": "of before"}
    answer = director.post(reverse("agree-workbook", args=[reading.pk]), sent, follow=True)
    assert "The record was changed after you looked at this workbook." in answer.content.decode()
    assert not ProgressUpdate.objects.exists()


def test_what_is_no_such_workbook_is_refused_in_the_form(director: Client) -> None:
    for data in (b"nothing", tracker_of(GUIDE)):
        page = director.post(reverse("workbooks"), upload(data))
        assert page.status_code == 200
        assert page.context["form"].non_field_errors()


def test_a_workbook_of_another_unit_is_refused_in_words(
    scene: Scene, as_person: SignedIn, director: Client
) -> None:
    typist = downloaded(director, scene)
    answer = as_person(scene.cast.focal_point).post(reverse("workbooks"), upload(typist.saved()))
    assert answer.status_code == 403
    assert not WorkbookReading.objects.exists()


def test_others_do_not_see_it(scene: Scene, as_person: SignedIn, director: Client) -> None:
    reading = given_back(director, downloaded(director, scene))
    for somebody in (scene.cast.plan_manager, scene.cast.focal_point):
        for name in ("workbook", "set-aside"):
            assert as_person(somebody).get(reverse(name, args=[reading.pk])).status_code == 404


def test_a_workbook_may_be_left(scene: Scene, director: Client) -> None:
    reading = given_back(director, downloaded(director, scene))
    director.post(reverse("discard-workbook", args=[reading.pk]))
    assert not WorkbookReading.objects.exists()


def test_the_workbook_comes_in_the_language_of_the_reader(scene: Scene, director: Client) -> None:
    director.post(reverse("set-language"), {"language": "fr", "next": "/"})
    typist = downloaded(director, scene)
    assert "Rapports d'avancement" in typist.book.sheetnames
    assert typist.cell("words/1.1.2", "state").value == "non commencé"
    page = director.get(reverse("workbook", args=[given_back(director, typist).pk])).content.decode()
    assert "Rien n'est encore écrit." in page.replace("&#x27;", "'")


def test_a_tracker_is_matched_looked_at_and_imported(scene: Scene, as_person: SignedIn) -> None:
    manager = as_person(scene.cast.plan_manager)
    slug = scene.cast.plan.slug
    manager.post(reverse("trackers", args=[slug]), upload(tracker_of(GUIDE), "tracker.xlsx"))
    tracker = TrackerImport.objects.get()
    address = reverse("tracker", args=[tracker.pk])
    page = manager.get(address)
    form = page.context["form"]
    assert [row.words for row, *_ in page.context["rows"]] == ["1.1.2", "1.1.2"]

    given = {name: form[name].value() or "" for name in form.fields} | {"role_E": "", "on_E": ""}
    assert manager.post(address, given).status_code == 302
    tracker.refresh_from_db()
    assert tracker.columns["E"] == {"role": "", "on": ""}

    answer = manager.post(reverse("import-tracker", args=[tracker.pk]), follow=True)
    assert "2 updates came in." in answer.content.decode()
    june = ProgressUpdate.objects.earliest("reported_on")
    assert (june.state, content_of(june).assessment) == ("approved", "")


def test_a_column_of_a_period_needs_its_day(scene: Scene, as_person: SignedIn) -> None:
    manager = as_person(scene.cast.plan_manager)
    manager.post(reverse("trackers", args=[scene.cast.plan.slug]), upload(tracker_of(GUIDE), "tracker.xlsx"))
    address = reverse("tracker", args=[TrackerImport.objects.get().pk])
    form = manager.get(address).context["form"]
    given = {name: form[name].value() or "" for name in form.fields} | {"on_D": ""}
    page = manager.post(address, given)
    assert page.context["form"].errors == {"on_D": ["Say up to which day the column speaks."]}


def test_a_tracker_is_for_who_keeps_the_plan(scene: Scene, director: Client) -> None:
    answer = director.get(reverse("trackers", args=[scene.cast.plan.slug]))
    assert answer.status_code == 403
