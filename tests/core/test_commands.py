import hashlib
from datetime import timedelta
from pathlib import Path

import pytest
from pytest_django import Settings

from suivi.core.commands import create_account, note_visit, path_of, store_file, supersede, write_audit
from suivi.core.models import Account, AuditEntry, StoredFile
from suivi.organisation.models import Grant
from suivi.values.errors import RuleBroken
from tests.cast import NOW, PASSWORD

pytestmark = pytest.mark.django_db


def _account(**more: object) -> Account:
    given = {"by": None, "now": NOW, "email": "Nell@Example.org", "name": "Nell Marrow"}
    return create_account(**{**given, **more})  # type: ignore[arg-type]


def test_an_account_is_known_by_its_address_in_small_letters() -> None:
    assert _account().email == "nell@example.org"
    assert Account.objects.get_by_natural_key("NELL@example.org").name == "Nell Marrow"


def test_an_address_has_one_account() -> None:
    _account()
    with pytest.raises(RuleBroken) as refused:
        _account(email="NELL@EXAMPLE.ORG")
    assert "Give that account a role" in str(refused.value)


def test_without_a_password_nobody_signs_in() -> None:
    assert not _account().has_usable_password()
    assert _account(email="other@example.org", password=PASSWORD).check_password(PASSWORD)


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "nell marrow"])
def test_a_weak_password_leaves_no_account(password: str) -> None:
    with pytest.raises(RuleBroken):
        _account(password=password)
    assert not Account.objects.exists()
    assert not AuditEntry.objects.exists()


def test_the_trail_keeps_the_words_of_its_day() -> None:
    account = _account()
    line = write_audit(by=account, now=NOW, verb="look", on=account, details={"at": "lamps"})
    account.name = "Nell Otherwise"
    account.save()
    line.refresh_from_db()
    assert (line.by_name, line.object_label, line.object_kind) == ("Nell Marrow", "Nell Marrow", "account")
    assert line.details == {"at": "lamps"}


def test_the_command_line_stands_in_the_trail_by_that_name() -> None:
    line = write_audit(by=None, now=NOW, verb="look", on=_account())
    assert (line.by, line.by_name) == (None, "command line")


def test_a_row_is_known_from_when_it_was_written_until_it_was_replaced() -> None:
    account = _account()
    grant = Grant.objects.create(account=account, role="auditor", recorded_at=NOW)
    assert list(Grant.objects.known_at(NOW - timedelta(seconds=1))) == []
    assert list(Grant.objects.known_at(NOW)) == [grant]
    supersede(grant, by=account, now=NOW + timedelta(days=1))
    assert list(Grant.objects.known_at(NOW + timedelta(hours=23))) == [grant]
    assert list(Grant.objects.known_at(NOW + timedelta(days=1))) == []
    assert list(Grant.objects.current()) == []
    assert grant.superseded_by == account


def test_a_pause_begins_a_new_visit() -> None:
    account = _account()
    note_visit(account, now=NOW)
    note_visit(account, now=NOW + timedelta(minutes=30))
    assert account.previous_visit_at is None
    note_visit(account, now=NOW + timedelta(days=1))
    account.refresh_from_db()
    assert account.previous_visit_at == NOW + timedelta(minutes=30)
    assert account.last_seen_at == NOW + timedelta(days=1)


def test_a_page_within_the_minute_writes_nothing() -> None:
    account = _account()
    note_visit(account, now=NOW)
    note_visit(account, now=NOW + timedelta(seconds=59))
    account.refresh_from_db()
    assert account.last_seen_at == NOW


def test_a_file_is_kept_once_under_its_digest(tmp_path: Path, settings: Settings) -> None:
    settings.SUIVI_FILES_DIR = tmp_path
    one, two = store_file(b"chart", now=NOW), store_file(b"chart", now=NOW + timedelta(days=1))
    digest = hashlib.sha256(b"chart").hexdigest()
    assert (one, one.sha256, one.size_bytes, one.added_at) == (two, digest, 5, NOW)
    assert path_of(digest).read_bytes() == b"chart"
    assert StoredFile.objects.count() == 1
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [digest]


def test_the_bytes_of_a_file_are_there_before_its_row(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SUIVI_FILES_DIR = tmp_path

    def fail(**_: object) -> None:
        assert path_of(hashlib.sha256(b"chart").hexdigest()).exists()
        raise OSError("no row")

    monkeypatch.setattr(StoredFile.objects, "get_or_create", fail)
    with pytest.raises(OSError, match="no row"):
        store_file(b"chart", now=NOW)
