"""Evidence: added, reused, withdrawn for good."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import override_settings

from suivi.core.commands import path_of, remove_withdrawn_bytes, store_file
from suivi.core.models import Account, AuditEntry, StoredFile
from suivi.monitoring.commands.drafts import save_draft
from suivi.monitoring.commands.evidence import add_file, add_link, classify_evidence, withdraw_evidence
from suivi.monitoring.commands.uploads import (
    MAX_OPEN_UPLOADS,
    drop_old_uploads,
    finish_upload,
    path_of_upload,
    receive_piece,
    start_upload,
)
from suivi.monitoring.commands.workflow import send_update
from suivi.monitoring.models import ChainLink, Evidence, Upload
from suivi.monitoring.queries.chain import verify
from suivi.monitoring.queries.content import content_of
from suivi.monitoring.queries.evidence import can_read_evidence, classes_open_to
from suivi.monitoring.queries.evidence_counts import evidence_of_plan
from suivi.monitoring.rules.chain import digest_of_address
from suivi.monitoring.rules.content import EvidenceSaid
from suivi.organisation.queries import authority_of, unit_tree
from suivi.values.errors import InputRefused, NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW
from tests.monitoring.scene import SAID, Scene

PICTURE = b"\x89PNG\r\n\x1a\n a quay by night"


def _added(scene: Scene, **changes: Any) -> Evidence:
    given: dict[str, Any] = {
        "by": scene.cast.director,
        "now": NOW,
        "plan": scene.cast.plan,
        "unit": scene.cast.region,
        "title": "The quay",
        "data": PICTURE,
        "file_name": "quay.png",
    }
    return add_file(**{**given, **changes})


def _reads(scene: Scene, account: Account, evidence: Evidence) -> bool:
    return can_read_evidence(authority_of(account, DAY), evidence, unit_tree(DAY))


def _withdraw(scene: Scene, evidence: Evidence, reason: str = "A person asked for it.") -> list[Evidence]:
    return withdraw_evidence(by=scene.cast.plan_manager, now=NOW, evidence=evidence, reason=reason)


def test_the_same_file_is_one_piece_of_evidence(scene: Scene) -> None:
    one = _added(scene)
    assert _added(scene) == one
    assert one.media_type == "image/png"
    assert path_of(one.sha256).read_bytes() == PICTURE


def test_a_link_is_http_or_https(scene: Scene) -> None:
    given: dict[str, Any] = {
        "by": scene.cast.director,
        "now": NOW,
        "plan": scene.cast.plan,
        "unit": scene.cast.region,
        "title": "Minutes",
    }
    link = add_link(url="https://example.org/minutes", **given)
    assert add_link(url="https://example.org/minutes", **given) == link
    with pytest.raises(InputRefused, match="https"):
        add_link(url="javascript:alert(1)", **given)


def test_only_who_reports_for_the_unit_adds_evidence(scene: Scene) -> None:
    for account in (scene.cast.stranger, scene.cast.reviewer, scene.cast.auditor, scene.office):
        with pytest.raises(NotAllowed):
            _added(scene, by=account)
    assert Evidence.objects.count() == 0


@override_settings(SUIVI_EVIDENCE_MEGABYTES=1)
def test_a_file_above_the_limit_is_refused(scene: Scene) -> None:
    with pytest.raises(InputRefused, match="larger than 1 MB"):
        _added(scene, data=PICTURE + b"." * 2**20)


def test_persons_want_their_consent(scene: Scene) -> None:
    with pytest.raises(ValidationError, match="how they agreed"):
        _added(scene, shows_persons=True)
    assert _added(scene, shows_persons=True, consent="Signed on the quay").shows_persons


def test_withdrawn_bytes_go_and_digest_person_and_reason_stay(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    one = _added(scene)
    other = _added(scene, unit=scene.cast.headquarters, by=scene.office, title="Another title")
    with django_capture_on_commit_callbacks(execute=True):
        withdrawn = _withdraw(scene, one)
        assert path_of(one.sha256).exists()  # until it is committed
    assert set(withdrawn) == {one, other}
    assert not path_of(one.sha256).exists()
    for piece in (one, other):
        piece.refresh_from_db()
        assert (piece.sha256, piece.withdrawn_by, piece.withdrawn_reason) == (
            one.sha256,
            scene.cast.plan_manager,
            "A person asked for it.",
        )
    assert ChainLink.objects.filter(kind="withdrawal").count() == 2


def test_withdrawn_bytes_are_never_stored_again(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    one = _added(scene)
    with django_capture_on_commit_callbacks(execute=True):
        _withdraw(scene, one)
    with pytest.raises(RuleBroken, match="withdrawn on 2023-02-15"):
        _added(scene, title="Once more")
    with pytest.raises(RuleBroken, match="not stored again"):
        store_file(PICTURE, now=NOW)
    assert not path_of(one.sha256).exists()
    with pytest.raises(RuleBroken, match="withdrawn already"):
        _withdraw(scene, one)


def test_bytes_that_a_crash_left_behind_are_removed(scene: Scene) -> None:
    one = _added(scene)
    _withdraw(scene, one)  # what follows the commit does not run in this test
    assert path_of(one.sha256).exists()
    assert remove_withdrawn_bytes() == 1
    assert not path_of(one.sha256).exists()


def test_withdrawing_wants_a_reason_and_the_permission(scene: Scene) -> None:
    one = _added(scene)
    with pytest.raises(RuleBroken, match="why"):
        _withdraw(scene, one, reason=" ")
    for account in (scene.cast.director, scene.cast.reviewer, scene.cast.auditor, scene.cast.stranger):
        with pytest.raises(NotAllowed):
            withdraw_evidence(by=account, now=NOW, evidence=one, reason="Because.")


def test_an_adopted_document_stays(scene: Scene) -> None:
    one = _added(scene)
    edition = scene.cast.plan.editions.get(number=1)
    edition.source_file = StoredFile.objects.get(sha256=one.sha256)
    edition.save()
    with pytest.raises(RuleBroken, match="adopted document"):
        _withdraw(scene, one)


@pytest.mark.parametrize(
    ("classification", "readers"),
    [
        ("public", {"plan_manager", "director", "reviewer"}),
        ("internal", {"plan_manager", "director", "reviewer"}),
        ("restricted", {"plan_manager", "director", "reviewer", "auditor"}),
        ("confidential", {"plan_manager", "director", "reviewer", "auditor"}),
    ],
)
def test_before_approval_evidence_is_for_its_unit_and_the_review(
    scene: Scene, classification: str, readers: set[str]
) -> None:
    one = _added(scene, classification=classification)
    people = ("plan_manager", "focal_point", "director", "reviewer", "auditor", "stranger", "public_reader")
    assert {name for name in people if _reads(scene, getattr(scene.cast, name), one)} == readers
    assert not _reads(scene, scene.office, one)


def test_once_approved_open_evidence_is_for_all_inside_and_restricted_is_not(scene: Scene) -> None:
    open_, closed = _added(scene), _added(scene, title="Names", classification="restricted")
    said = tuple(EvidenceSaid(str(one.key), "step:/drafted") for one in (open_, closed))
    scene.approved(evidence=said, is_public=True)
    assert _reads(scene, scene.cast.focal_point, open_)
    assert _reads(scene, scene.office, open_)
    assert not _reads(scene, scene.cast.focal_point, closed)
    assert not _reads(scene, scene.cast.public_reader, open_)
    assert not _reads(scene, scene.cast.stranger, open_)
    assert _public(scene) == []


def test_the_public_reads_public_evidence_of_public_updates(scene: Scene) -> None:
    shown, kept = _added(scene, classification="public"), _added(scene, title="B", classification="public")
    scene.approved(evidence=(EvidenceSaid(str(shown.key)),), is_public=True)
    assert _public(scene) == [shown.title]
    assert kept.title not in _public(scene)
    _withdraw(scene, shown)
    assert _public(scene) == []


def _public(scene: Scene) -> list[str]:
    """The titles of what anybody may see."""
    plan = scene.cast.plan
    plan.is_public = True
    return [one.title for rests in evidence_of_plan(plan, DAY, DAY).values() for one in rests.public]


def test_a_withdrawn_link_keeps_the_digest_of_its_address_alone(scene: Scene) -> None:
    given = {"by": scene.cast.director, "now": NOW, "plan": scene.cast.plan, "unit": scene.cast.region}
    url = "https://example.org/the-name-of-a-person"
    link = add_link(**given, title=url, url=url)
    scene.approved(evidence=(EvidenceSaid(str(link.key)),))
    assert verify(scene.cast.plan) == []
    _withdraw(scene, link)
    link.refresh_from_db()
    assert (link.url, link.sha256) == ("", digest_of_address(url))
    assert "name-of-a-person" not in f"{Evidence.objects.filter(pk=link.pk).values()}"
    assert verify(scene.cast.plan) == []


CLASSES = ("public", "internal", "restricted", "confidential")


@pytest.mark.parametrize("before", CLASSES)
@pytest.mark.parametrize("after", CLASSES)
def test_only_its_unit_opens_evidence_and_the_plan_manager_closes_it(
    scene: Scene, before: str, after: str
) -> None:
    cast, tree = scene.cast, unit_tree(DAY)
    piece = _added(scene, classification=before)
    closes = CLASSES.index(after) > CLASSES.index(before)
    for account, is_let in (
        (cast.director, after != before),
        (cast.plan_manager, closes),
        (cast.reviewer, False),
        (cast.auditor, False),
        (cast.stranger, False),
        (scene.office, False),
    ):
        open_to = classes_open_to(authority_of(account, DAY), piece, tree)
        assert (after in open_to) == is_let, account
        if not is_let and after != before:
            with pytest.raises(NotAllowed, match="may open it to more people"):
                _classify(account, piece, after)
    piece.refresh_from_db()
    assert piece.classification == before


def test_a_class_is_changed_with_a_reason_that_stays_in_the_trail(scene: Scene) -> None:
    piece = _added(scene, classification="restricted")
    with pytest.raises(RuleBroken, match="Say why"):
        _classify(scene.cast.director, piece, "public", " ")
    assert _classify(scene.cast.director, piece, "public").classification == "public"
    line = AuditEntry.objects.get(verb="classify_evidence")
    assert (line.by, line.details["before"], line.details["classification"]) == (
        scene.cast.director,
        "restricted",
        "public",
    )
    assert line.details["reason"] == "They agreed."
    _classify(scene.cast.director, piece, "public")
    assert AuditEntry.objects.filter(verb="classify_evidence").count() == 1
    _withdraw(scene, piece)
    with pytest.raises(RuleBroken, match="withdrawn already"):
        _classify(scene.cast.director, piece, "internal")


def _classify(by: Account, piece: Evidence, classification: str, reason: str = "They agreed.") -> Evidence:
    return classify_evidence(by=by, now=NOW, evidence=piece, classification=classification, reason=reason)


def test_restricted_evidence_of_another_unit_cannot_be_named(scene: Scene) -> None:
    secret = _added(scene, classification="restricted")
    update = scene.started("2.1.2", "headquarters", scene.office)
    content = replace(SAID["2.1.2"], evidence=(EvidenceSaid(str(secret.key)),))
    update = save_draft(by=scene.office, now=NOW, update=update, content=content, version=update.version)
    with pytest.raises(NotFound, match="no evidence"):
        send_update(by=scene.office, now=NOW, update=update, version=update.version)


def test_evidence_is_used_by_several_updates(scene: Scene) -> None:
    one = _added(scene)
    said = (EvidenceSaid(str(one.key), ""), EvidenceSaid(str(one.key), "step:/drafted"))
    first = scene.approved(evidence=said)
    second = scene.approved(round=None, evidence=said, reported_on=DAY)
    assert content_of(first).evidence == content_of(second).evidence == said
    assert one.uses.count() == 4


def test_an_upload_goes_on_after_a_cut(scene: Scene) -> None:
    by = scene.cast.director
    upload = start_upload(by=by, now=NOW, file_name="quay.png", size_bytes=len(PICTURE))
    upload = receive_piece(by=by, upload=upload, offset=0, data=PICTURE[:10])
    assert receive_piece(by=by, upload=upload, offset=0, data=PICTURE[:10]).received_bytes == 10
    assert receive_piece(by=by, upload=upload, offset=15, data=PICTURE[15:]).received_bytes == 10
    with path_of_upload(upload).open("ab") as handle:
        handle.write(b"what a crash left")
    given: dict[str, Any] = {
        "by": by,
        "now": NOW,
        "plan": scene.cast.plan,
        "unit": scene.cast.region,
        "title": "A",
    }
    with pytest.raises(RuleBroken, match="not arrived completely"):
        finish_upload(upload=upload, **given)
    upload = receive_piece(by=by, upload=upload, offset=10, data=PICTURE[10:])
    evidence = finish_upload(upload=upload, **given)
    assert path_of(evidence.sha256).read_bytes() == PICTURE
    assert not Upload.objects.exists()


def test_an_upload_is_of_its_account_and_not_longer_than_announced(scene: Scene) -> None:
    by = scene.cast.director
    upload = start_upload(by=by, now=NOW, file_name="quay.png", size_bytes=5)
    with pytest.raises(NotFound):
        receive_piece(by=scene.cast.focal_point, upload=upload, offset=0, data=b"12345")
    with pytest.raises(InputRefused, match="More came"):
        receive_piece(by=by, upload=upload, offset=0, data=b"123456")
    with pytest.raises(InputRefused, match="empty"):
        start_upload(by=by, now=NOW, file_name="quay.png", size_bytes=0)
    with pytest.raises(InputRefused, match="larger"):
        start_upload(by=by, now=NOW, file_name="quay.png", size_bytes=2**40)


def test_unfinished_uploads_do_not_pile_up(scene: Scene) -> None:
    by = scene.cast.director
    for minute in range(MAX_OPEN_UPLOADS + 3):
        start_upload(by=by, now=NOW + timedelta(minutes=minute), file_name="a.png", size_bytes=5)
    assert by.uploads.count() == MAX_OPEN_UPLOADS
    assert drop_old_uploads(now=NOW + timedelta(days=8)) == MAX_OPEN_UPLOADS
