"""A report on a file as text, JSON, CSV or HTML."""

import csv
import json
import tempfile
from collections.abc import Iterator
from html import escape
from typing import Any, TextIO

from suivi.iati.checks.model import Fault, Weight
from suivi.iati.checks.overview import WEIGHTS, count_of, overview
from suivi.iati.checks.report import Group, Report, as_row
from suivi.values.messages import Message, gettext_noop

COLUMNS = (
    "file",
    "severity",
    "check",
    "category",
    "activity",
    "title",
    "line",
    "path",
    "value",
    "message",
    "mend",
    "source",
    "places",
)
_SHOWN_VALUES = 5
_FORMULAS = ("=", "+", "-", "@", "\t", "\r")

_TIMES = gettext_noop("%(count)s times in %(activities)s records")
_NEW = gettext_noop("%(new)s of them new")
_NEW_ONE = gettext_noop("New since the earlier check.")
_OLD_ONE = gettext_noop("It was there in the earlier check, too.")
_WHERE = gettext_noop("line %(line)s")
_WHERE_ALL = gettext_noop("lines %(line)s")
_AND_MORE = gettext_noop("and %(count)s more")
_VALUES = gettext_noop("Values: %(values)s")
_MEND = gettext_noop("How to mend: %(hint)s")
_SOURCE = gettext_noop("Source: %(source)s")
_TITLE = gettext_noop("Check of IATI files")
_PLACES = gettext_noop("Places")


def write_text(report: Report, out: TextIO) -> None:
    """The overview, then the groups, the heaviest first."""
    report.read()
    out.write("\n".join(overview(report)) + "\n")
    for group in report.sorted_groups():
        out.write("\n" + "\n".join(_block(group, report)) + "\n")


def _block(group: Group, report: Report) -> Iterator[str]:
    words = report.words
    weight = words.translate(WEIGHTS[group.check.weight])
    yield f"[{weight}] {group.check.id}: {group.message}"
    if often := _frequency(group, report) if group.count > 1 else _news(group, report):
        yield f"  {often}"
    yield f"  {_said(report, _MEND, hint=group.hint)}"
    values = _values(group, report)
    if values:
        yield f"  {values}"
    yield f"  {', '.join(_places(group, report))}"
    yield f"  {_said(report, _SOURCE, source=group.source)}"


def _said(report: Report, template: str, **params: object) -> str:
    return Message(template, params).in_words(report.words.translate)


def _frequency(group: Group, report: Report) -> str:
    language = report.words.language
    counts = {"count": count_of(group.count, language), "activities": count_of(group.activities, language)}
    said = _said(report, _TIMES, **counts)
    if report.previous is None:
        return said
    return f"{said}, {_said(report, _NEW, new=count_of(group.new, language))}"


def _news(group: Group, report: Report) -> str:
    """Whether one finding was there before."""
    if report.previous is None:
        return ""
    return report.words.translate(_NEW_ONE if group.new else _OLD_ONE)


def _values(group: Group, report: Report) -> str:
    """The most frequent values, where there are several."""
    if len(group.values) < 2:
        return ""
    common = [
        f"“{_short(value)}” ({count_of(count, report.words.language)})"
        for value, count in group.values.most_common(_SHOWN_VALUES)
        if value.strip()
    ]
    return _said(report, _VALUES, values=", ".join(common)) if common else ""


def _short(value: str) -> str:
    value = " ".join(value.split())
    return value if len(value) <= 60 else f"{value[:59]}…"


def _places(group: Group, report: Report) -> Iterator[str]:
    for place in group.places:
        template = _WHERE if len(place.lines) == 1 else _WHERE_ALL
        said = _said(report, template, line=", ".join(map(str, place.lines)))
        whose = ": ".join(_short(one) for one in (place.identifier, place.title) if one.strip())
        yield f"{said} ({whose})" if whose else said
    more = group.count - len(group.places)
    if more:
        yield _said(report, _AND_MORE, count=count_of(more, report.words.language))


class JsonReport:
    """The report as one line of JSON. Its findings wait in a file, because the counts come first."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._findings = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  lives as long as this
        self._separator = ""

    def add(self, fault: Fault, *, is_new: bool) -> None:
        row = as_row(fault, self._report.words, is_new=is_new if self._report.previous else None)
        self._findings.write(self._separator + json.dumps(row, ensure_ascii=False))
        self._separator = ", "

    def write(self, out: TextIO) -> None:
        """What the file is, the counts, and each finding."""
        with self._findings as findings:
            out.write(json.dumps(_head(self._report), ensure_ascii=False)[:-1] + ', "findings": [')
            findings.seek(0)
            while text := findings.read(2**16):
                out.write(text)
            out.write("]}\n")


def write_json(report: Report, out: TextIO) -> None:
    """One line: what the file is, the counts, and each finding."""
    rows = JsonReport(report)
    for fault, is_new in report.faults():
        rows.add(fault, is_new=is_new)
    rows.write(out)


def _head(report: Report) -> dict[str, Any]:
    check, lists = report.check, report.check.settings.lists
    known = {name: getattr(lists, name) for name in ("publishers", "agencies", "activities")}
    head: dict[str, Any] = {
        "file": report.file_name,
        "kind": check.head.tag if check.head else "",
        "version": check.head.version if check.head else "",
        "checked_at": check.settings.now.isoformat(),
        "records": check.records,
        "valid": report.is_valid,
        "summary": {weight.value: report.weights[weight] for weight in Weight},
        "overview": overview(report),
        "lists": {name: one.of_day.isoformat() if one else None for name, one in known.items()},
        "not_checked": report.not_checked(),
    }
    if report.previous is not None:
        previous = report.previous
        head["since"] = {
            "checked_at": previous.checked_at,
            "mended": previous.mended,
            "new": previous.new,
            "remaining": previous.remaining,
        }
    return head


class CsvReport:
    """The findings as a table. Texts that a spreadsheet would take for a formula get an apostrophe."""

    def __init__(self, report: Report, out: TextIO, *, with_head: bool = True) -> None:
        self._report = report
        self._rows = csv.writer(out, lineterminator="\r\n")
        if with_head:
            self._rows.writerow(COLUMNS)

    def add(self, fault: Fault) -> None:
        row = {"file": self._report.file_name, **as_row(fault, self._report.words)}
        self._rows.writerow([_harmless(row[column]) for column in COLUMNS])


def write_csv(report: Report, out: TextIO, *, with_head: bool = True) -> None:
    """One row for each finding."""
    table = CsvReport(report, out, with_head=with_head)
    for fault, _is_new in report.faults():
        table.add(fault)


def _harmless(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULAS) else value


_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2733}"
    "h1{font-size:1.6rem}h2{font-size:1.25rem;margin-top:2rem}"
    "article{border-left:.35rem solid #8795a3;padding:.1rem 1rem;margin:1rem 0;background:#f5f7f9}"
    ".critical{border-color:#8d1b3d}.error{border-color:#c2361c}.warning{border-color:#a87900}"
    "h3{font-size:1rem;margin:.5rem 0}p,ul{margin:.25rem 0}small{color:#4a5866}"
)


def html_start(language: str, title: str) -> str:
    """The head of a page of reports."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{_STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>\n"
    )


HTML_END = "</main></body></html>\n"


def page_title(report: Report) -> str:
    return report.words.translate(_TITLE)


def told_group(group: Group, report: Report) -> dict[str, Any]:
    """A group as words: what pages show of it."""
    return {
        "weight": group.check.weight.value,
        "weight_in_words": report.words.translate(WEIGHTS[group.check.weight]),
        "check": group.check.id,
        "message": group.message,
        "frequency": _frequency(group, report) if group.count > 1 else _news(group, report),
        "mend": _said(report, _MEND, hint=group.hint),
        "values": _values(group, report),
        "places": list(_places(group, report)),
        "source": _said(report, _SOURCE, source=group.source),
    }


def write_html(report: Report, out: TextIO) -> None:
    """Make the check and write one section of a page."""
    write_section(report.read(), out)


def write_section(report: Report, out: TextIO) -> None:
    """One section of a page on a check that was made: the overview, then a block for each group."""
    first, *others = overview(report)
    out.write(f"<section><h2>{escape(first)}</h2>\n")
    out.writelines(f"<p>{escape(sentence)}</p>\n" for sentence in others)
    for group in report.sorted_groups():
        out.write(_article(told_group(group, report), report.words.translate(_PLACES)))
    out.write("</section>\n")


def _article(told: dict[str, Any], places_heading: str) -> str:
    heading = f"{told['weight_in_words']} {told['check']}: {told['message']}"
    said = [told["frequency"], told["mend"], told["values"]]
    places = "".join(f"<li>{escape(place)}</li>" for place in told["places"])
    return "\n".join(
        [
            f'<article class="{told["weight"]}"><h3>{escape(heading)}</h3>',
            *(f"<p>{escape(sentence)}</p>" for sentence in said if sentence),
            f"<p>{escape(places_heading)}</p><ul>{places}</ul>",
            f"<p><small>{escape(told['source'])}</small></p></article>\n",
        ]
    )
