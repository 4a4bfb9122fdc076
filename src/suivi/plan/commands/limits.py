"""What a plan document must keep to before its rows are written in bulk.

Rows that are written together are not validated one by one, and SQLite takes what PostgreSQL refuses. So
the limits of the columns are checked on the document, and the first breach names its place.
"""

from suivi.core.fields import SCALE
from suivi.documents.corrections import lacks_words
from suivi.documents.model import Action, Deliverable, LinkKind, Pillar, PlanDocument
from suivi.frameworks.models import FrameworkEdition, FrameworkItem
from suivi.plan.models import Deliverable as Identity
from suivi.plan.models import DeliverableEdition, Link
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop
from suivi.values.signs import sign_that_is_no_writing
from suivi.values.text import Text

LARGEST_TARGET = 10**14  # as an integer of 1/10,000 it still fits into eight bytes


def check_document(document: PlanDocument) -> None:
    """Raise InputRefused for a document that cannot be kept as it is."""
    if not document.pillars:
        raise InputRefused(
            gettext_noop("The document holds no pillar, so there is nothing to load."),
            hint=gettext_noop("Read it again with --explain to see what became of each line."),
        )
    for pillar in document.pillars:
        _check_part(pillar, pillar.title)
    for action in document.actions():
        _check_part(action, action.text)
        _check_links(action)
    for deliverable in document.deliverables():
        _check_deliverable(deliverable)


def _check_deliverable(deliverable: Deliverable) -> None:
    _check_part(deliverable, deliverable.text)
    _check_links(deliverable)
    _check_length(deliverable.number, "window", deliverable.window or "")
    _check_length(deliverable.number, "lead", deliverable.lead)
    starts, ends = deliverable.starts_on, deliverable.ends_on
    if starts and ends and ends < starts:
        raise InputRefused(
            gettext_noop("Number %(number)s: the time frame ends before it starts."),
            {"number": deliverable.number},
            gettext_noop("Check its first and its last day."),
        )
    target = deliverable.target.value if deliverable.target else None
    if target is not None and (abs(target) > LARGEST_TARGET or target * SCALE % 1):
        raise InputRefused(
            gettext_noop("Number %(number)s: the target %(target)s has too many digits."),
            {"number": deliverable.number, "target": f"{target:f}"[:40]},
            gettext_noop("At most fourteen digits before the point and four after it are kept."),
        )


_LIMITS = {
    "number": DeliverableEdition._meta.get_field("number").max_length,
    "key": Identity._meta.get_field("key").max_length,
    "window": DeliverableEdition._meta.get_field("window").max_length,
    "lead": DeliverableEdition._meta.get_field("lead_as_stated").max_length,
    "link": Link._meta.get_field("code").max_length,
    "output": FrameworkItem._meta.get_field("code").max_length,
    "framework": FrameworkEdition._meta.get_field("code").max_length,
}


def _check_part(part: Pillar | Action | Deliverable, words: Text) -> None:
    _check_length(part.number, "number", part.number)
    _check_length(part.number, "key", part.key)
    if "/" in (part.key or part.number):
        raise InputRefused(
            gettext_noop("Number %(number)s has a slash, which no address can hold."),
            {"number": part.number},
            gettext_noop("Give it a key without one: “key:” in the plan file, “Known as” in the form."),
        )
    if lacks_words(part):
        raise InputRefused(
            gettext_noop("Number %(number)s has no words."),
            {"number": part.number},
            gettext_noop("Write its text, or take it out."),
        )
    if sign_that_is_no_writing(words):
        raise InputRefused(
            gettext_noop("Number %(number)s holds a character that is no writing."),
            {"number": part.number},
            gettext_noop("Write its text anew."),
        )


def _check_links(part: Action | Deliverable) -> None:
    for link in part.links:
        _check_length(part.number, "output" if link.kind is LinkKind.OUTPUT else "link", link.code)
        _check_length(part.number, "framework", link.edition)


def _check_length(number: str, name: str, value: str) -> None:
    limit = _LIMITS[name]
    if limit is not None and len(value) > limit:
        raise InputRefused(
            gettext_noop("Number %(number)s: “%(name)s” is longer than %(limit)s characters."),
            {"number": number[:40], "name": name, "limit": limit},
            gettext_noop("Shorten it: “%(name)s” takes %(limit)s characters at most."),
        )
