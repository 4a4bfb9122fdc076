"""A whole document set in the organisation's typography, where it differs from that of our own sentences."""

import re
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from suivi.render.document import Document
from suivi.render.runs import Run
from suivi.render.typography import NO_BREAK, Typography

# The fields of a document that hold words, or parts with words in them.
_WORDED = frozenset(
    (
        *("content", "items", "caption", "source", "title", "alt", "label", "value", "subtitle", "purpose"),
        *(
            "purpose_label",
            "notice",
            "cover",
            "blocks",
            "rows",
            "header",
            "body",
            "cells",
            "data",
            "metadata",
        ),
        "subject",
    )
)
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")
_HIGH_SIGN = re.compile(rf"(?:(?<=[^\s{NO_BREAK}])|^)[ {NO_BREAK}]?([:;?!])(?=\s|$)")


def typeset(document: Document, house: Typography) -> Document:
    """The document with the quotes, apostrophes and spaces before high signs of `house`.

    Words in another language are left as they are, and so are drawings.
    """
    ours = Typography.adopted(house.language)
    if house == ours:
        return document
    made: Document = _set(document, lambda text: _set_text(text, ours, house))
    return replace(made, typography=house)


def _set_text(text: str, ours: Typography, house: Typography) -> str:
    text = _APOSTROPHE.sub(house.apostrophe, text)
    for old, new in ((ours.open_quote, house.open_quote), (ours.close_quote, house.close_quote)):
        text = text.replace(new, old).replace(old, new)
    if house.before_colon != ours.before_colon:
        text = _HIGH_SIGN.sub(rf"{house.before_colon}\1", text)
    return text


def _set(part: Any, change: Callable[[str], str]) -> Any:
    """The same part with its texts changed."""
    match part:
        case str():
            return change(part)
        case tuple():
            return tuple(_set(one, change) for one in part)
        case Run():
            return part if part.language else replace(part, text=change(part.text))
    if not is_dataclass(part) or isinstance(part, type):
        return part
    held = {one.name: getattr(part, one.name) for one in fields(part) if one.name in _WORDED}
    return replace(part, **{name: _set(value, change) for name, value in held.items()})
