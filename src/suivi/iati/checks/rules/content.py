"""Rules on what must be there: narratives, languages, currencies, dates, aid types, policy markers."""

from collections.abc import Iterable, Sequence
from typing import Any

from suivi.iati.checks.record import XML_LANG, Record
from suivi.iati.checks.rules.kinds import (
    ACTIVITY,
    ORGANISATION,
    Contexts,
    Rule,
    error,
    on,
    on_record,
    show_context,
    show_in,
    show_joined,
    warning,
)
from suivi.iati.checks.rules.places import groups_of, is_main_vocabulary, without_main_rule
from suivi.iati.checks.values import text_of, xpath_number

_MONEY = ("value", "forecast", "loan-status")
_MAIN_AID = "[@vocabulary = '1' or @vocabulary = '' or not(@vocabulary)]"
_POLICY_AT = f"{ACTIVITY}/policy-marker"
_TRANSACTION_AT = f"{ACTIVITY}/transaction"


def _has_no_start(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return not any(one.get("type") in ("1", "2") for one in record.all("activity-date"))


def _has_no_words(element: Any, record: Record, _group: str) -> bool:
    """No narrative with text. For the official tool, blanks are text."""
    for narrative in element.iterchildren("narrative"):
        text = narrative.text
        if text and (record.as_official or not text.isspace()):
            return False
        if len(narrative) and _has_later_words(narrative, record):
            return False
    return True


def _has_later_words(narrative: Any, record: Record) -> bool:
    tails = [child.tail for child in narrative]
    if record.as_official:
        return any(tails)
    return bool(text_of(narrative).strip())


def _everywhere(name: str) -> Contexts:
    def contexts(record: Record) -> Iterable[Any]:
        found: Iterable[Any] = record.element.iter(name)
        return found

    return contexts


def _lacks_language(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    if element.get(XML_LANG) is not None:
        return False
    return any(one.get(XML_LANG) is None for one in element.iter("narrative"))


def _lacks_currency(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    if element.get("default-currency") is not None:
        return False
    return any(one.get("currency") is None for one in element.iter(*_MONEY))


def _sector_in_part(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    """Some transactions have a sector and some have none. The official tool also minds where none has one."""
    if record.all("sector") or not (record.as_official or record.all("transaction/sector")):
        return False
    return record.without("transaction", "sector")


def _is_doubled(found: Sequence[Any]) -> bool:
    return len(found) > 1


def _main_aid_types(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return _is_doubled([one for one in record.all("default-aid-type") if is_main_vocabulary(one)])


def _aid_types_of(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
    return _is_doubled(record.by("default-aid-type", "vocabulary").get(group, ()))


def _is_main_number(vocabulary: str) -> bool:
    return xpath_number(vocabulary) == 1


def _transactions_with_aid_types(record: Record) -> Iterable[Any]:
    """Those with two or more; the others cannot have two of one vocabulary."""
    counts: dict[Any, int] = {}
    for one in record.all("transaction/aid-type"):
        transaction = one.getparent()
        counts[transaction] = counts.get(transaction, 0) + 1
    return [transaction for transaction, count in counts.items() if count > 1]


def _transaction_vocabularies(element: Any, record: Record) -> Iterable[str]:  # noqa: ARG001
    named = (one.get("vocabulary") for one in element.iterchildren("aid-type"))
    return dict.fromkeys(v for v in named if v is not None and not _is_main_number(v))


def _main_aid_types_in(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return _is_doubled([one for one in element.iterchildren("aid-type") if is_main_vocabulary(one)])


def _aid_types_in(element: Any, record: Record, group: str) -> bool:  # noqa: ARG001
    return _is_doubled([one for one in element.iterchildren("aid-type") if one.get("vocabulary") == group])


def _marker_without_significance(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return is_main_vocabulary(element) and element.get("significance") is None


def _own_marker_unnamed(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return element.get("vocabulary") == "99" and next(element.iterchildren("narrative"), None) is None


def _words_rule(identifier: str, name: str) -> Rule:
    at = f"//{name}"
    return Rule(error(identifier, "information", at), at, _everywhere(name), _has_no_words, show_context)


def _language_rule(identifier: str, at: str) -> Rule:
    check = error(identifier, "information", at)
    return Rule(check, at, on_record, _lacks_language, show_in, ("descendant::narrative[not(@xml:lang)]",))


def _currency_rule(identifier: str, at: str) -> Rule:
    paths = tuple(f"descendant::{name}[not(@currency)]" for name in _MONEY)
    return Rule(error(identifier, "financial", at), at, on_record, _lacks_currency, show_in, paths)


WORDS = (_words_rule("4.3.1", "title"), _words_rule("4.4.1", "description"))

RULES = (
    Rule(
        error("6.11.1", "information", ACTIVITY),
        ACTIVITY,
        on_record,
        _has_no_start,
        show_context,
        keeps=("activity-date",),
    ),
    _language_rule("4.1.1", ACTIVITY),
    Rule(
        error("6.7.2", "classifications", ACTIVITY),
        ACTIVITY,
        on_record,
        _sector_in_part,
        show_in,
        ("transaction[not(sector)]",),
        ("sector", "transaction", "transaction/sector"),
    ),
    _currency_rule("7.8.1", ACTIVITY),
    Rule(
        warning("107.1.2", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _aid_types_of,
        show_joined,
        ("default-aid-type[@vocabulary = '$1']",),
        ("default-aid-type",),
        groups_of("default-aid-type", without=_is_main_number),
        since="2.03",
    ),
    Rule(
        warning("107.1.2", "financial", ACTIVITY),
        ACTIVITY,
        on_record,
        _main_aid_types,
        show_joined,
        (f"default-aid-type{_MAIN_AID}",),
        ("default-aid-type",),
        since="2.03",
    ),
    without_main_rule(warning("107.1.1", "information", ACTIVITY), "default-aid-type", "2.03"),
    without_main_rule(warning("107.2.1", "financial", ACTIVITY), "transaction/aid-type", "2.03"),
    Rule(
        warning("107.2.2", "financial", _TRANSACTION_AT),
        _TRANSACTION_AT,
        _transactions_with_aid_types,
        _main_aid_types_in,
        show_joined,
        (f"aid-type{_MAIN_AID}",),
        ("transaction/aid-type",),
        since="2.03",
    ),
    Rule(
        warning("107.2.2", "financial", _TRANSACTION_AT),
        _TRANSACTION_AT,
        _transactions_with_aid_types,
        _aid_types_in,
        show_joined,
        ("aid-type[@vocabulary = '$1']",),
        ("transaction/aid-type",),
        _transaction_vocabularies,
        since="2.03",
    ),
    Rule(
        error("6.14.1", "classifications", _POLICY_AT),
        _POLICY_AT,
        on("policy-marker"),
        _marker_without_significance,
        show_context,
        keeps=("policy-marker",),
    ),
    Rule(
        error("6.13.1", "classifications", _POLICY_AT),
        _POLICY_AT,
        on("policy-marker"),
        _own_marker_unnamed,
        show_context,
        keeps=("policy-marker",),
    ),
    *WORDS,
)

ORGANISATION_RULES = (
    _language_rule("4.5.1", ORGANISATION),
    _currency_rule("7.8.2", ORGANISATION),
    *WORDS,
)
