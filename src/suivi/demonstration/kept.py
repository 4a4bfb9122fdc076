"""Rows that the telling names over and over: each is looked up once while the demonstration is loaded."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

Found = TypeVar("Found")
_LOOKING_UP: list[Callable[[], None]] = []


def kept(look_up: Callable[[str], Found]) -> Callable[[str], Found]:
    """The same question asked once; for rows that no later event of the story changes."""
    asked_once = cache(look_up)
    _LOOKING_UP.append(asked_once.cache_clear)
    return asked_once


def forget() -> None:
    """What was found in one database means nothing in the next."""
    for clear in _LOOKING_UP:
        clear()
