from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from suivi.core.models import AuditEntry
from suivi.monitoring.commands.voices import (
    invitation_of,
    invite_constituent,
    revoke_invitation,
    speak,
)
from suivi.monitoring.models import Invitation, Voice
from suivi.monitoring.queries.voices import balance_of, quotes_of
from suivi.values.errors import NotAllowed, NotFound, RuleBroken
from tests.cast import DAY, NOW, Cast, build_cast


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def _invited(cast: Cast, **changes: object) -> tuple[Invitation, str]:
    given = {
        "by": cast.focal_point,
        "now": NOW,
        "deliverable": cast.deliverable("1.1.1"),
        "unit": cast.island,
        "group": "workers",
        "name": "Union of Lamp Lighters",
        "email": "lighters@example.org",
        "language": "fr",
        "question": "What have the lanterns changed for you?",
        "expires_on": DAY + timedelta(days=30),
        "region": "Northern Seas",
    }
    return invite_constituent(**{**given, **changes})  # type: ignore[arg-type]


def test_a_constituent_answers_once_by_the_link(cast: Cast) -> None:
    _invitation, token = _invited(cast)
    voice = speak(now=NOW, token=token, text="We see the quay at night.", consent="name")
    assert voice.invitation.name == "Union of Lamp Lighters"
    with pytest.raises(RuleBroken):
        speak(now=NOW, token=token, text="We see nothing.", consent="name")
    assert Voice.objects.get().text == "We see the quay at night."
    assert set(AuditEntry.objects.values_list("verb", flat=True)) >= {"invite_constituent", "speak"}


def test_the_token_is_not_kept(cast: Cast) -> None:
    invitation, token = _invited(cast)
    assert token not in {str(value) for value in vars(invitation).values()}


def test_a_link_that_ended_was_taken_back_or_guessed_is_not_open(cast: Cast) -> None:
    revoked, token = _invited(cast)
    revoke_invitation(by=cast.focal_point, now=NOW, invitation=revoked)
    _late, late = _invited(cast, expires_on=DAY)
    said = []
    for wrong, now in ((token, NOW), (late, NOW + timedelta(days=1)), ("guessed", NOW)):
        with pytest.raises(NotFound) as refused:
            invitation_of(wrong, now=now)
        said.append(str(refused.value))
    assert len(set(said)) == 1


def test_a_name_is_shown_only_to_those_who_may_be_quoted_by_name(cast: Cast) -> None:
    for group, consent in (("workers", "name"), ("employers", "group"), ("governments", "none")):
        _invitation, token = _invited(cast, group=group)
        speak(now=NOW, token=token, text=f"Words of {group}", consent=consent)
    quotes = {quote.group: quote for quote in quotes_of(cast.plan, DAY)}
    assert {group: quote.name for group, quote in quotes.items()} == {
        "workers": "Union of Lamp Lighters",
        "employers": "",
    }
    balance = balance_of(cast.plan, DAY)
    assert balance.groups == {"governments": 1, "employers": 1, "workers": 1}
    assert balance.regions == {"Northern Seas": 3}


def test_an_earlier_day_has_not_heard_it_yet(cast: Cast) -> None:
    _invitation, token = _invited(cast)
    speak(now=NOW, token=token, text="Heard today", consent="name")
    assert quotes_of(cast.plan, DAY - timedelta(days=1)) == []


def test_only_who_reports_on_the_deliverable_invites(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        _invited(cast, by=cast.reviewer)
    with pytest.raises(NotAllowed):
        _invited(cast, deliverable=cast.deliverable("2.1.2"))


def test_what_cannot_be_is_refused(cast: Cast) -> None:
    with pytest.raises(RuleBroken):
        _invited(cast, group="banks")
    with pytest.raises(RuleBroken):
        _invited(cast, expires_on=DAY - timedelta(days=1))
    _invitation, token = _invited(cast)
    with pytest.raises(ValidationError):
        speak(now=NOW, token=token, text="  ", consent="name")
    with pytest.raises(ValidationError):
        speak(now=NOW, token=token, text="Words", consent="loudly")
    assert not Voice.objects.exists()
