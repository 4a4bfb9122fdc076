"""What differs between two files, record by record: added, removed, changed, with the values of both.

Records are matched by their identifier (the first by the first, the second of the same identifier by the
second), children of a name first where they are equal, then in their order. White space between elements
and the order of differently named elements say nothing. The files are gone through two to five times;
memory holds two digests for each record, and the records that differ.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeAlias

from lxml import etree

from suivi.iati.nodes import Record
from suivi.iati.ordering import Canonical, canonical
from suivi.iati.reader import Reading, read
from suivi.values.errors import InputRefused
from suivi.values.messages import gettext_noop

Key: TypeAlias = tuple[str, int]  # an identifier, and which of the records that have it


class Fate(StrEnum):
    """What became of a record or of something in it."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True)
class Change:
    """A value that differs: its path below the record ("transaction[2]/value/@currency"), before, after."""

    fate: Fate
    path: str
    before: str | None
    after: str | None


# All is there as before, but comments or unknown elements stand elsewhere.
ONLY_ORDER = Change(Fate.CHANGED, ".", None, None)


@dataclass(frozen=True)
class Difference:
    """A record that differs; `changes` where it is in both files."""

    fate: Fate
    identifier: str
    number: int  # which of the records with this identifier
    changes: tuple[Change, ...] = ()


def diff(before: Path, after: Path) -> Iterator[Difference]:
    """The records that differ: first those of `before` in its order, then those that were added.

    Raises `InputRefused` where a file cannot be read or the two are of different kinds.
    """
    old, new = read(before), read(after)
    if old.head.tag != new.head.tag:
        raise InputRefused(
            gettext_noop("%(before)s and %(after)s are different kinds of files."),
            {"before": before.name, "after": after.name},
            gettext_noop("Compare activities with activities, or organisations with organisations."),
        )
    raw_old, raw_new = _raw_digests(old), _raw_digests(new)
    written_otherwise = {key for key, digest in raw_old.items() if raw_new.get(key, digest) != digest}
    changed = _changed(old, new, written_otherwise)
    forms = dict(_forms(new, changed)) if changed else {}
    gone = raw_old.keys() - raw_new.keys()
    for key, form in _forms(old, changed | gone) if changed or gone else ():
        if key in gone:
            yield Difference(Fate.REMOVED, *key)
        else:
            changes = tuple(_changes(form, forms[key], ""))
            yield Difference(Fate.CHANGED, *key, changes or (ONLY_ORDER,))
    for key in raw_new:
        if key not in raw_old:
            yield Difference(Fate.ADDED, *key)


def _raw_digests(reading: Reading) -> dict[Key, bytes]:
    """A digest of each record as it is written: quick, and equal only where all is equal."""
    return {key: _digest(etree.tostring(record.xml, with_tail=False)) for key, record in _keyed(reading)}


def _changed(old: Reading, new: Reading, keys: set[Key]) -> set[Key]:
    """Those of the records that differ in more than how they are written."""
    if not keys:
        return set()
    digests = {key: _digest(repr(form).encode()) for key, form in _forms(new, keys)}
    return {key for key, form in _forms(old, keys) if _digest(repr(form).encode()) != digests[key]}


def _forms(reading: Reading, keys: set[Key]) -> Iterator[tuple[Key, Canonical]]:
    return ((key, canonical(one.xml, one.spec)) for key, one in _keyed(reading) if key in keys)


def _keyed(reading: Reading) -> Iterator[tuple[Key, Record]]:
    seen: Counter[str] = Counter()
    for record in reading:
        identifier = record.identifier
        seen[identifier] += 1
        yield (identifier, seen[identifier]), record


def _digest(data: bytes) -> bytes:
    return blake2b(data, digest_size=16).digest()


def _changes(old: Canonical, new: Canonical, path: str) -> Iterator[Change]:
    """The changes between two elements of one name."""
    before, after = _attributes(old), _attributes(new)
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            at = f"{path}/@{name}".lstrip("/")
            yield Change(_fate(before.get(name), after.get(name)), at, before.get(name), after.get(name))
    texts = _text(old), _text(new)
    if texts[0] != texts[1]:
        yield Change(_fate(*texts), path, *texts)
    names = dict.fromkeys(child[0] for one in (old, new) for child in _children(one))
    for name in names:
        yield from _changes_of_name(_numbered(old, name), _numbered(new, name), path, name)


def _changes_of_name(
    old: list[tuple[int, Canonical]], new: list[tuple[int, Canonical]], path: str, name: str
) -> Iterator[Change]:
    """Equal children first; the others pair by pair in their order; what is left was added or removed."""
    several = max(len(old), len(new)) > 1
    equal = Counter(form for _, form in old) & Counter(form for _, form in new)
    old, new = _without(old, equal), _without(new, equal)
    for (place, left), (_, right) in zip(old, new, strict=False):
        yield from _changes(left, right, _path(path, name, place if several else 0))
    for place, form in old[len(new) :]:
        yield Change(Fate.REMOVED, _path(path, name, place if several else 0), summary(form), None)
    for place, form in new[len(old) :]:
        yield Change(Fate.ADDED, _path(path, name, place if several else 0), None, summary(form))


def _without(
    numbered: list[tuple[int, Canonical]], equal: "Counter[Canonical]"
) -> list[tuple[int, Canonical]]:
    left = Counter(equal)
    kept = []
    for place, form in numbered:
        if left[form] > 0:
            left[form] -= 1
        else:
            kept.append((place, form))
    return kept


def summary(form: Canonical) -> str:
    """An element in one line: its values in their order, for people."""
    return " ".join(part for part in _values(form) if part)


def _values(form: Canonical) -> Iterator[str]:
    if len(form) == 2:  # a comment or instruction
        yield form[1]
        return
    yield from (value for _, value in form[1])
    for node in form[2]:
        if isinstance(node, str):
            yield " ".join(node.split())
        else:
            yield from _values(node)


def _attributes(form: Canonical) -> dict[str, str]:
    return dict(form[1]) if len(form) > 2 else {}


def _children(form: Canonical) -> Iterator[Canonical]:
    return (node for node in form[2] if not isinstance(node, str)) if len(form) > 2 else iter(())


def _numbered(form: Canonical, name: str) -> list[tuple[int, Canonical]]:
    return list(enumerate((child for child in _children(form) if child[0] == name), start=1))


def _text(form: Canonical) -> str | None:
    if len(form) == 2:
        text: str = form[1]
        return text
    return "".join(node for node in form[2] if isinstance(node, str)) or None


def _path(path: str, name: str, place: int) -> str:
    step = f"{name}[{place}]" if place else name
    return f"{path}/{step}".lstrip("/")


def _fate(before: Any, after: Any) -> Fate:
    return Fate.ADDED if before is None else Fate.REMOVED if after is None else Fate.CHANGED
