"""Rules on days and periods."""

from collections.abc import Callable, Iterable
from typing import Any

from suivi.iati.checks.moments import moment
from suivi.iati.checks.record import Record
from suivi.iati.checks.rules.kinds import (
    ACTIVITY,
    ORGANISATION,
    Rule,
    Shown,
    error,
    on,
    on_record,
    show_date,
    show_in,
    show_limit,
    show_order,
)

_DAY = 86_400_000.0
_YEAR_DAYS = 365
_PERIOD = ("period-start/@iso-date", "period-end/@iso-date")
_ORGANISATION_BUDGETS = (
    "total-budget",
    "recipient-country-budget",
    "recipient-org-budget",
    "recipient-region-budget",
    "total-expenditure",
)
_LINE_DATE = "budget-line/value/@value-date"

Dates = Callable[[Record], list[str]]


def _first(days: list[str]) -> float | None:
    """The moment of the first day; none where that is no day, whatever follows."""
    return moment(days[0]) if days and days[0] else None


def _activity_dates(kind: str) -> Dates:
    def dates(record: Record) -> list[str]:
        found = [one.get("iso-date") for one in record.by("activity-date", "type").get(kind, ())]
        return [day for day in found if day is not None]

    return dates


def _attributes(path: str, attribute: str) -> Dates:
    def dates(record: Record) -> list[str]:
        return [day for one in record.all(path) if (day := one.get(attribute)) is not None]

    return dates


def _is_future(days: list[str], record: Record) -> bool:
    """Any of them lies in the future. The official tool looks at the first only."""
    looked_at = days[:1] if record.as_official else days
    return max(filter(None, map(moment, looked_at)), default=0.0) > record.now


def _future(identifier: str, category: str, path: str, kept: str, dates: Dates) -> Rule:
    def fails(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
        return _is_future(dates(record), record)

    return Rule(
        error(identifier, category, ACTIVITY), ACTIVITY, on_record, fails, show_order, (path,), (kept,)
    )


def _start_before_end(identifier: str, start: str, end: str) -> Rule:
    starts, ends = _activity_dates(start), _activity_dates(end)

    def fails(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
        first, last = _first(starts(record)), _first(ends(record))
        return first is not None and last is not None and first > last

    paths = (f"activity-date[@type='{start}']/@iso-date", f"activity-date[@type='{end}']/@iso-date")
    check = error(identifier, "iati", ACTIVITY)
    return Rule(check, ACTIVITY, on_record, fails, show_order, paths, ("activity-date",))


def _period(element: Any) -> tuple[float | None, float | None]:
    """The first moments of the start and of the end of a period."""
    start = end = None
    for child in element:
        name = child.tag
        if name == "period-start":
            start = child.get("iso-date") if start is None else start
        elif name == "period-end":
            end = child.get("iso-date") if end is None else end
    return (moment(start) if start else None, moment(end) if end else None)


def _is_reversed(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    start, end = _period(element)
    return start is not None and end is not None and start > end


def _is_too_long(element: Any, record: Record, _group: str) -> bool:  # noqa: ARG001
    start, end = _period(element)
    return start is not None and end is not None and int((end - start) / _DAY) > _YEAR_DAYS


def _order_rule(identifier: str, category: str, start: str, path: str) -> Rule:
    at = f"{start}/{path}"
    return Rule(error(identifier, category, at), at, on(path), _is_reversed, show_order, _PERIOD, (path,))


def _limit_rule(start: str, path: str) -> Rule:
    at = f"{start}/{path}"
    check = error("7.5.3", "financial", at)
    return Rule(check, at, on(path), _is_too_long, show_limit, tuple(reversed(_PERIOD)), (path,))


def _line_out_of_period(element: Any, record: Record, _group: str) -> bool:
    """A budget line is dated outside its budget. The official tool looks at the first only."""
    start, end = _period(element)
    if start is None or end is None:
        return False
    days: Iterable[str] = [
        day
        for line in element.iterchildren("budget-line")
        for value in line.iterchildren("value")
        if (day := value.get("value-date")) is not None
    ]
    looked_at = list(days)[:1] if record.as_official else days
    return any(_is_outside(day, start, end) for day in looked_at)


def _show_line_dates(rule: Rule, element: Any, record: Record, group: str) -> Shown:
    """The official tool names the first, which it looks at; people see those that are outside."""
    shown = show_in(rule, element, record, group)
    start, end = _period(element)
    wrong = [one for one in shown.spots if _is_outside(one.value, start, end)]
    return Shown(shown.places[:1], tuple(wrong[:1] if record.as_official else wrong), shown.params)


def _is_outside(day: str, start: float | None, end: float | None) -> bool:
    when = moment(day)
    return when is not None and start is not None and end is not None and not start <= when <= end


def _updated_in_future(element: Any, record: Record, _group: str) -> bool:
    when = moment(element.get("last-updated-datetime", ""))
    return when is not None and when > record.now


def _updated_rule(identifier: str, at: str) -> Rule:
    check = error(identifier, "information", at)
    return Rule(check, at, on_record, _updated_in_future, show_date, ("@last-updated-datetime",))


RULES = (
    _updated_rule("11.1.1", ACTIVITY),
    _start_before_end("11.1.2", "1", "3"),
    _start_before_end("11.1.3", "2", "4"),
    _future("11.1.4", "iati", "activity-date[@type='2']/@iso-date", "activity-date", _activity_dates("2")),
    _future("11.1.5", "iati", "activity-date[@type='4']/@iso-date", "activity-date", _activity_dates("4")),
    _future(
        "11.2.1",
        "financial",
        "transaction/transaction-date/@iso-date",
        "transaction/transaction-date",
        _attributes("transaction/transaction-date", "iso-date"),
    ),
    _future(
        "11.2.2",
        "financial",
        "transaction/value/@value-date",
        "transaction/value",
        _attributes("transaction/value", "value-date"),
    ),
    _order_rule("8.6.3", "financial", ACTIVITY, "planned-disbursement"),
    _order_rule("8.6.3", "financial", ACTIVITY, "budget"),
    _limit_rule(ACTIVITY, "budget"),
    _order_rule("8.6.1", "performance", ACTIVITY, "result/indicator/period"),
)

ORGANISATION_RULES = (
    _updated_rule("11.4.1", ORGANISATION),
    *(_order_rule("8.6.3", "financial", ORGANISATION, budget) for budget in _ORGANISATION_BUDGETS),
    *(_limit_rule(ORGANISATION, budget) for budget in _ORGANISATION_BUDGETS),
    Rule(
        error("11.3.1", "financial", f"{ORGANISATION}/recipient-country-budget"),
        f"{ORGANISATION}/recipient-country-budget",
        on("recipient-country-budget"),
        _line_out_of_period,
        _show_line_dates,
        (_LINE_DATE,),
        ("recipient-country-budget",),
    ),
)
