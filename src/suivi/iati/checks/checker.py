"""All checks of one record."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from suivi.iati.checks import coded, form, references
from suivi.iati.checks.known import KnownLists
from suivi.iati.checks.model import Fault
from suivi.iati.checks.moments import milliseconds_of
from suivi.iati.checks.record import Miss, Record, Steps, Way, spot
from suivi.iati.checks.references import Reference
from suivi.iati.checks.rules import KEPT, RULES
from suivi.iati.checks.rules.kinds import Contexts, Fails, Groups, Rule
from suivi.iati.checks.values import text_of
from suivi.iati.codelists import code_lists
from suivi.iati.opening import RECORD_TAGS
from suivi.iati.schemas import schema

NO_IDENTIFIER = "noIdentifier"
IDENTIFIERS = {"iati-activities": "iati-identifier", "iati-organisations": "organisation-identifier"}
_TITLES = {"iati-activities": "title", "iati-organisations": "name"}


@dataclass(frozen=True)
class Settings:
    """What a check depends on beside the file: the moment it is made, the lists, whose eyes it has.

    `as_official` follows the quirks of the official tool, as docs/reference/iati-checks.md tells them.
    """

    now: datetime
    lists: KnownLists = field(default_factory=KnownLists)
    as_official: bool = False
    code_lists_folder: Path | None = None


@contextmanager
def rare_collection() -> Iterator[None]:
    """Look for garbage in circles rarely: a record makes thousands of short-lived objects and few circles."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(slots=True)
class CheckedRecord:
    """What one record gave: its faults, and the references that can only be looked up at the end.

    `coded_as` is the name under which the official tool tells its wrong codes, where it is another one.
    """

    identifier: str
    title: str
    line: int
    faults: list[Fault]
    references: list[Reference]
    coded_as: str = ""


class RecordChecker:
    """Checks the records of one kind of file. Made once for a file; it is costly."""

    def __init__(self, root_tag: str, version: str, settings: Settings) -> None:
        self._settings = settings
        self._now = milliseconds_of(settings.now)
        self._identifier_tag, self._title_tag = IDENTIFIERS[root_tag], _TITLES[root_tag]
        self._schema = schema(root_tag)
        rules = [one for one in RULES[root_tag] if one.since <= version and settings.lists.has(one.needs)]
        self._by_groups: dict[tuple[Contexts, Groups], list[tuple[Fails, Rule]]] = {}
        self._by_contexts: dict[Contexts, list[tuple[Fails, Rule]]] = {}
        for one in rules:
            if one.groups is None:
                self._by_contexts.setdefault(one.contexts, []).append((one.fails, one))
            else:
                self._by_groups.setdefault((one.contexts, one.groups), []).append((one.fails, one))
        lists = code_lists(settings.code_lists_folder)
        way = Way("")
        coded.add_tests(way, root_tag, RECORD_TAGS[root_tag], version, lists)
        self._language = coded.language_check()
        self._languages = frozenset(lists[self._language.list].codes)
        if root_tag == "iati-activities":
            references.add_tests(way, version)
        if settings.as_official:
            form.add_number_tests(way, root_tag)
        for rule in rules:
            for path in rule.keeps:
                way.to(path.split("/")).is_kept = True
        for path in KEPT[root_tag]:
            way.to(path.split("/")).is_kept = True
        self._steps: Steps = {RECORD_TAGS[root_tag]: ("", way.codes, way.tests, way.steps)}

    def check(self, element: Any) -> CheckedRecord:
        """All faults of a record. The caller numbers the records."""
        record = Record(element, self._settings.lists, self._now, self._settings.as_official)
        record.walk(self._steps)
        if not record.as_official:
            record.misses.extend(coded.unknown_languages(record, self._language, self._languages))
        faults = form.record_faults(self._schema, record)
        faults += [_coded_fault(miss, as_official=record.as_official) for miss in record.misses]
        faults += self._rule_faults(record)
        identifier = _text_in(element, self._identifier_tag) or NO_IDENTIFIER
        return CheckedRecord(
            identifier=identifier,
            title=_title(element, self._title_tag),
            line=element.sourceline or 0,
            faults=faults,
            references=record.references,
            coded_as=self._coded_as(element, identifier) if record.as_official else "",
        )

    def _coded_as(self, element: Any, identifier: str) -> str:
        name = coded.script_name(element, self._identifier_tag) or NO_IDENTIFIER
        return "" if name == identifier else name

    def _rule_faults(self, record: Record) -> Iterator[Fault]:
        for contexts, rules in self._by_contexts.items():
            for element in contexts(record):
                for fails, rule in rules:
                    if fails(element, record, ""):
                        yield _fault(rule, element, record, "")
        for (contexts, groups), rules in self._by_groups.items():
            for element in contexts(record):
                for group in groups(element, record):
                    for fails, rule in rules:
                        if fails(element, record, group):
                            yield _fault(rule, element, record, group)


def _fault(rule: Rule, element: Any, record: Record, group: str) -> Fault:
    shown = rule.show(rule, element, record, group)
    return Fault(rule.check, shown.spots, shown.params, shown.places)


def _coded_fault(miss: Miss, *, as_official: bool) -> Fault:
    params = {"list": miss.check.code_list, "vocabulary": miss.vocabulary}
    where = tuple(spot(one, miss.attribute, miss.value) for one in (miss.element, *miss.others))
    return Fault(miss.check, where, params, (_coded_place(miss),) if as_official else ())


def _coded_place(miss: Miss) -> str:
    what = f"attribute @{miss.attribute}, in element" if miss.attribute else "element"
    linked = f" and linked @vocabulary = {miss.vocabulary}" if miss.vocabulary else ""
    return f'"{miss.value}" is not a valid value for {what} <{miss.element.tag}>{linked}'


def _text_in(element: Any, name: str) -> str:
    found = next(element.iterchildren(name), None)
    return text_of(found) if found is not None else ""


def _title(element: Any, name: str) -> str:
    narratives: Iterable[Any] = (
        one for title in element.iterchildren(name) for one in title.iterchildren("narrative")
    )
    found = next(iter(narratives), None)
    return text_of(found) if found is not None else ""
