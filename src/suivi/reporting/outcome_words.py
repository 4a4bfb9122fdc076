"""What a verification found, in sentences: the same on the terminal and on the page."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from suivi.monitoring.queries.later import LaterLink
from suivi.render.lines import Line
from suivi.reporting.verification import Cause, Found, Verification
from suivi.values.messages import Message, gettext_noop

_MOST_NAMED = 12
_PLACES = {
    "cover": gettext_noop("the cover"),
    "notice": gettext_noop("the notice on each page"),
    "row": gettext_noop("%(name)s, row %(row)s"),
    "numbered": gettext_noop("paragraph %(name)s"),
    "note": gettext_noop("note %(name)s"),
    "caption": gettext_noop("the caption of %(name)s"),
    "picture": gettext_noop("the picture of %(name)s"),
    "source": gettext_noop("the source line of %(name)s"),
    "heading": gettext_noop("the heading “%(name)s”"),
}
_UNDER = gettext_noop("under the heading “%(name)s”")
_BEFORE = gettext_noop("before the first heading")
_SOMEWHERE = gettext_noop("a place that cannot be named, such as the head of a page")
_CAUSES = {
    Cause.FILE: gettext_noop("The file was changed after it was made."),
    Cause.SOFTWARE: gettext_noop(
        "The file was made by another version (%(theirs)s; this is %(ours)s), which may have said or set "
        "some things otherwise."
    ),
    Cause.TEMPLATE: gettext_noop("The Word file was made with another template of the organisation."),
}
_AS_ISSUED = gettext_noop("It is to the byte the file that was issued as %(symbol)s on %(day)s.")
_NOT_AS_ISSUED = gettext_noop(
    "It is not to the byte the file that was issued as %(symbol)s on %(day)s; that one has the SHA-256 "
    "%(sha256)s."
)
_NOT_WHAT_WAS_ISSUED = gettext_noop(
    "What was issued then is another document than the one that the record gives today."
)
_REWRITTEN = gettext_noop(
    "Sections written anew after what this file shows of them: %(count)s, the last on %(day)s."
)
_CORRECTED = gettext_noop(
    "By what was corrected in the record since, places of it would read otherwise: %(count)s."
)
_LATER = gettext_noop("After the file was made, the record took in more on the days it speaks of:")
_SINCE = gettext_noop(
    "After %(day)s the record took in more about that time, which the file rightly leaves out:"
)
_MORE = gettext_noop("and %(count)s more")
_UNCHAINED = gettext_noop(
    "The record gives another document for these days than the one the file was made from, and no later "
    "approval explains it: names, words, steps or settings were changed since, or the digest in the file was."
)
_KINDS = {
    "update": gettext_noop("update of %(deliverable)s (approved on %(day)s)"),
    "correction": gettext_noop("correction of %(deliverable)s (approved on %(day)s)"),
    "agreed_status": gettext_noop("agreed status of %(deliverable)s (set on %(day)s)"),
    "withdrawal": gettext_noop("evidence of %(deliverable)s withdrawn (on %(day)s)"),
}


def sentences_of(outcome: Verification) -> list[Message]:
    """The outcome in a few sentences: equal or not, why, the bytes, and what came in since."""
    return list(_sentences(outcome))


def _sentences(outcome: Verification) -> Iterator[Message]:
    if outcome.is_equal:
        yield Message(gettext_noop("Equal: every text, number and date is what the record gives."))
    elif outcome.found:
        count = {"count": len(outcome.found)}
        yield Message(
            gettext_noop("Not equal to what the record gives; places that differ: %(count)s."), count
        )
    else:
        yield Message(gettext_noop("The text is equal to what the record gives, but the properties are not."))
    for name, (theirs, ours) in outcome.properties.items():
        yield Message(
            gettext_noop("The property “%(name)s” says “%(theirs)s”; it should say “%(ours)s”."),
            {"name": name, "theirs": theirs, "ours": ours},
        )
    for cause in Cause:
        if cause in outcome.causes:
            yield from _cause(cause, outcome)
    yield Message(
        gettext_noop("The file is the same to the byte.")
        if outcome.is_same_file
        else gettext_noop(
            "The file is not the same to the byte: another program saved it, or it was changed."
        )
    )
    yield from _issued(outcome)
    if outcome.rewritten:
        yield Message(_REWRITTEN, {"count": outcome.rewritten.sections, "day": outcome.rewritten.on})
    if outcome.corrected:
        yield Message(_CORRECTED, {"count": outcome.corrected})
    if outcome.since:
        yield Message(_SINCE, {"day": outcome.asked.as_of})
        yield from _listed(outcome.since, outcome)


def _issued(outcome: Verification) -> Iterator[Message]:
    issued = outcome.issued
    if issued is None:
        return
    said = {"symbol": issued.symbol or outcome.asked.kind, "day": issued.on, "sha256": issued.sha256}
    yield Message(_AS_ISSUED if outcome.is_as_issued else _NOT_AS_ISSUED, said)
    if issued.digest != outcome.digest:
        yield Message(_NOT_WHAT_WAS_ISSUED)


def _cause(cause: Cause, outcome: Verification) -> Iterator[Message]:
    if cause is not Cause.RECORD:
        theirs = outcome.file.provenance.get("version", "–")
        yield Message(_CAUSES[cause], {"theirs": theirs, "ours": outcome.version})
    elif outcome.later:
        yield Message(_LATER)
        yield from _listed(outcome.later, outcome)
    else:
        yield Message(_UNCHAINED)


def _listed(links: tuple[LaterLink, ...], outcome: Verification) -> Iterator[Message]:
    for link in links[:_MOST_NAMED]:
        number = outcome.numbers.get(link.deliverable, link.deliverable)
        kind = "correction" if link.is_correction else link.kind
        yield Message(_KINDS[kind], {"deliverable": number, "day": localdate(link.at)})
    if len(links) > _MOST_NAMED:
        yield Message(_MORE, {"count": len(links) - _MOST_NAMED})


def place_of(found: Found) -> Message:
    """Where a difference stands, and the deliverables it is about."""
    place = _place(found.difference.line)
    if not found.deliverables:
        return place
    return Message(
        gettext_noop("%(place)s (deliverable %(numbers)s)"),
        {"place": place, "numbers": ", ".join(found.deliverables)},
    )


def _place(line: Line | None) -> Message:
    if line is None:
        return Message(_SOMEWHERE)
    if line.kind in _PLACES:
        return Message(_PLACES[line.kind], {"name": line.name, "row": line.row})
    return Message(_UNDER, {"name": line.name}) if line.name else Message(_BEFORE)
