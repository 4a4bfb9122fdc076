"""What a check says to people: counts, groups of equal faults, what was not checked, what is new."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from suivi.iati.checks.model import Check, Fault, Weight
from suivi.iati.checks.rules import RULES
from suivi.iati.checks.run import FileCheck
from suivi.iati.checks.wording import Words
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

SHOWN_PLACES = 5  # of a group
SHOWN_SPOTS = 20  # of one fault, in tables and JSON
_KEPT_VALUES = 1_000  # different values of a group that are counted


class Place(NamedTuple):
    """Where one fault is: whose, and the first different lines."""

    identifier: str
    title: str
    lines: tuple[int, ...]


@dataclass
class Group:
    """Faults that one sentence tells: of one check, with one pattern of words."""

    check: Check
    message: str
    hint: str
    source: str
    count: int = 0
    new: int = 0
    activities: int = 0
    values: Counter[str] = field(default_factory=Counter)
    places: list["Place"] = field(default_factory=list)
    _last_record: int = -1

    def add(self, fault: Fault, *, is_new: bool) -> None:
        """Take a fault in. Faults come in the order of the file."""
        self.count += 1
        self.new += is_new
        if fault.record != self._last_record:
            self.activities += 1
            self._last_record = fault.record
        value = fault.spots[0].value
        if value in self.values or len(self.values) < _KEPT_VALUES:
            self.values[value] += 1
        if len(self.places) < SHOWN_PLACES:
            lines = dict.fromkeys(spot.line for spot in fault.spots)
            self.places.append(Place(fault.identifier, fault.title, tuple(lines)[:SHOWN_PLACES]))


class Previous:
    """The findings of an earlier check of the same file, from its report as JSON."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open(encoding="utf-8") as file:
                report = json.loads(file.readline())
            self.checked_at = str(report["checked_at"])
            self._waiting = Counter(
                (one["check"], one["activity"], one["path"], one["value"]) for one in report["findings"]
            )
        except (ValueError, KeyError, TypeError) as error:
            raise InputRefused(
                gettext_noop("%(name)s is not a report of an earlier check."),
                {"name": path.name},
                gettext_noop("Make one with --format json and keep it."),
            ) from error
        self.remaining = 0
        self.new = 0

    def is_new(self, fault: Fault) -> bool:
        """Whether the fault was not there before. Each fault is asked for once."""
        first = fault.spots[0]
        key = (fault.check.id, fault.identifier, first.path, first.value)
        if self._waiting[key] > 0:
            self._waiting[key] -= 1
            self.remaining += 1
            return False
        self.new += 1
        return True

    @property
    def mended(self) -> int:
        """How many faults of the earlier check are gone. Known when all faults were asked for."""
        return sum(self._waiting.values())


@dataclass
class Report:
    """The check of one file as it is told to people. Filled while `faults` is read to its end."""

    check: FileCheck
    words: Words
    at_least: Weight = Weight.ADVISORY
    previous: Previous | None = None
    name: str = ""  # what the file is called, where that is not its name on the disk
    weights: Counter[Weight] = field(default_factory=Counter)
    areas: Counter[str] = field(default_factory=Counter)
    groups: dict[tuple[str, str, str], Group] = field(default_factory=dict)

    def faults(self) -> Iterator[tuple[Fault, bool]]:
        """The faults that are heavy enough, and whether each is new since the previous check."""
        told = {weight.value for weight in list(Weight)[: list(Weight).index(self.at_least) + 1]}
        for fault in self.check.faults():
            is_new = self.previous.is_new(fault) if self.previous else False
            if fault.check.weight not in told:
                continue
            self._count(fault, is_new=is_new)
            yield fault, is_new

    def _count(self, fault: Fault, *, is_new: bool) -> None:
        self.weights[fault.check.weight] += 1
        self.areas[fault.check.category] += 1
        key = (fault.check.id, fault.check.path, self.words.pattern(fault))
        group = self.groups.get(key)
        if group is None:
            told = (self.words.message(fault), self.words.hint(fault), self.words.source(fault.check))
            group = self.groups[key] = Group(fault.check, *told)
        group.add(fault, is_new=is_new)

    def read(self) -> "Report":
        """Make the whole check."""
        for _fault in self.faults():
            pass
        return self

    @property
    def file_name(self) -> str:
        return self.name or self.check.path.name

    @property
    def is_valid(self) -> bool:
        """Nothing is wrong with the form of the file."""
        return not self.weights[Weight.CRITICAL]

    @property
    def has_errors(self) -> bool:
        return bool(self.weights[Weight.CRITICAL] or self.weights[Weight.ERROR])

    def sorted_groups(self) -> list[Group]:
        """The heaviest first, and of one weight the most frequent."""
        order = list(Weight)
        return sorted(
            self.groups.values(), key=lambda one: (order.index(one.check.weight), -one.count, one.check.id)
        )

    def not_checked(self) -> dict[str, list[str]]:
        """The checks that were not made, by the list that was missing."""
        lists = self.check.settings.lists
        head = self.check.head
        rules = RULES.get(head.tag, ()) if head else ()
        found: dict[str, list[str]] = {}
        for rule in rules:
            for name in rule.needs:
                if not lists.has([name]) and rule.check.id not in found.setdefault(name, []):
                    found[name].append(rule.check.id)
        return found


def as_row(fault: Fault, words: Words, *, is_new: bool | None = None) -> dict[str, Any]:
    """A finding as data, for JSON and tables."""
    first = fault.spots[0]
    row: dict[str, Any] = {
        "severity": fault.check.weight.value,
        "check": fault.check.id,
        "category": fault.check.category,
        "activity": fault.identifier,
        "title": fault.title,
        "line": first.line,
        "path": first.path,
        "value": first.value,
        "message": words.message(fault),
        "mend": words.hint(fault),
        "source": words.source(fault.check),
        "places": len(fault.spots),
        "lines": [one.line for one in fault.spots[:SHOWN_SPOTS]],
    }
    return row if is_new is None else {**row, "is_new": is_new}
