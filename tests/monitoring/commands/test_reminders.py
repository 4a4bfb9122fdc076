import re
from datetime import date, timedelta

import pytest

from suivi.core.models import Account
from suivi.monitoring.commands.reminders import write_reminders
from suivi.monitoring.commands.rounds import open_round
from suivi.monitoring.models import Mail
from suivi.monitoring.queries.reminders import reminders_on
from suivi.organisation.commands import name_deputy
from suivi.plan.models import DeliverableEdition
from tests.cast import NOW, Cast, at, build_cast, words

DUE = date(2023, 2, 18)  # three days after NOW


@pytest.fixture
def cast(db: None) -> Cast:
    cast = build_cast()
    open_round(
        by=cast.plan_manager,
        now=at(2023, 2, 1),
        plan=cast.plan,
        key="2022-2",
        title=words("End of 2022"),
        period_starts_on=date(2022, 7, 1),
        period_ends_on=date(2022, 12, 31),
        opens_on=date(2023, 2, 1),
        due_on=DUE,
        asked=[(cast.deliverable("1.1.1"), cast.island)],
    )
    return cast


def _told(day: date) -> dict[Account, list[str]]:
    return {one.account: [str(line.said) for line in one.lines] for one in reminders_on(day)}


def test_who_owes_an_update_is_told_on_the_days_of_reminders_alone(cast: Cast) -> None:
    told = _told(DUE - timedelta(days=3))
    assert told == {cast.focal_point: ["Report on 1.1.1 by 2023-02-18."]}
    assert _told(DUE - timedelta(days=2)) == {}
    assert _told(DUE + timedelta(days=7)) == {
        cast.focal_point: ["Report on 1.1.1: it was due on 2023-02-18."]
    }


def test_in_an_absence_the_deputy_is_told(cast: Cast) -> None:
    name_deputy(
        by=cast.focal_point,
        now=NOW,
        account=cast.focal_point,
        deputy=cast.reviewer,
        kind="officer_in_charge",
        starts_on=DUE - timedelta(days=4),
        ends_on=DUE,
    )
    assert set(_told(DUE - timedelta(days=3))) == {cast.reviewer}


def test_a_reminder_has_the_number_of_the_edition_in_force_and_not_the_key(cast: Cast) -> None:
    DeliverableEdition.objects.filter(deliverable=cast.deliverable("1.1.1")).update(number="4(b)")
    assert _told(DUE) == {cast.focal_point: ["Report on 4(b) by 2023-02-18."]}


def test_one_mail_a_day_in_the_language_of_the_person(cast: Cast) -> None:
    Account.objects.filter(pk=cast.focal_point.pk).update(language="fr")
    DeliverableEdition.objects.filter(deliverable=cast.deliverable("1.1.1")).update(
        title=words("Lanterns on every quay", "Des lanternes sur chaque quai")
    )
    assert len(list(write_reminders(now=NOW))) == 1
    assert list(write_reminders(now=NOW + timedelta(hours=2))) == []
    mail = Mail.objects.get()
    assert (mail.language, mail.to_address) == ("fr", "finn@example.org")
    assert "18 février 2023" in mail.body
    # Under the sentence stands what the deliverable is called, in the language of the mail.
    [title] = re.findall(r"^  (.+)$", mail.body, re.MULTILINE)
    assert title == f"Des lanternes sur chaque quai · {cast.island.versions.get().short_name}"
    assert "/mine" in mail.body
