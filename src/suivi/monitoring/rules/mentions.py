"""Who is meant by an @ in a remark: a person by name or by e-mail address."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from suivi.values.folding import fold

_AT = re.compile(r"(?<![\w.])@(?=\S)")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class Person:
    """Somebody who may be meant."""

    pk: int
    name: str
    email: str


def mentioned(text: str, people: Iterable[Person]) -> list[int]:
    """The primary keys of those whom the text mentions, in the order of the text.

    Case and accents do not matter. Of names that begin alike the longest one is meant; two people of one
    name are both meant.
    """
    by_name: dict[str, list[int]] = {}
    by_email: dict[str, int] = {}
    for person in people:
        by_name.setdefault(fold(person.name), []).append(person.pk)
        by_email[person.email.casefold()] = person.pk
    names = sorted((name for name in by_name if name), key=len, reverse=True)
    found: list[int] = []
    for mark in _AT.finditer(text):
        found += _meant(text[mark.end() :], names, by_name, by_email)
    return list(dict.fromkeys(found))


def _meant(rest: str, names: list[str], by_name: dict[str, list[int]], by_email: dict[str, int]) -> list[int]:
    address = _EMAIL.match(rest)
    if address:
        pk = by_email.get(address.group().rstrip(".").casefold())
        return [] if pk is None else [pk]
    words = fold(rest[:400])
    for name in names:
        if words.startswith(name) and not words[len(name) : len(name) + 1].isalnum():
            return by_name[name]
    return []
