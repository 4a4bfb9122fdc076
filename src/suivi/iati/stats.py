"""What a file covers and how current it is: the measures that transparency indices look at.

An activity is current on a day if it is not closed, cancelled or suspended (status 4, 5, 6) and its end (the
actual one, else the planned one) is not before that day. Shares are of all activities unless a measure says
"current". An organisation file has coverage and timeliness only.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from suivi.iati.nodes import Node, Record
from suivi.iati.reader import read
from suivi.iati.standard import Element

YEARS_AHEAD = 3
_YEAR = timedelta(days=365)
_OVER = {"4", "5", "6"}
_PLANNED_END, _ACTUAL_END = "3", "4"
_SDG_TAGS, _SDG_SECTORS = {"2", "3"}, {"7", "8"}


@dataclass(frozen=True)
class Share:
    """How many of how many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """None where there is nothing to have a share of."""
        return 100 * self.count / self.of if self.of else None


@dataclass
class Stats:
    """The measures of one file on one day."""

    kind: str
    version: str
    today: date
    records: int = 0
    current: int = 0
    coverage: dict[str, int] = field(default_factory=dict)  # path to the number of records that have it
    updated_within: dict[int, int] = field(default_factory=dict)  # days to records
    last_updated: date | None = None
    last_transaction: date | None = None
    has: dict[str, int] = field(default_factory=dict)  # measure to activities
    budgets_ahead: dict[int, int] = field(default_factory=dict)  # year from today to current activities

    def share(self, path: str) -> Share:
        """Of the records that have a path."""
        return Share(self.coverage.get(path, 0), self.records)

    def as_data(self) -> dict[str, Any]:
        """Plain data for JSON; shares as count, of and per cent."""
        return {
            "kind": self.kind,
            "version": self.version,
            "today": self.today.isoformat(),
            "records": self.records,
            "current": self.current,
            "last_updated": self.last_updated.isoformat() if self.last_updated else None,
            "last_transaction": self.last_transaction.isoformat() if self.last_transaction else None,
            "updated_within_days": {str(k): _data(v, self.records) for k, v in self.updated_within.items()},
            "budgets_in_year_ahead": {str(k): _data(v, self.current) for k, v in self.budgets_ahead.items()},
            "has": {name: _data(count, self.records) for name, count in self.has.items()},
            "coverage": {path: _data(count, self.records) for path, count in self.coverage.items()},
        }


def _data(count: int, of: int) -> dict[str, Any]:
    percent = Share(count, of).percent
    return {"count": count, "of": of, "percent": None if percent is None else round(percent, 2)}


def stats(path: Path, today: date) -> Stats:
    """Measure a file. Raises `InputRefused` where it cannot be read."""
    reading = read(path)
    found = Stats(reading.spec.name, reading.head.version, today)
    coverage: Counter[str] = Counter()
    updated = Counter(dict.fromkeys((31, 92, 365), 0))
    has = Counter(dict.fromkeys(MEASURES, 0))
    ahead = Counter(dict.fromkeys(range(1, YEARS_AHEAD + 1), 0))
    for record in reading:
        found.records += 1
        coverage.update(set(_paths(record.xml, record.spec, "")))
        _note_update(record, found, updated)
        if record.name == "iati-activity":
            _note_activity(record, found, has, ahead)
    order = [path for path in _all_paths(reading.spec, "") if coverage[path]]
    found.coverage = {path: coverage[path] for path in order}
    found.updated_within = dict(updated)
    if found.kind == "iati-activity":
        found.has, found.budgets_ahead = dict(has), dict(ahead)
    return found


def _paths(xml: Any, spec: Element, path: str) -> Iterator[str]:
    """The paths of the standard that hold something: attributes and texts, and elements on the way."""
    for key, value in xml.items():
        attribute = spec.attributes.get(key)
        if attribute and value.strip():
            yield f"{path}@{attribute.name}"
    for child in xml:
        below = spec.children.get(child.tag)
        if below is not None:
            here = f"{path}{below.name}"
            if len(child) or len(child.attrib) or (child.text or "").strip():
                yield here
            yield from _paths(child, below, f"{here}/")


def _all_paths(spec: Element, path: str) -> Iterator[str]:
    yield from (f"{path}@{attribute.name}" for attribute in spec.attributes.values())
    for child in spec.children.values():
        yield f"{path}{child.name}"
        yield from _all_paths(child, f"{path}{child.name}/")


def _note_update(record: Record, found: Stats, updated: "Counter[int]") -> None:
    moment = record.get("last-updated-datetime")
    if not isinstance(moment, datetime):
        return
    day = moment.date()
    found.last_updated = max(found.last_updated or day, day)
    for days in updated:
        updated[days] += timedelta(0) <= found.today - day <= timedelta(days)


def _note_activity(record: Record, found: Stats, has: "Counter[str]", ahead: "Counter[int]") -> None:
    for transaction in record.children("transaction"):
        day = _day(transaction.child("transaction-date"))
        if day and day <= found.today:
            found.last_transaction = max(found.last_transaction or day, day)
    for name, measure in MEASURES.items():
        has[name] += measure(record)
    if is_current(record, found.today):
        found.current += 1
        budgets = [_period(one) for one in record.children("budget")]
        for year in ahead:
            first, last = found.today + (year - 1) * _YEAR, found.today + year * _YEAR
            ahead[year] += any(start and end and start < last and end >= first for start, end in budgets)


def is_current(record: Record, today: date) -> bool:
    """Whether an activity goes on or is to begin; the module says by which rule."""
    status = record.child("activity-status")
    if status is not None and status.received("code") in _OVER:
        return False
    ends = {one.received("type"): one.get("iso-date") for one in record.children("activity-date")}
    end = ends.get(_ACTUAL_END) or ends.get(_PLANNED_END)
    return not isinstance(end, date) or end >= today


def _period(budget: Node) -> tuple[date | None, date | None]:
    return _day(budget.child("period-start")), _day(budget.child("period-end"))


def _day(node: Node | None) -> date | None:
    day = node.get("iso-date") if node is not None else None
    return day if isinstance(day, date) else None


def _has_sdg(record: Record) -> bool:
    return any(
        child.received("vocabulary") in vocabularies
        for name, vocabularies in (("tag", _SDG_TAGS), ("sector", _SDG_SECTORS))
        for child in record.children(name)
    )


def _has_results(record: Record) -> bool:
    return any(result.child("indicator") is not None for result in record.children("result"))


def _has_actuals(record: Record) -> bool:
    return any(
        actual.received("value")
        for result in record.children("result")
        for indicator in result.children("indicator")
        for period in indicator.children("period")
        for actual in period.children("actual")
    )


def _has_point(record: Record) -> bool:
    return any(one.child("point") is not None for one in record.children("location"))


def _is_traceable(record: Record) -> bool:
    """Incoming funds or commitments (types 1 and 11) that name the activity they come from."""
    return any(
        _received(one, "transaction-type", "code") in {"1", "11"}
        and _received(one, "provider-org", "provider-activity-id")
        for one in record.children("transaction")
    )


def _received(node: Node, child: str, name: str) -> str:
    found = node.child(child)
    return (found.received(name) or "") if found is not None else ""


MEASURES: dict[str, Callable[[Record], bool]] = {
    "results": lambda record: record.child("result") is not None,
    "results with indicators": _has_results,
    "results with actual values": _has_actuals,
    "locations": lambda record: record.child("location") is not None,
    "locations with a point": _has_point,
    "SDG tags": _has_sdg,
    "documents": lambda record: record.child("document-link") is not None,
    "conditions": lambda record: record.child("conditions") is not None,
    "budgets": lambda record: record.child("budget") is not None,
    "budget not provided, with the reason": lambda record: bool(record.received("budget-not-provided")),
    "transactions": lambda record: record.child("transaction") is not None,
    "traceable incoming funds": _is_traceable,
}
