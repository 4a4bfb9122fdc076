"""One record (an activity, an organisation) while it is checked: its elements by path, walked once."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from suivi.iati.checks.known import KnownLists
from suivi.iati.checks.model import Check, Spot
from suivi.iati.checks.values import text_of

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

# The codes that an attribute may have, whatever the other attributes; None among them, as it may be absent.
Codes: TypeAlias = tuple[str, frozenset[str | None], Check]

# A test of the attributes or the text of one element: given the element and the record, it adds what fails.
Test = Callable[[Any, "Record"], None]


class Miss(NamedTuple):
    """A value that its list does not have. `vocabulary` is empty where the check does not depend on it.

    `others` are some more elements of the same value, where one finding tells of all.
    """

    check: Check
    element: Any
    attribute: str
    value: str
    vocabulary: str = ""
    others: tuple[Any, ...] = ()


@dataclass(slots=True)
class Way:
    """What to do with the elements of one path: the tests to run, whether to keep them, where to go on."""

    path: str
    codes: list[Codes] = field(default_factory=list)
    tests: list[Test] = field(default_factory=list)
    is_kept: bool = False
    children: dict[Any, "Way"] = field(default_factory=dict)

    @property
    def steps(self) -> "Steps":
        """What to do with the elements below, in the shape that is fastest to go through."""
        return {
            name: (way.path if way.is_kept else "", way.codes, way.tests, way.steps)
            for name, way in self.children.items()
        }

    def to(self, path: Iterable[str]) -> "Way":
        """The way below this one, made where it is not there yet."""
        way = self
        for name in path:
            if name not in way.children:
                way.children[name] = Way(f"{way.path}/{name}" if way.path else name)
            way = way.children[name]
        return way


# A way that is complete: the path to keep elements under (empty: they are not), codes, tests, steps below.
# Plain tuples, because they are unpacked for each element.
Step: TypeAlias = "tuple[str, list[Codes], list[Test], Steps]"
Steps: TypeAlias = Mapping[Any, Step]


@dataclass(slots=True)
class Record:
    """A record and its kept elements, by path from the record on ("transaction/sector"), in document order.

    `now` is in milliseconds since 1970. `as_official` says that the quirks of the official tool hold.
    """

    element: Any
    lists: KnownLists
    now: float
    as_official: bool
    found: defaultdict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))
    misses: list[Miss] = field(default_factory=list)  # the codes that are none
    references: list[Any] = field(default_factory=list)  # to other activities, to look up later
    long_numbers: list[tuple[str, int]] = field(
        default_factory=list
    )  # as the official tool tells them: with lines
    parted: dict[str, dict[str | None, list[Any]]] = field(default_factory=dict)  # as they are asked for

    def all(self, path: str) -> Sequence[Any]:
        """The kept elements of a path."""
        return self.found.get(path, ())

    def by(self, path: str, attribute: str) -> Mapping[str | None, Sequence[Any]]:
        """The kept elements of a path by the value of an attribute; None for those that have none."""
        parts = self.parted.get(path)
        if parts is None:
            parts = self.parted[path] = {}
            for element in self.found.get(path, ()):
                parts.setdefault(element.get(attribute), []).append(element)
        return parts

    def without(self, path: str, *names: str) -> bool:
        """Some of the kept elements of a path have no kept child of these names."""
        holders = {child.getparent() for name in names for child in self.found.get(f"{path}/{name}", ())}
        return len(holders) < len(self.found.get(path, ()))

    def walk(self, steps: Steps) -> None:
        """Collect and test the record and all elements below it."""
        self._take((self.element,), steps)

    def _take(self, elements: Iterable[Any], steps: Steps) -> None:
        found = self.found
        for child in elements:
            step = steps.get(child.tag)
            if step is None:
                continue
            path, codes, tests, below = step
            if path:
                found[path].append(child)
            for attribute, allowed, check in codes:
                if child.get(attribute) not in allowed:
                    self.misses.append(Miss(check, child, attribute, child.get(attribute)))
            for test in tests:
                test(child, self)
            if below:
                self._take(child, below)


def spot(element: Any, attribute: str = "", value: str | None = None) -> Spot:
    """The place of an element or of its attribute, for people."""
    names = []
    step = element
    while step is not None and (parent := step.getparent()) is not None and parent.getparent() is not None:
        names.append(step.tag)
        step = parent
    if attribute:
        names.insert(0, "@" + attribute.replace(XML_LANG, "xml:lang"))
    if value is None:
        value = element.get(attribute, "") if attribute else text_of(element)
    return Spot(element.sourceline or 0, "/".join(reversed(names)), value)
