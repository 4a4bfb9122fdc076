"""Rules on identifiers: blanks around them, marks inside, how they begin."""

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from suivi.iati.checks.record import Record
from suivi.iati.checks.rules.kinds import (
    ACTIVITY,
    ORGANISATION,
    Contexts,
    Rule,
    error,
    on,
    on_record,
    show_context,
    show_each,
    show_joined,
    show_prefix,
    warning,
)
from suivi.iati.checks.values import BLANKS, has_blanks_around, text_of

_OTHER_TYPES = {"other-identifier[@type='B1']/@ref": "B1", "other-identifier[@type='A3']/@ref": "A3"}
_MARKS = frozenset("/&|?")
_SUSPECT = re.compile(rf"^[{BLANKS}]|[{BLANKS}]\Z|[/&|?]")

_PROVIDERS = ("transaction/provider-org", "planned-disbursement/provider-org")
_RECEIVERS = ("transaction/receiver-org", "planned-disbursement/receiver-org")
_PROVIDERS_AT = f"{ACTIVITY}/transaction/provider-org | {ACTIVITY}/planned-disbursement/provider-org"
_RECEIVERS_AT = f"{ACTIVITY}/transaction/receiver-org | {ACTIVITY}/planned-disbursement/receiver-org"

Values = Callable[[Any, Record], list[str]]


@lru_cache(maxsize=2**14)
def _is_suspect(text: str | None) -> bool:
    """Blanks around it or marks inside. Few identifiers are named again and again."""
    return text is not None and _SUSPECT.search(text) is not None


def _suspects(attribute: str, *paths: str) -> Contexts:
    """The organisations at which rules on blanks and marks may find something: one glance clears most."""

    def contexts(record: Record) -> list[Any]:
        return [
            one
            for path in paths
            for one in record.all(path)
            if _is_suspect(one.get("ref")) or (attribute and _is_suspect(one.get(attribute)))
        ]

    return contexts


def has_marks(text: str) -> bool:
    return not _MARKS.isdisjoint(text)


def _texts(path: str) -> Values:
    return lambda _element, record: [text_of(one) for one in record.all(path)]


def _refs(path: str, kind: str = "") -> Values:
    def values(_element: Any, record: Record) -> list[str]:
        elements = record.by(path, "type").get(kind, ()) if kind else record.all(path)
        return [ref for one in elements if (ref := one.get("ref")) is not None]

    return values


def _own(attribute: str) -> Values:
    def values(element: Any, _record: Record) -> list[str]:
        value = element.get(attribute)
        return [] if value is None else [value]

    return values


def _values(path: str) -> tuple[Values, tuple[str, ...]]:
    """A reader of the values that a path of these rules points to, and what it wants kept."""
    if path.startswith("@"):
        return _own(path[1:]), ()
    if path in _OTHER_TYPES:
        return _refs("other-identifier", _OTHER_TYPES[path]), ("other-identifier",)
    if path.endswith("/@ref"):
        kept = path.removesuffix("/@ref")
        return _refs(kept), (kept,)
    return _texts(path), (path,)


def no_blanks(identifier: str, category: str, at: str, contexts: Contexts, path: str) -> Rule:
    """No blanks before or behind."""
    values, keeps = _values(path)
    attribute = path[1:]

    def of_kept(element: Any, record: Record, _group: str) -> bool:
        return any(map(has_blanks_around, values(element, record)))

    def of_own(element: Any, _record: Record, _group: str) -> bool:
        value = element.get(attribute)
        return value is not None and has_blanks_around(value)

    fails = of_own if path.startswith("@") else of_kept
    check = warning(identifier, category, at)
    return Rule(check, at, contexts, fails, show_each, (path,), keeps, offends=has_blanks_around)


def no_marks(identifier: str, category: str, at: str, contexts: Contexts, path: str) -> Rule:
    """None of / & | ? inside; the identifiers of registered publishers may have them."""
    values, keeps = _values(path)

    def fails(element: Any, record: Record, _group: str) -> bool:
        found = values(element, record)
        return any(map(has_marks, found)) and record.lists.none_registered(found)

    check = warning(identifier, category, at)
    return Rule(
        check, at, contexts, fails, show_each, (path,), keeps, offends=has_marks, needs=("publishers",)
    )


def known_agency(identifier: str, at: str) -> Rule:
    """An organisation identifier that is not registered begins with the code of a registration agency."""

    def fails(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
        found = [ref for one in record.all("reporting-org") if (ref := one.get("ref")) is not None]
        return record.lists.none_registered(found) and not all(map(record.lists.has_agency, found))

    check = warning(identifier, "identifiers", at)
    return Rule(
        check,
        at,
        on_record,
        fails,
        show_joined,
        ("reporting-org/@ref",),
        ("reporting-org",),
        needs=("publishers", "agencies"),
    )


def someone(identifier: str, category: str, at: str, contexts: Contexts) -> Rule:
    """An organisation has an identifier or a name."""

    def fails(element: Any, _record: Record, _group: str) -> bool:
        return element.get("ref") is None and next(element.iterchildren("narrative"), None) is None

    return Rule(error(identifier, category, at), at, contexts, fails, show_context)


def _is_of_publisher(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    """The identifier is the publisher's own, or one of the two stands twice."""
    refs = [ref for one in record.all("reporting-org") if (ref := one.get("ref")) is not None]
    found = refs + [text_of(one) for one in record.all("iati-identifier")]
    return len(found) > len(set(found))


def _begins_otherwise(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    refs = [ref for one in record.all("reporting-org") if (ref := one.get("ref")) is not None]
    former = record.by("other-identifier", "type").get("B1", ())
    refs += [ref for one in former if (ref := one.get("ref")) is not None]
    starts = tuple(f"{ref}-" for ref in refs)
    return not all(text_of(one).startswith(starts) for one in record.all("iati-identifier"))


def _has_marks_and_no_publisher(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    found = [text_of(one) for one in record.all("iati-identifier")]
    return any(map(has_marks, found)) and record.lists.none_begins_with_registered(found)


_participants = _suspects("activity-id", "participating-org")
_owners = _suspects("", "other-identifier/owner-org")
_providers = _suspects("provider-activity-id", *_PROVIDERS)
_receivers = _suspects("receiver-activity-id", *_RECEIVERS)
_PARTICIPANTS_AT = f"{ACTIVITY}/participating-org"
_OWNERS_AT = f"{ACTIVITY}/other-identifier/owner-org"

RULES = (
    Rule(
        error("1.1.3", "identifiers", ACTIVITY),
        ACTIVITY,
        on_record,
        _is_of_publisher,
        show_joined,
        ("reporting-org/@ref", "iati-identifier"),
        ("reporting-org", "iati-identifier"),
    ),
    Rule(
        warning("1.1.21", "identifiers", ACTIVITY),
        ACTIVITY,
        on_record,
        _begins_otherwise,
        show_prefix,
        ("reporting-org/@ref", "other-identifier[@type='B1']/@ref", "iati-identifier"),
        ("reporting-org", "other-identifier", "iati-identifier"),
    ),
    Rule(
        warning("1.3.13", "identifiers", ACTIVITY),
        ACTIVITY,
        on_record,
        _has_marks_and_no_publisher,
        show_each,
        ("iati-identifier",),
        ("iati-identifier",),
        offends=has_marks,
        needs=("publishers",),
    ),
    known_agency("1.14.8", ACTIVITY),
    no_marks("1.14.13", "identifiers", ACTIVITY, on_record, "reporting-org/@ref"),
    no_blanks("1.3.1", "identifiers", ACTIVITY, on_record, "iati-identifier"),
    no_blanks("1.14.1", "identifiers", ACTIVITY, on_record, "reporting-org/@ref"),
    no_blanks("1.16.1", "identifiers", ACTIVITY, on_record, "other-identifier[@type='B1']/@ref"),
    no_blanks("1.6.1", "identifiers", ACTIVITY, on_record, "other-identifier[@type='A3']/@ref"),
    no_blanks("1.7.1", "relations", ACTIVITY, on_record, "related-activity/@ref"),
    no_marks("1.8.13", "participating", _PARTICIPANTS_AT, _participants, "@ref"),
    no_blanks("1.8.1", "participating", _PARTICIPANTS_AT, _participants, "@ref"),
    no_blanks("1.9.1", "participating", _PARTICIPANTS_AT, _participants, "@activity-id"),
    someone("6.10.1", "participating", _PARTICIPANTS_AT, on("participating-org")),
    no_marks("1.11.13", "identifiers", _OWNERS_AT, _owners, "@ref"),
    no_blanks("1.11.1", "identifiers", _OWNERS_AT, _owners, "@ref"),
    someone("6.8.1", "information", _OWNERS_AT, on("other-identifier/owner-org")),
    no_marks("1.10.13", "financial", _PROVIDERS_AT, _providers, "@ref"),
    no_blanks("1.10.1", "financial", _PROVIDERS_AT, _providers, "@ref"),
    no_blanks("1.4.1", "financial", _PROVIDERS_AT, _providers, "@provider-activity-id"),
    someone("6.9.1", "financial", _PROVIDERS_AT, on(*_PROVIDERS)),
    no_marks("1.15.13", "financial", _RECEIVERS_AT, _receivers, "@ref"),
    no_blanks("1.15.1", "financial", _RECEIVERS_AT, _receivers, "@ref"),
    no_blanks("1.5.1", "financial", _RECEIVERS_AT, _receivers, "@receiver-activity-id"),
    someone("6.9.2", "financial", _RECEIVERS_AT, on(*_RECEIVERS)),
)
KEPT = ("participating-org", "other-identifier/owner-org", *_PROVIDERS, *_RECEIVERS)

ORGANISATION_RULES = (
    known_agency("1.18.8", ORGANISATION),
    no_marks("1.12.13", "organisation", ORGANISATION, on_record, "organisation-identifier"),
    no_marks("1.18.13", "identifiers", ORGANISATION, on_record, "reporting-org/@ref"),
    no_blanks("1.12.1", "organisation", ORGANISATION, on_record, "organisation-identifier"),
    no_blanks("1.17.1", "organisation", ORGANISATION, on_record, "recipient-org-budget/recipient-org/@ref"),
    no_blanks("1.18.1", "identifiers", ORGANISATION, on_record, "reporting-org/@ref"),
)
ORGANISATION_KEPT = ()
