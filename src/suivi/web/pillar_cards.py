"""The pillars at a glance: each a short column of counts, every count a link to the lines it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.functional import Promise

from suivi.plan.queries.overview import Overview, PillarCounts
from suivi.plan.selection import Span
from suivi.web.addresses import PlanAddresses
from suivi.web.forms.overview import SPAN_WORDS
from suivi.web.standing import Standing, StatusCount


@dataclass(frozen=True)
class SpanCount:
    """How many time frames stand in one span; `code` is the value of the filter."""

    code: str
    count: int
    words: str | Promise


@dataclass(frozen=True)
class PillarCard:
    """The counts of one pillar, the address of its page, and the query that filters the table by it."""

    counts: PillarCounts
    href: str
    filter: str
    spans: Sequence[SpanCount]
    statuses: Sequence[StatusCount]


def pillar_cards(overview: Overview, standing: Standing, slug: str) -> list[PillarCard]:
    """One card for each pillar, in the order of the plan; spans without a deliverable are left out."""
    addresses = PlanAddresses(slug)
    members: dict[int, list[int]] = {}
    for line in overview.lines:
        members.setdefault(overview.actions[line.action].pillar, []).append(line.deliverable)
    return [
        PillarCard(
            counts=counts,
            href=addresses.pillar(counts.pillar.pillar.key),
            filter=f"?{urlencode({'pillar': counts.pillar.pillar.key})}",
            spans=[
                SpanCount(span.value, counts.spans[span], SPAN_WORDS[span])
                for span in Span
                if counts.spans[span]
            ],
            statuses=standing.counts(members.get(counts.pillar.pk, [])),
        )
        for counts in overview.counts()
    ]
