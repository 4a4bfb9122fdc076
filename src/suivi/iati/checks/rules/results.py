"""Rules on results: values of indicators by their measure, references on one level only."""

import math
from collections.abc import Iterable
from typing import Any

from suivi.iati.checks.record import Record
from suivi.iati.checks.rules.kinds import (
    ACTIVITY,
    Contexts,
    Rule,
    error,
    on,
    show_context,
    show_joined,
    warning,
)
from suivi.iati.checks.values import xpath_number

_INDICATOR = "result/indicator"
_COUNTED = ("1", "2", "3", "4")
_COUNTED_AT = "[@measure='1' or @measure='2' or @measure='3' or @measure='4']"
_TOLD = ("5",)
_TOLD_AT = "[@measure='5']"


def _of_measure(path: str, measures: tuple[str, ...]) -> Contexts:
    """The elements below indicators of these measures."""
    steps = path.count("/") + 1

    def contexts(record: Record) -> Iterable[Any]:
        return [one for one in record.all(f"{_INDICATOR}/{path}") if _measure(one, steps) in measures]

    return contexts


def _measure(element: Any, steps: int) -> str | None:
    for _ in range(steps):
        element = element.getparent()
    measure: str | None = element.get("measure")
    return measure


def _has_no_value(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return element.get("value") is None


def _has_value(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    return element.get("value") is not None


def _is_no_number(element: Any, record: Record, _group: str) -> bool:
    """The value is no number. For the official tool, no value is none either; another check says that."""
    value = element.get("value")
    if value is None:
        return record.as_official
    return math.isnan(xpath_number(value, as_official=record.as_official))


def _is_referred_twice(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    own = next(element.iterchildren("reference"), None)
    return own is not None and next(element.getparent().iterchildren("reference"), None) is not None


def _value_rules(path: str, number: int) -> tuple[Rule, ...]:
    counted, told = _of_measure(path, _COUNTED), _of_measure(path, _TOLD)
    counted_at, told_at = (f"{ACTIVITY}/{_INDICATOR}{which}/{path}" for which in (_COUNTED_AT, _TOLD_AT))
    keeps = (f"{_INDICATOR}/{path}",)
    missing = error(f"8.{number}.1", "performance", counted_at)
    no_number = warning(f"8.{number}.2", "performance", counted_at)
    too_much = warning(f"8.{number}.3", "performance", told_at)
    return (
        Rule(missing, counted_at, counted, _has_no_value, show_context, keeps=keeps, since="2.03"),
        Rule(no_number, counted_at, counted, _is_no_number, show_joined, ("@value",), keeps, since="2.03"),
        Rule(too_much, told_at, told, _has_value, show_joined, ("@value",), keeps, since="2.03"),
    )


RULES = (
    Rule(
        error("8.11.1", "performance", f"{ACTIVITY}/{_INDICATOR}"),
        f"{ACTIVITY}/{_INDICATOR}",
        on(_INDICATOR),
        _is_referred_twice,
        show_joined,
        ("reference[1]", "../reference[1]"),
        (_INDICATOR,),
    ),
    *_value_rules("baseline", 8),
    *_value_rules("period/target", 9),
    *_value_rules("period/actual", 10),
)
