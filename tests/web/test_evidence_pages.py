"""Evidence: added with the form or in pieces, told without being shown, downloaded, withdrawn."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from suivi.core.commands import path_of
from suivi.core.models import Account
from suivi.monitoring.commands.evidence import add_file
from suivi.monitoring.commands.workflow import approve_update, send_update
from suivi.monitoring.models import Evidence, ProgressUpdate, Upload
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.rules.content import EvidenceSaid
from tests.cast import NOW
from tests.monitoring.scene import Scene
from tests.web.conftest import SignedIn

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 60


def _piece(scene: Scene, classification: str = "internal", data: bytes = b"dues") -> Evidence:
    return add_file(
        by=scene.cast.director,
        now=NOW,
        plan=scene.cast.plan,
        unit=scene.cast.region,
        title="Ledger of dues",
        data=data,
        file_name="ledger.txt",
        classification=classification,
    )


def _page(piece: Evidence) -> str:
    return reverse("evidence", args=[piece.key])


def _file(piece: Evidence) -> str:
    return reverse("evidence-file", args=[piece.key])


def _draft(scene: Scene) -> ProgressUpdate:
    return scene.started("1.1.2", "region", scene.cast.director)


def _add(client: Client, update: ProgressUpdate, **more: object) -> str:
    sent = {
        "do": "evidence",
        "version": update.version,
        "reported_on": "2022-12-31",
        "language": "en",
        "narrative": "Kept.",
        "evidence-count": "0",
        "evidence-new-classification": "internal",
        **{f"evidence-new-{name}": value for name, value in more.items()},
    }
    address = reverse("edit-update", args=[update.key])
    return client.post(address, sent, follow=True).content.decode()


def test_a_file_is_added_with_the_form(scene: Scene, as_person: SignedIn) -> None:
    update, client = _draft(scene), as_person(scene.cast.director)
    html = _add(client, update, file=SimpleUploadedFile("quay.png", PNG), title="The quay")
    assert "The quay" in html
    piece = Evidence.objects.get()
    assert (piece.media_type, piece.owner_unit) == ("image/png", scene.cast.region)
    update.refresh_from_db()
    said = content_of(update)
    assert (said.evidence, said.narrative) == ((EvidenceSaid(str(piece.key), ""),), "Kept.")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({}, "Choose a file or write a link."),
        ({"link": "https://example.org/a", "shows_persons": "on"}, "say how they agreed"),
        ({"link": "no link"}, "Enter a valid URL."),
        ({"upload": "0b0e9a52-6f5c-4f0e-9d3a-111111111111"}, "The file did not arrive."),
    ],
)
def test_what_is_missing_is_said_and_the_words_are_kept(
    scene: Scene, as_person: SignedIn, given: dict[str, object], words: str
) -> None:
    update, client = _draft(scene), as_person(scene.cast.director)
    assert words in _add(client, update, **given)
    assert not Evidence.objects.exists()
    update.refresh_from_db()
    assert content_of(update).narrative == "Kept."


def test_a_kind_of_file_that_is_not_taken_is_refused(scene: Scene, as_person: SignedIn) -> None:
    html = _add(
        as_person(scene.cast.director),
        _draft(scene),
        file=SimpleUploadedFile("run.exe", b"MZ\x90\x00" + b"\x00" * 60),
    )
    assert "notice bad" in html
    assert not Evidence.objects.exists()


def test_what_was_given_before_is_used_again(scene: Scene, as_person: SignedIn) -> None:
    piece, update = _piece(scene), _draft(scene)
    _add(as_person(scene.cast.director), update, known=str(piece.key))
    update.refresh_from_db()
    assert content_of(update).evidence == (EvidenceSaid(str(piece.key), ""),)


class TestInPieces:
    """An upload goes on where it was cut."""

    def _begin(self, client: Client, size: int) -> str:
        said = client.post("/uploads", {"file_name": "quay.png", "size_bytes": str(size)}).json()
        assert said["received"] == 0
        return str(said["address"])

    def _piece(self, client: Client, address: str, offset: int, data: bytes) -> int:
        sent = client.post(f"{address}?offset={offset}", data, content_type="application/octet-stream")
        return int(sent.json()["received"])

    def test_pieces_come_twice_and_after_a_cut(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.director)
        address = self._begin(client, len(PNG))
        assert self._piece(client, address, 0, PNG[:30]) == 30
        assert self._piece(client, address, 0, PNG[:30]) == 30, "the answer was lost, the piece came again"
        assert self._piece(client, address, 50, PNG[50:]) == 30, "a hole is not taken"
        assert client.get(address).json()["received"] == 30
        assert self._piece(client, address, 30, PNG[30:]) == len(PNG)
        update = _draft(scene)
        html = _add(client, update, upload=str(Upload.objects.get().key))
        assert "quay.png" in html
        assert path_of(Evidence.objects.get().sha256).read_bytes() == PNG

    def test_more_than_was_announced_is_refused(self, scene: Scene, as_person: SignedIn) -> None:
        client = as_person(scene.cast.director)
        address = self._begin(client, 10)
        sent = client.post(f"{address}?offset=0", PNG, content_type="application/octet-stream")
        assert (sent.status_code, "announced" in sent.json()["said"]) == (400, True)

    def test_an_empty_or_huge_file_is_refused_before_it_comes(
        self, scene: Scene, as_person: SignedIn
    ) -> None:
        client = as_person(scene.cast.director)
        for size in ("0", "-3", "x", str(10**12)):
            sent = client.post("/uploads", {"file_name": "a.png", "size_bytes": size})
            assert sent.status_code == 400, size
            assert sent.json()["said"]

    def test_the_upload_of_somebody_else_does_not_exist(self, scene: Scene, as_person: SignedIn) -> None:
        address = self._begin(as_person(scene.cast.director), len(PNG))
        other = as_person(scene.cast.plan_manager)
        assert other.get(address).status_code == 404
        sent = other.post(f"{address}?offset=0", PNG, content_type="application/octet-stream")
        assert sent.status_code == 404


def test_a_download_is_saved_and_never_run(scene: Scene, as_person: SignedIn) -> None:
    response = as_person(scene.cast.director).get(_file(_piece(scene)))
    assert response.content == b"dues"
    assert response.headers["Content-Disposition"] == 'attachment; filename="ledger.txt"'
    assert response.headers["Content-Type"] == "application/octet-stream"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("classification", "readers"),
    [
        ("internal", {"director", "plan_manager", "reviewer"}),
        ("restricted", {"director", "plan_manager", "reviewer", "auditor"}),
        ("confidential", {"director", "plan_manager", "reviewer", "auditor"}),
    ],
)
def test_who_opens_which_class_of_another_unit(
    scene: Scene, as_person: SignedIn, classification: str, readers: set[str]
) -> None:
    piece = _piece(scene, classification)
    people = ("director", "plan_manager", "reviewer", "auditor", "focal_point", "stranger", "public_reader")
    for address in (_page(piece), _file(piece)):
        opened = {
            who for who in people if as_person(getattr(scene.cast, who)).get(address).status_code == 200
        }
        assert opened == readers, address
        assert as_person(None).get(address).status_code == 302


def test_restricted_evidence_is_told_and_not_shown(scene: Scene, as_person: SignedIn) -> None:
    piece = _piece(scene, "restricted")
    update = scene.approved(evidence=(EvidenceSaid(str(piece.key), ""),))
    address = reverse("update", args=[update.key])
    html = as_person(scene.cast.focal_point).get(address).content.decode()
    assert "Evidence that is restricted: it is there, and you may not see it." in html
    assert "Ledger of dues" not in html
    assert str(piece.key) not in html
    assert "Ledger of dues" in as_person(scene.cast.auditor).get(address).content.decode()


def test_withdrawn_content_is_gone_and_the_rest_stays(scene: Scene, as_person: SignedIn) -> None:
    piece = _piece(scene)
    client = as_person(scene.cast.plan_manager)
    html = client.post(_page(piece), {"reason": ""}).content.decode()
    assert "This field is required." in html
    client.post(_page(piece), {"reason": "It names a child."})
    html = client.get(_page(piece)).content.decode()
    assert "It names a child." in html
    assert piece.sha256 in html
    assert _file(piece) not in html
    assert client.get(_file(piece)).status_code == 404


def test_only_who_may_is_offered_the_withdrawal(scene: Scene, as_person: SignedIn) -> None:
    piece = _piece(scene)
    client = as_person(scene.cast.director)
    assert "Withdraw the content" not in client.get(_page(piece)).content.decode()
    assert client.post(_page(piece), {"reason": "x"}).status_code == 403


def test_the_page_names_only_updates_that_may_be_read(scene: Scene, as_person: SignedIn) -> None:
    piece = _piece(scene)
    update = scene.submitted(evidence=(EvidenceSaid(str(piece.key), ""),))
    assert _link(update) in _read(as_person, scene.cast.director, piece)
    approve_update(by=scene.cast.reviewer, now=NOW, update=update)
    assert _link(update) in _read(as_person, scene.cast.focal_point, piece)


def _link(update: ProgressUpdate) -> str:
    return reverse("update", args=[update.key])


def _read(as_person: SignedIn, who: Account, piece: Evidence) -> str:
    return as_person(who).get(_page(piece)).content.decode()


def test_a_draft_hides_the_title_of_what_may_not_be_seen(scene: Scene, as_person: SignedIn) -> None:
    """A contribution rested on confidential evidence; the one who consolidates sees that it is there."""
    piece = add_file(
        by=scene.cast.director,
        now=NOW,
        plan=scene.cast.plan,
        unit=scene.cast.island,
        title="Names of keepers",
        data=b"names",
        file_name="names.txt",
        classification="confidential",
    )
    given = scene.submitted(
        "1.1.1",
        "island",
        by=scene.cast.director,
        kind="contribution",
        evidence=(EvidenceSaid(str(piece.key), ""),),
    )
    office = as_person(scene.office)
    response = office.post(reverse("report-on", args=["harbour-plan", "1.1.1"]), {"do": "consolidate"})
    html = office.get(response.headers["Location"]).content.decode()
    assert "evidence that you may not see" in html
    assert "Names of keepers" not in html
    update = ProgressUpdate.objects.get(kind="update", deliverable__key="1.1.1")
    assert given in update.consolidates.all()
    send_update(by=scene.office, now=NOW, update=update, version=update.version)
