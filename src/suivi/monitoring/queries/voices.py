"""What constituents said, as they may be quoted, and whether all groups and regions were heard."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from suivi.core.clock import end_of
from suivi.monitoring.models import Consent, Voice
from suivi.organisation.models import StakeholderKind
from suivi.plan.models import Deliverable, Plan

CONSTITUENTS = (StakeholderKind.GOVERNMENTS, StakeholderKind.EMPLOYERS, StakeholderKind.WORKERS)


@dataclass(frozen=True)
class Quote:
    """A statement as it may be shown: without a name where only the group may be named."""

    deliverable: Deliverable
    group: str
    name: str
    country: str
    text: str
    language: str
    said_on: date

    @property
    def group_label(self) -> str:
        return str(StakeholderKind(self.group).label)


def voices_of(plan: Plan, as_of: date, deliverable: Deliverable | None = None) -> QuerySet[Voice]:
    """What was said by the end of a day, newest first."""
    voices = Voice.objects.filter(
        invitation__deliverable__plan=plan, said_at__lte=end_of(as_of)
    ).select_related("invitation__deliverable__plan", "invitation__unit")
    return voices if deliverable is None else voices.filter(invitation__deliverable=deliverable)


def quotes_of(plan: Plan, as_of: date, deliverable: Deliverable | None = None) -> list[Quote]:
    """What may be quoted; who consented to no quoting is left out."""
    return [quote_of(voice) for voice in voices_of(plan, as_of, deliverable).exclude(consent=Consent.NONE)]


def quote_of(voice: Voice) -> Quote:
    """A statement as its consent lets it be shown; its invitation comes with it."""
    invitation = voice.invitation
    is_named = voice.consent == Consent.NAME
    return Quote(
        deliverable=invitation.deliverable,
        group=invitation.group,
        name=invitation.name if is_named else "",
        country=invitation.country if is_named else "",
        text=voice.text,
        language=invitation.language,
        said_on=timezone.localdate(voice.said_at),
    )


@dataclass(frozen=True)
class Balance:
    """How many spoke, by group and by region; groups and regions that nobody spoke for count zero."""

    groups: Mapping[str, int]
    regions: Mapping[str, int]


def balance_of(plan: Plan, as_of: date) -> Balance:
    """The balance of those heard by the end of a day; those who do not want to be quoted are counted too."""
    heard = list(voices_of(plan, as_of).values_list("invitation__group", "invitation__region"))
    groups = Counter(group for group, _region in heard)
    regions = Counter(region for _group, region in heard if region)
    return Balance({str(group): groups[group] for group in CONSTITUENTS}, dict(sorted(regions.items())))


@dataclass(frozen=True)
class Heard:
    """Who was heard somewhere: how many by group, what may be quoted, newest first, and how many may not."""

    groups: Mapping[str, int]
    quotes: Sequence[Quote]
    unquoted: int

    @property
    def total(self) -> int:
        return sum(self.groups.values())


def heard_in(plan: Plan, as_of: date, is_there: Callable[[str], bool]) -> Heard:
    """Who was heard in a place by the end of a day: one query. `is_there` says it of a region or country.

    The three groups of constituents come first, also where nobody spoke for them.
    """
    heard = [
        voice
        for voice in voices_of(plan, as_of)
        if is_there(voice.invitation.region) or is_there(voice.invitation.country)
    ]
    groups = Counter(voice.invitation.group for voice in heard)
    order = [str(group) for group in CONSTITUENTS]
    order += sorted(group for group in groups if group not in order)
    quotes = [quote_of(voice) for voice in heard if voice.consent != Consent.NONE]
    return Heard({group: groups[group] for group in order}, quotes, len(heard) - len(quotes))
