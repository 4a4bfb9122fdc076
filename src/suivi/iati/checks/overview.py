"""The first lines of a report, for people who never saw XML."""

from collections.abc import Iterator

from suivi.iati.checks.model import Weight
from suivi.iati.checks.report import Report
from suivi.iati.checks.run import BROKEN
from suivi.values.messages import Message, gettext_noop

WEIGHTS = {
    Weight.CRITICAL: gettext_noop("break of the form"),
    Weight.ERROR: gettext_noop("error"),
    Weight.WARNING: gettext_noop("warning"),
    Weight.ADVISORY: gettext_noop("notice"),
}
AREAS = {
    "category": gettext_noop("other"),
    "classifications": gettext_noop("sectors and classifications"),
    "documents": gettext_noop("documents and version"),
    "financial": gettext_noop("money"),
    "geo": gettext_noop("countries and places"),
    "iati": gettext_noop("general"),
    "identifiers": gettext_noop("identifiers"),
    "information": gettext_noop("basic information"),
    "organisation": gettext_noop("organisation"),
    "participating": gettext_noop("participating organisations"),
    "performance": gettext_noop("results"),
    "relations": gettext_noop("relations between activities"),
    "schema": gettext_noop("form of the standard"),
}
_LISTS = {
    "publishers": gettext_noop("registered publishers"),
    "agencies": gettext_noop("registration agencies"),
    "activities": gettext_noop("activities published elsewhere"),
}

_FILE = gettext_noop("File %(file)s, version %(version)s of the standard, with %(records)s records.")
_STRANGE = gettext_noop("File %(file)s could not be checked.")
_BROKEN = gettext_noop("File %(file)s is broken in one line. What stands behind it could not be read.")
_RIGHT = gettext_noop("Its form is right: it can be published.")
_WRONG = gettext_noop(
    "Its form is broken: systems may refuse it, or lose what stands there. Mend that first."
)
_COUNTS = gettext_noop(
    "Breaks of the form: %(critical)s; errors: %(error)s; warnings: %(warning)s; notices: %(advisory)s."
)
_CLEAN = gettext_noop("Nothing was found.")
_BY_AREA = gettext_noop("Where: %(areas)s.")
_USED = gettext_noop("List of %(list)s: %(count)s entries, of %(day)s.")
_UNUSED = gettext_noop("Not checked, because the list of %(list)s is missing: %(checks)s.")
_ELSEWHERE = gettext_noop(
    "Not checked: whether activities that are referred to are published elsewhere. The notices name those "
    "that are not in this file."
)
_SINCE = gettext_noop(
    "Since the check of %(day)s: %(mended)s mended, %(new)s new, %(remaining)s still there."
)


def overview(report: Report) -> list[str]:
    """What the file is, whether it can be published, how much was found where, what was not checked."""
    translate = report.words.translate
    return [message.in_words(translate) for message in _messages(report)]


def count_of(number: int, language: str) -> str:
    """A number with its thousands set apart."""
    return f"{number:,}".replace(",", "," if language == "en" else "\u202f")


def _messages(report: Report) -> Iterator[Message]:
    words, head = report.words, report.check.head
    known = head is not None and report.check.stopped_by is None
    params = {
        "file": report.file_name,
        "version": head.version if head else "",
        "records": count_of(report.check.records, words.language),
    }
    stopped = _BROKEN if report.check.stopped_by is BROKEN else _STRANGE
    yield Message(_FILE if known else stopped, params)
    if known:
        yield Message(_RIGHT if report.is_valid else _WRONG)
    if report.weights:
        counts = {weight.value: count_of(report.weights[weight], words.language) for weight in Weight}
        yield Message(_COUNTS, counts)
    else:
        yield Message(_CLEAN)
    if report.previous is not None:
        yield _since(report)
    if report.areas:
        yield Message(_BY_AREA, {"areas": _areas(report)})
    yield from _outside(report)


def _since(report: Report) -> Message:
    previous = report.previous
    if previous is None:
        return Message("")
    numbers = {"mended": previous.mended, "new": previous.new, "remaining": previous.remaining}
    shown = {name: count_of(number, report.words.language) for name, number in numbers.items()}
    return Message(_SINCE, {"day": previous.checked_at[:10], **shown})


def _areas(report: Report) -> str:
    words = report.words
    return ", ".join(
        f"{words.translate(AREAS[area])} {count_of(count, words.language)}"
        for area, count in report.areas.most_common()
    )


def _outside(report: Report) -> Iterator[Message]:
    """What came from outside lists, or could not for lack of one."""
    words, lists = report.words, report.check.settings.lists
    for name, told in _LISTS.items():
        known = getattr(lists, name)
        if known is not None:
            count = count_of(len(known.values), words.language)
            params = {"list": words.translate(told), "count": count, "day": known.of_day.isoformat()}
            yield Message(_USED, params)
    for name, checks in report.not_checked().items():
        yield Message(_UNUSED, {"list": words.translate(_LISTS[name]), "checks": ", ".join(checks)})
    if lists.activities is None and report.weights[Weight.ADVISORY]:
        yield Message(_ELSEWHERE)
