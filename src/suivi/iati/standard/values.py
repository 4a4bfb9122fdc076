"""Texts of the standard as values of Python, and back. What cannot be understood is None, never guessed."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TypeAlias

from suivi.iati.standard.model import Kind

Value: TypeAlias = str | int | Decimal | bool | date | datetime

_BOOLEANS = {"1": True, "true": True, "0": False, "false": False}
_DECIMAL = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:Z|[+-][0-9]{2}:[0-9]{2})?")


def value_of(kind: Kind, text: str | None) -> Value | None:
    """What a text means as this type; None where it means nothing. Moments without a zone count as UTC."""
    if text is None:
        return None
    if kind in {Kind.STRING, Kind.ADDRESS, Kind.NAME_TOKEN, Kind.LANGUAGE}:
        return text
    text = text.strip(" \t\r\n")
    if kind is Kind.BOOLEAN:
        return _BOOLEANS.get(text)
    if kind is Kind.DECIMAL:
        return Decimal(text) if _DECIMAL.fullmatch(text) else None
    if kind.is_integer:
        return int(text) if _INTEGER.fullmatch(text) else None
    return _day(text) if kind is Kind.DATE else _moment(text)


def text_of(value: Value) -> str:
    """The plain form of a value: 1 and 0 for yes and no, no exponents, no zeros that say nothing."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Decimal):
        plain = f"{value:f}"
        return (plain.rstrip("0").rstrip(".") if "." in plain else plain) or "0"
    if isinstance(value, datetime):
        moment = value.astimezone(UTC).replace(tzinfo=None)
        return moment.isoformat(timespec="microseconds").rstrip("0").rstrip(".") + "Z"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _day(text: str) -> date | None:
    match = _DATE.fullmatch(text)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text) if "T" in text else None
        if moment is None:
            return None
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
