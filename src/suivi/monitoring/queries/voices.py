"""What constituents said, as they may be quoted, and whether all groups and regions were heard."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from suivi.core.clock import end_of
from suivi.monitoring.models import Consent, Voice
from suivi.organisation.models import StakeholderKind
from suivi.plan.models import Deliverable, Plan


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
    return [
        Quote(
            deliverable=voice.invitation.deliverable,
            group=voice.invitation.group,
            name=voice.invitation.name if voice.consent == Consent.NAME else "",
            country=voice.invitation.country if voice.consent == Consent.NAME else "",
            text=voice.text,
            language=voice.invitation.language,
            said_on=timezone.localdate(voice.said_at),
        )
        for voice in voices_of(plan, as_of, deliverable).exclude(consent=Consent.NONE)
    ]


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
    all_groups = (StakeholderKind.GOVERNMENTS, StakeholderKind.EMPLOYERS, StakeholderKind.WORKERS)
    return Balance({str(group): groups[group] for group in all_groups}, dict(sorted(regions.items())))
