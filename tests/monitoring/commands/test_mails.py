from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.core.mail import EmailMessage
from pytest_django import Settings

from suivi.monitoring.commands.mails import CLAIM, MOST_FAILURES, send_waiting, write_mail
from suivi.monitoring.models import Mail, MailKind
from tests.cast import NOW, Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _written(cast: Cast, about: str = "2023-02-15") -> Mail:
    return write_mail(
        now=NOW,
        kind=MailKind.DIGEST,
        about=about,
        subject="Two updates\nare due",
        body="Lanterns on every quay\n",
        language="en",
        account=cast.focal_point,
    )


def _sent(now: datetime, box: list[EmailMessage]) -> list[Mail]:
    return list(send_waiting(clock=lambda: now, send=box.append))


def test_a_mail_is_written_once_and_sent_once(cast: Cast) -> None:
    assert _written(cast) == _written(cast)
    box: list[EmailMessage] = []
    assert [mail.sent_at for mail in _sent(NOW, box)] == [NOW]
    assert _sent(NOW + timedelta(days=2), box) == []
    assert [(message.to, message.subject) for message in box] == [
        (["finn@example.org"], "Two updates are due")
    ]


def test_another_worker_passes_over_what_is_being_sent(cast: Cast) -> None:
    _written(cast)
    inside: list[list[Mail]] = []
    for _mail in send_waiting(clock=lambda: NOW, send=lambda _message: inside.append(_sent(NOW, []))):
        pass
    assert inside == [[]]


def test_after_a_crash_it_goes_out_again_with_the_same_message_id(cast: Cast) -> None:
    _written(cast)
    box: list[EmailMessage] = []

    def crash(message: EmailMessage) -> None:
        box.append(message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(send_waiting(clock=lambda: NOW, send=crash))
    assert _sent(NOW + CLAIM - timedelta(seconds=1), box) == []
    assert len(_sent(NOW + CLAIM, box)) == 1
    first, second = (message.message()["Message-ID"] for message in box)
    assert first == second


def test_a_server_that_does_not_answer_is_tried_again_later_and_later(cast: Cast) -> None:
    _written(cast)

    def refuse(_message: EmailMessage) -> None:
        raise ConnectionRefusedError("nobody there")

    tries = []
    now = NOW
    while now < NOW + timedelta(days=30):
        if list(send_waiting(clock=lambda now=now: now, send=refuse)):  # type: ignore[misc]
            tries.append(now - NOW)
        now += timedelta(minutes=15)
    assert len(tries) == MOST_FAILURES
    pauses = [after - before for before, after in pairwise(tries)]
    assert pauses == sorted(pauses)
    assert Mail.objects.get().last_failure == "ConnectionRefusedError: nobody there"
    assert Mail.objects.get().sent_at is None


def test_the_mail_of_another_person_or_day_is_another_one(cast: Cast) -> None:
    ids: Iterable[str] = {_written(cast, about).message_id for about in ("2023-02-15", "2023-02-16")}
    assert len(set(ids)) == 2


def test_django_sends_it(cast: Cast, mailoutbox: list[EmailMessage], settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "plan@example.org"
    _written(cast)
    list(send_waiting(clock=lambda: NOW))
    [message] = mailoutbox
    assert message.from_email == "plan@example.org"
    assert message.message()["Auto-Submitted"] == "auto-generated"
