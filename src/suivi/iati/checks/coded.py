"""The checks against code lists: one row of `coded.csv` each.

A code of the list counts whatever its status. Where a row names a vocabulary, it holds for elements of that
vocabulary; an element without one has the default. `since` is the first version that has the check.
"""

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from suivi.iati.checks.model import Check, Weight
from suivi.iati.checks.record import XML_LANG, Miss, Record, Test, Way
from suivi.iati.checks.values import text_of
from suivi.iati.codelists import CodeList

_TABLE = Path(__file__).with_suffix(".csv")
_AID_TYPES = "aid-type"  # of default-aid-type and aid-type, which had no vocabularies before 2.03
_MOST_NAMED = 5  # places of one wrong language in one record
_languages = etree.XPath("@xml:lang | descendant::narrative/@xml:lang", smart_strings=False)
_EVERYWHERE = "/"  # the path of the check of xml:lang


class CodedRow(NamedTuple):
    """A row of the table: the codes that `attribute` may have at `path`. Its fields are those of the file."""

    id: str
    category: str
    path: str
    attribute: str
    list: str
    vocabulary: str
    default_vocabulary: str
    since: str

    @property
    def check(self) -> Check:
        return Check(self.id, Weight.ERROR, self.category, f"{self.path}/@{self.attribute}", self.list)


def rows() -> Iterator[CodedRow]:
    """All rows, in the order of the official list."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        yield from (CodedRow(**row) for row in csv.DictReader(file))


def add_tests(way: Way, root_tag: str, record_tag: str, version: str, lists: Mapping[str, CodeList]) -> None:
    """Hang the tests of a kind and version of file on the ways of its records."""
    start = f"/{root_tag}/{record_tag}"
    linked: dict[tuple[str, str], list[CodedRow]] = {}
    for row in rows():
        if row.path != start and not row.path.startswith(start + "/"):
            continue
        if row.since > version:
            continue
        if row.vocabulary and not (version < "2.03" and row.path.endswith(_AID_TYPES)):
            linked.setdefault((row.path, row.attribute), []).append(row)
        else:
            _add_plain(_way(way, row.path, start), row, frozenset(lists[row.list].codes))
    for (path, attribute), alternatives in linked.items():
        _way(way, path, start).tests.append(_linked_test(attribute, alternatives, lists))


def language_check() -> CodedRow:
    """The check of xml:lang, which stands at no path."""
    return next(row for row in rows() if row.path == _EVERYWHERE)


def unknown_languages(record: Record, row: CodedRow, codes: frozenset[str]) -> Iterator[Miss]:
    """Each xml:lang that is no language, once. The standard has it on the record and on narratives."""
    if codes.issuperset(_languages(record.element)):
        return
    missed: dict[str, list[Any]] = {}
    for element in (record.element, *record.element.iter("narrative")):
        value = element.get(XML_LANG)
        if value not in codes and value is not None:
            found = missed.setdefault(value, [])
            if len(found) < _MOST_NAMED:
                found.append(element)
    for value, (first, *others) in missed.items():
        yield Miss(row.check, first, XML_LANG, value, others=tuple(others))


def script_text(element: Any) -> str:
    """An element as the official tool writes it: one with attributes or elements inside is no text to it."""
    is_text = not element.attrib and next(element.iterchildren("*"), None) is None
    return text_of(element) if is_text else "[object Object]"


def script_name(record: Any, tag: str) -> str:
    """The name of a record to the official tool when it looks at codes: all its identifiers."""
    return ",".join(script_text(element) for element in record.iterchildren(tag))


def _way(way: Way, path: str, start: str) -> Way:
    return way.to(path.removeprefix(start).strip("/").split("/") if path != start else ())


def _add_plain(way: Way, row: CodedRow, codes: frozenset[str]) -> None:
    check = row.check
    if row.attribute != "text()":
        way.codes.append((row.attribute, codes | {None}, check))
        return

    def test(element: Any, record: Record) -> None:
        value = script_text(element) if record.as_official else text_of(element)
        if value not in codes:
            record.misses.append(Miss(check, element, "", value))

    way.tests.append(test)


def _linked_test(attribute: str, rows_of: list[CodedRow], lists: Mapping[str, CodeList]) -> Test:
    default = rows_of[0].default_vocabulary
    linked: dict[str | None, tuple[frozenset[str | None], Check, str]] = {}
    for row in rows_of:
        for vocabulary in (row.vocabulary, None, "") if row.vocabulary == default else (row.vocabulary,):
            linked[vocabulary] = (frozenset(lists[row.list].codes) | {None}, row.check, row.vocabulary)

    def test(element: Any, record: Record) -> None:
        allowed = linked.get(element.get("vocabulary"))
        if allowed is not None and element.get(attribute) not in allowed[0]:
            _codes, check, vocabulary = allowed
            record.misses.append(Miss(check, element, attribute, element.get(attribute), vocabulary))

    return test
