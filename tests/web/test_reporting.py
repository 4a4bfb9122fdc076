"""The reporting page: what a unit writes is kept as typed, shown beside what was said before, and sent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from suivi.core.models import Account
from suivi.monitoring.commands.drafts import save_draft
from suivi.monitoring.commands.sheets import set_rules
from suivi.monitoring.commands.workflow import clear_update, return_update
from suivi.monitoring.models import ProgressUpdate
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.content import StepSaid, UpdateContent
from suivi.plan.queries import edition_on
from tests.cast import DAY, NOW, SLUG
from tests.monitoring.scene import LANTERN, SAID, Scene
from tests.web.conftest import SignedIn


def _report_on(key: str) -> str:
    return reverse("report-on", args=[SLUG, key])


def _edit(update: ProgressUpdate) -> str:
    return reverse("edit-update", args=[update.key])


def _words(update: ProgressUpdate, **more: object) -> dict[str, object]:
    """What the form sends at least."""
    return {
        "do": "save",
        "version": update.version,
        "page": "a",
        "reported_on": "2022-12-31",
        "language": "en",
        "items-count": "0",
        "values-count": "0",
        "support-count": "0",
        "evidence-count": "0",
        **more,
    }


def _begun(client: Client, key: str, **more: str) -> ProgressUpdate:
    response = client.post(_report_on(key), {"do": "start", **more})
    assert response.status_code == 302, response.content.decode()
    return ProgressUpdate.objects.get(key=response.headers["Location"].split("/")[2])


def _item(place: int, **more: str) -> dict[str, str]:
    said = {"key": LANTERN, "name": "North quay", "stage": "concluded", "happened_on": "2022-11-03", **more}
    return {f"items-{place}-{name}": value for name, value in said.items()}


def test_a_unit_begins_writes_and_sends(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.director)
    update = _begun(client, "1.1.2")
    assert (update.round, update.kind) == (scene.round, "update")
    sent = _words(update, narrative="The guide is drafted.", **{"steps-/drafted": "2022-11-20"})
    client.post(_edit(update), sent)
    update.refresh_from_db()
    assert content_of(update).steps == (StepSaid("", "drafted", date(2022, 11, 20)),)
    html = client.get(_edit(update)).content.decode()
    assert "The guide is drafted." in html
    assert 'value="2022-11-20"' in html
    response = client.post(_edit(update), {**sent, "do": "send", "version": update.version})
    assert response.status_code == 302
    update.refresh_from_db()
    assert update.state == "submitted"


def test_what_begun_is_gone_on_with(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.director)
    update = _begun(client, "1.1.2")
    assert client.get(_report_on("1.1.2")).headers["Location"] == _edit(update)


def test_the_page_says_what_happens_next(scene: Scene, as_person: SignedIn) -> None:
    update = scene.started("1.2.1", "island", scene.cast.focal_point)
    client = as_person(scene.cast.focal_point)
    assert "Send for review" in client.get(_edit(update)).content.decode()
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    set_rules(by=None, now=NOW, edition=edition, settings={"needs_clearance": True})
    assert "Send to the director" in client.get(_edit(update)).content.decode()
    assert "Send for review" in as_person(scene.cast.director).get(_edit(update)).content.decode()


def test_items_are_shown_as_approved_and_told_only_when_they_change(
    scene: Scene, as_person: SignedIn
) -> None:
    scene.approved("1.1.1", "headquarters", by=scene.office)
    client = as_person(scene.office)
    update = _begun(client, "1.1.1", unit="headquarters")
    html = client.get(_edit(update)).content.decode()
    assert "North quay" in html
    assert "concluded, 3 Nov 2022" in html
    same = _item(0, partners="Guild of Lamps", regions="", groups="workers", criteria="new")
    unchanged = {
        **same,
        "items-0-regions": ["north"],
        "items-0-criteria": ["new", "own"],
        "items-1-key": "0b0e9a52-6f5c-4f0e-9d3a-222222222222",
        "items-1-name": "South quay",
        "items-1-stage": "identified",
    }
    client.post(_edit(update), _words(update, **{"items-count": "2", **unchanged}))
    update.refresh_from_db()
    told = content_of(update).items
    assert "South quay" in {item.name for item in told}
    assert told[-1].happened_on is None, "a draft is kept as it is typed"


def test_what_is_missing_is_said_with_its_item(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.office)
    update = _begun(client, "1.1.1", unit="headquarters")
    sent = _words(
        update, do="send", narrative="One more.", **{"items-count": "1", **_item(0, happened_on="")}
    )
    html = client.post(_edit(update), sent).content.decode()
    assert "North quay: A day is missing." in html
    update.refresh_from_db()
    assert update.state == "draft"
    assert content_of(update).narrative == "One more."


def test_countries_are_suggested_and_what_is_on_no_list_is_kept_and_said(
    scene: Scene, as_person: SignedIn
) -> None:
    client = as_person(scene.office)
    update = _begun(client, "1.1.1")
    page = client.get(_edit(update)).content.decode()
    assert "<option>Kenya</option>" in page
    client.post(
        _edit(update),
        _words(update, **{"items-count": "1", **_item(0, countries="kenia, Marenda, <b>")}),
    )
    update.refresh_from_db()
    assert content_of(update).items[0].countries == ("kenia", "Marenda", "<b>")
    page = client.get(_edit(update)).content.decode()
    assert "kept as written: Marenda, &lt;b&gt;" in page


def test_a_list_of_countries_that_cannot_be_read_stops_no_report(
    scene: Scene, as_person: SignedIn, tmp_path: Path
) -> None:
    client = as_person(scene.office)
    update = _begun(client, "1.1.1")
    with override_settings(SUIVI_COUNTRIES=tmp_path / "absent.toml"):
        page = client.get(_edit(update))
    assert page.status_code == 200
    assert "<datalist" not in page.content.decode()


def test_a_ratio_with_its_parts(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.focal_point)
    update = _begun(client, "1.2.1")
    values = {
        "values-count": "1",
        "values-0-happened_on": "2022-12-01",
        "values-0-.numerator": "3",
        "values-0-.denominator": "8",
        "values-0-sex=women.numerator": "2",
        "values-0-sex=women.denominator": "4",
        "values-0-sex=men.numerator": "1",
        "values-0-sex=men.denominator": "4",
    }
    client.post(_edit(update), _words(update, do="send", narrative="Trained.", **values))
    update.refresh_from_db()
    assert update.state == "submitted"
    total = update.values.get(category={})
    assert (total.value, total.numerator, total.denominator) == (Decimal("37.5"), 3, 8)
    assert update.values.count() == 3


def test_parts_that_do_not_add_up_say_why(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.focal_point)
    update = _begun(client, "1.2.1")
    values = {
        "values-count": "1",
        "values-0-happened_on": "2022-12-01",
        "values-0-.numerator": "3",
        "values-0-.denominator": "8",
        "values-0-sex=women.numerator": "2",
        "values-0-sex=women.denominator": "4",
    }
    sent = _words(update, do="send", narrative="Trained.", **values)
    assert "The parts do not add up" in client.post(_edit(update), sent).content.decode()
    update.refresh_from_db()
    sent |= {"version": update.version, "values-0-differs_because": "Some did not say."}
    client.post(_edit(update), sent)
    update.refresh_from_db()
    assert update.state == "submitted"


def test_a_number_that_is_none_is_said_and_the_rest_is_saved(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.focal_point)
    update = _begun(client, "1.2.1")
    values = {"values-count": "1", "values-0-happened_on": "2022-12-01", "values-0-.numerator": "three"}
    html = client.post(_edit(update), _words(update, narrative="Kept.", **values)).content.decode()
    assert "Enter a number." in html
    assert 'value="three"' in html
    update.refresh_from_db()
    assert content_of(update).narrative == "Kept."


def test_a_commitment_is_confirmed(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.office)
    update = _begun(client, "2.1.2")
    client.post(_edit(update), _words(update, do="send", narrative="As ever.", is_commitment_kept="no"))
    update.refresh_from_db()
    assert (update.state, update.is_commitment_kept) == ("submitted", False)


def test_rows_are_added_without_a_script(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.office)
    update = _begun(client, "1.1.1", unit="headquarters")
    sent = _words(update, do="more-support", **{"support-count": "1", "support-0-text": "Oil, soon"})
    html = client.post(_edit(update), sent).content.decode()
    assert "Oil, soon" in html
    assert 'name="support-1-text"' in html
    assert 'name="support-count" value="2"' in html


def test_what_was_said_before_stands_beside(scene: Scene, as_person: SignedIn) -> None:
    scene.approved(reported_on=date(2022, 11, 30), narrative="Half of the guide is there.", round=None)
    client = as_person(scene.cast.director)
    update = _begun(client, "1.1.2")
    html = client.get(_edit(update)).content.decode()
    assert "Half of the guide is there." in html
    assert "Approved as reached on" in html
    assert "Nothing stands in the way." in html


def test_a_draft_starts_from_the_last_update(scene: Scene, as_person: SignedIn) -> None:
    scene.approved(reported_on=date(2022, 11, 30), narrative="Half of it.", round=None)
    response = as_person(scene.cast.director).post(_report_on("1.1.2"), {"do": "from_last"})
    update = ProgressUpdate.objects.get(key=response.headers["Location"].split("/")[2])
    assert content_of(update).narrative == "Half of it."


def test_no_change_is_one_click_with_a_sentence(scene: Scene, as_person: SignedIn) -> None:
    scene.approved(reported_on=date(2022, 11, 30), round=None)
    client = as_person(scene.cast.director)
    html = client.post(_report_on("1.1.2"), {"do": "no_change", "sentence": ""}).content.decode()
    assert "This field is required." in html
    client.post(_report_on("1.1.2"), {"do": "no_change", "sentence": "The printer is still closed."})
    update = ProgressUpdate.objects.get(state="submitted")
    assert (update.is_no_change, str(update.narrative)) == (True, "The printer is still closed.")


def test_a_contribution_goes_into_the_update_of_the_accountable_unit(
    scene: Scene, as_person: SignedIn
) -> None:
    client = as_person(scene.cast.focal_point)
    given = _begun(client, "1.1.1")
    assert given.kind == "contribution"
    assert "Send to the accountable unit" in client.get(_edit(given)).content.decode()
    sent = _words(given, do="send", narrative="Our quay.", **{"items-count": "1", **_item(0)})
    client.post(_edit(given), sent)
    office = as_person(scene.office)
    page = office.get(_report_on("1.1.1")).content.decode()
    assert "Start from the contributions" in page
    response = office.post(_report_on("1.1.1"), {"do": "consolidate"})
    update = ProgressUpdate.objects.get(key=response.headers["Location"].split("/")[2])
    assert [item.name for item in content_of(update).items] == ["North quay"]


def test_entered_on_behalf_of_somebody(scene: Scene, as_person: SignedIn) -> None:
    update = _begun(as_person(scene.cast.director), "1.1.2", on_behalf_of=str(scene.cast.focal_point.pk))
    assert update.on_behalf_of == scene.cast.focal_point


class TestItSavesByItself:
    """The script of the page sends the same form and reads data."""

    def _send(self, client: Client, update: ProgressUpdate, **more: object) -> dict[str, object]:
        response = client.post(_edit(update), _words(update, **more), headers={"X-Saves-Itself": "1"})
        return {"status": response.status_code, **response.json()}

    def test_the_answer_names_the_next_version(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.director)
        update = _begun(client, "1.1.2")
        said = self._send(client, update, narrative="A")
        update.refresh_from_db()
        assert said == {"status": 200, "version": update.version, "lacks": []}

    def test_what_cannot_be_kept_is_named(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.focal_point)
        update = _begun(client, "1.2.1")
        values = {"values-count": "1", "values-0-.numerator": "three"}
        assert self._send(client, update, **values)["lacks"] == ["Numerator: Enter a number."]

    def test_a_page_whose_answer_was_lost_goes_on(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.director)
        update = _begun(client, "1.1.2")
        self._send(client, update, narrative="A")  # arrived, but its answer did not come back
        said = self._send(client, update, narrative="A and B")
        assert said["status"] == 200
        update.refresh_from_db()
        assert content_of(update).narrative == "A and B"

    def test_another_page_of_the_same_person_is_told(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.director)
        update = _begun(client, "1.1.2")
        self._send(client, update, narrative="A")
        assert self._send(client, update, narrative="B", page="b")["status"] == 409


def test_of_two_who_write_at_once_the_second_sees_both(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.office)
    update = _begun(client, "1.1.1", unit="headquarters")
    _save(update, scene.cast.plan_manager, SAID["1.1.1"])
    mine = {"items-count": "1", **_item(0, key="0b0e9a52-6f5c-4f0e-9d3a-333333333333", name="East pier")}
    response = client.post(_edit(update), _words(update, narrative="Mine.", **mine))
    html = response.content.decode()
    assert response.status_code == 409
    assert "Mara Plane saved it" in html
    assert "East pier" in html
    assert "North quay" in html, "what came meanwhile stays in the form"
    assert "Work went on in the *harbours*." in html
    update.refresh_from_db()
    assert f'name="version" value="{update.version}"' in html
    assert content_of(update).narrative.startswith("Work went on"), "nothing was overwritten"


def _save(update: ProgressUpdate, by: Account, content: UpdateContent) -> None:
    save_draft(by=by, now=NOW, update=update, content=content, version=update.version)


def test_the_reason_of_a_return_stands_above_the_form(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    return_update(by=scene.cast.reviewer, now=NOW, update=update, reason="Which printer?")
    html = as_person(scene.cast.director).get(_edit(update)).content.decode()
    assert "Returned by Remi Sallow" in html
    assert "Which printer?" in html


def test_what_was_sent_is_read_and_not_written(scene: Scene, as_person: SignedIn) -> None:
    update = scene.submitted()
    client = as_person(scene.cast.director)
    assert client.get(_edit(update)).headers["Location"] == reverse("update", args=[update.key])
    assert client.post(_edit(update), _words(update, narrative="Late")).status_code == 409


def test_hostile_words_are_written_out(scene: Scene, as_person: SignedIn) -> None:
    client = as_person(scene.cast.director)
    update = _begun(client, "1.1.2")
    hostile = "<script>alert(1)</script> [x](javascript:alert(1)) **bold**"
    client.post(_edit(update), _words(update, narrative=hostile))
    for address in (_edit(update), reverse("update", args=[update.key])):
        html = client.get(address).content.decode()
        assert "<script>alert" not in html
        assert 'href="javascript' not in html
    assert "<strong>bold</strong>" in html


@pytest.mark.parametrize("who", ["auditor", "reviewer", "stranger", "focal_point"])
def test_only_who_reports_for_the_unit_begins(scene: Scene, as_person: SignedIn, who: str) -> None:
    client = as_person(getattr(scene.cast, who))
    assert client.get(_report_on("1.1.2")).status_code == 403
    assert client.post(_report_on("1.1.2"), {"do": "start"}).status_code == 403
    assert not ProgressUpdate.objects.exists()


def test_a_draft_of_another_unit_does_not_exist(scene: Scene, as_person: SignedIn) -> None:
    update = scene.started("1.1.2", "region", scene.cast.director)
    for who in (scene.cast.focal_point, scene.cast.reviewer, scene.cast.auditor, scene.cast.stranger):
        client = as_person(who)
        for address in (_edit(update), reverse("update", args=[update.key])):
            assert client.get(address).status_code == 404, (who, address)
            assert client.post(address, _words(update)).status_code == 404, (who, address)
    assert as_person(None).get(_edit(update)).status_code == 302


def test_the_director_reads_what_waits_for_clearance(scene: Scene, as_person: SignedIn) -> None:
    edition = edition_on(scene.cast.plan, DAY)
    assert edition is not None
    set_rules(by=None, now=NOW, edition=edition, settings={"needs_clearance": True})
    update = scene.submitted("1.2.1", "island", scene.cast.focal_point)
    assert update.state == "in_clearance"
    page = reverse("update", args=[update.key])
    assert as_person(scene.cast.reviewer).get(page).status_code == 404
    html = as_person(scene.cast.director).get(page).content.decode()
    assert "Clear and send on" in html
    clear_update(by=scene.cast.director, now=NOW, update=update)
    assert as_person(scene.cast.reviewer).get(page).status_code == 200
