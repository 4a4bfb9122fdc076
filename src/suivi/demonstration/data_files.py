"""Reading the files of the demonstration, which come with the wheel."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from suivi.values.text import Text

ORIGINAL_LANGUAGE = "en"


@cache
def read(name: str) -> Any:
    """One of the data files as plain data."""
    # As safe as `safe_load`, seven times as quick.
    return yaml.load(read_text(name), Loader=yaml.CSafeLoader)


def read_text(name: str) -> str:
    """One of the data files as it stands."""
    return (files("suivi.demonstration") / "data" / name).read_text(encoding="utf-8")


def text(words: Mapping[str, str] | None) -> Text:
    """A text of the data files. Where it has no English, its first language is the original."""
    words = words or {}
    original = ORIGINAL_LANGUAGE if ORIGINAL_LANGUAGE in words or not words else next(iter(words))
    return Text.of_many(words, original)
