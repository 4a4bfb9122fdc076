"""The outline of the papers: which parts of each kind are written, where they stand, and what goes in.

What is computed stands between them and needs no part of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from suivi.plan.models import Edition
from suivi.values.text import Text


@dataclass(frozen=True)
class Part:
    """A part that is written. `hint` tells its writer what belongs there."""

    key: str
    heading: str | Promise
    place: Literal["cover", "body"]
    hint: str | Promise


PILLARS = "pillar:"  # before the number of a pillar
DECISION = "decision"

_COVER = (
    Part("purpose", gettext_lazy("Purpose of the document"), "cover",
         gettext_lazy("What the governing body is asked to do, in one paragraph.")),
    Part("objectives", gettext_lazy("Relevant strategic objective"), "cover",
         gettext_lazy("The objectives of the organisation that the plan serves.")),
    Part("implications-policy", gettext_lazy("Policy implications"), "cover",
         gettext_lazy("What the paper would change in policy; “None” where nothing.")),
    Part("implications-legal", gettext_lazy("Legal implications"), "cover",
         gettext_lazy("What it would change in law; “None” where nothing.")),
    Part("implications-financial", gettext_lazy("Financial implications"), "cover",
         gettext_lazy("What it would cost; “None” where nothing.")),
    Part("follow-up", gettext_lazy("Follow-up action required"), "cover",
         gettext_lazy("What the office does after the decision.")),
    Part("author-unit", gettext_lazy("Author unit"), "cover",
         gettext_lazy("The unit that answers for the paper.")),
    Part("related-documents", gettext_lazy("Related documents"), "cover",
         gettext_lazy("Symbols of the documents to be read with it.")),
)  # fmt: skip
_INTRODUCTION = Part(
    "introduction",
    gettext_lazy("Introduction"),
    "body",
    gettext_lazy("Why the paper is before the body, and how it was prepared, with whom."),
)
_LESSONS = Part(
    "lessons",
    gettext_lazy("Lessons learned"),
    "body",
    gettext_lazy("What worked and what did not, and why, for those who go on with it."),
)
_FURTHER = Part(
    "further-progress",
    gettext_lazy("Areas where further progress is needed"),
    "body",
    gettext_lazy("What holds them up, and what would help; the table of these deliverables is computed."),
)
_ADJUSTMENTS = Part(
    "adjustments",
    gettext_lazy("Proposed adjustments"),
    "body",
    gettext_lazy("What the plan should change for the time that remains."),
)
_CARRIED = Part(
    "carried-over",
    gettext_lazy("What passes into the next plan"),
    "body",
    gettext_lazy("What is not finished, and where it goes on; the table is computed."),
)
_DECISION = Part(
    DECISION,
    gettext_lazy("Draft decision"),
    "body",
    gettext_lazy("The words that the body is asked to adopt, with (a), (b) and (c) as a numbered list."),
)
_TEXT = Part("text", gettext_lazy("Text"), "body", gettext_lazy("What is added to the issued paper."))

_BEFORE = {
    "mid-term-review": (_INTRODUCTION,),
    "final-report": (_INTRODUCTION,),
    "guidance-follow-up": (_INTRODUCTION,),
    "addendum": (_TEXT,),
}
_AFTER = {
    "mid-term-review": (_LESSONS, _FURTHER, _ADJUSTMENTS, _DECISION),
    "final-report": (_LESSONS, _CARRIED, _DECISION),
    "guidance-follow-up": (_DECISION,),
    "addendum": (),
}
_BY_PILLAR = ("mid-term-review", "final-report")
WRITTEN_KINDS = tuple(_BEFORE)
FOLLOWING_KINDS = ("addendum", "corrigendum")  # of a paper that was issued


def outline_of(kind: str, edition: Edition) -> tuple[Part, ...]:
    """The written parts of a kind of paper in their order; none for a kind that is wholly computed."""
    if kind not in _BEFORE:
        return ()
    pillars = tuple(_pillars(edition)) if kind in _BY_PILLAR else ()
    return (*_COVER, *_BEFORE[kind], *pillars, *_AFTER[kind])


def _pillars(edition: Edition) -> Iterator[Part]:
    hint = gettext_lazy("What was done and what it changed, with examples; the figures are computed.")
    for pillar in edition.pillareditions.order_by("position"):
        label = Text.from_json(edition.labels["pillar"]) if "pillar" in edition.labels else None
        language = get_language() or "en"
        name = label.shown(language).text if label else _("Pillar")
        yield Part(f"{PILLARS}{pillar.number}", f"{name} {pillar.number}", "body", hint)
