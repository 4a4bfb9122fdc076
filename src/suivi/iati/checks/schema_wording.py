"""The messages of the XML schema in words that name the field and what to do."""

import re
from functools import cache

from suivi.values.messages import Message, gettext_noop

_ELEMENT = r"Element '(?:\{[^}]*\})?(?P<element>[^']*)'"
_ATTRIBUTE = r", attribute '(?:\{[^}]*\})?(?P<attribute>[^']*)'"
_KIND = "(?:atomic|union|list) type"
_TYPES = {
    "xs:date": gettext_noop("Write a day that the calendar has, as 2026-12-31: year, month, day."),
    "xs:dateTime": gettext_noop("Write the moment as 2026-12-31T12:00:00Z."),
    "xs:decimal": gettext_noop(
        "Write digits and a decimal point only: no letters, no thousands separator, no exponent."
    ),
    "xs:boolean": gettext_noop("Write true, false, 1 or 0."),
    "xs:positiveInteger": gettext_noop("Write a whole number above 0."),
    "xs:nonNegativeInteger": gettext_noop("Write a whole number, 0 or above."),
    "xs:int": gettext_noop("Write a whole number."),
    "xs:integer": gettext_noop("Write a whole number."),
    "xs:anyURI": gettext_noop("Write an address without blanks."),
    "xs:NMTOKEN": gettext_noop("Write a code without blanks."),
    "xs:language": gettext_noop("Write the code of a language, such as en."),
}
_BY_TYPE = gettext_noop("Write a value of the type %(type)s.")
_PATTERNS = (
    (
        rf"{_ELEMENT}: The attribute '(?P<attribute>[^']*)' is required but missing\.",
        gettext_noop("<%(element)s> lacks its %(attribute)s."),
        gettext_noop('Add %(attribute)s="..." to the tag.'),
    ),
    (
        rf"{_ELEMENT}{_ATTRIBUTE}: The attribute '[^']*' is not allowed\.",
        gettext_noop("<%(element)s> has a field %(attribute)s that the standard does not know there."),
        gettext_noop("Take it away, or look whether its name is misspelt or of another version."),
    ),
    (
        rf"{_ELEMENT}: This element is not expected\. Expected is (?:one of )?\( (?P<expected>.*) \)\.",
        gettext_noop(
            "<%(element)s> stands in the wrong place, or something before it is missing: %(expected)s."
        ),
        gettext_noop(
            "Fields have a fixed order. Add what is missing before this one, move this one to its place, or "
            "take it away where the standard knows no such field."
        ),
    ),
    (
        rf"{_ELEMENT}: This element is not expected\.",
        gettext_noop("<%(element)s> is not known there, or stands too often or too late."),
        gettext_noop("Move it to its place in the order of the standard, or take it away."),
    ),
    (
        rf"{_ELEMENT}: Missing child element\(s\)\. Expected is (?:one of )?\( (?P<expected>.*) \)\.",
        gettext_noop("<%(element)s> is incomplete: %(expected)s is missing."),
        gettext_noop("Add what is missing, in the order of the standard."),
    ),
    (
        rf"{_ELEMENT}{_ATTRIBUTE}: '(?P<value>.*)' is not a valid value of the {_KIND} '(?P<type>[^']*)'\.",
        gettext_noop("“%(value)s” is not a possible value of %(attribute)s in <%(element)s>."),
        "",
    ),
    (
        rf"{_ELEMENT}: '(?P<value>.*)' is not a valid value of the {_KIND} '(?P<type>[^']*)'\.",
        gettext_noop("“%(value)s” is not a possible value of <%(element)s>."),
        "",
    ),
    (
        rf"{_ELEMENT}: Character content other than whitespace is not allowed .*",
        gettext_noop("<%(element)s> has text of its own, which belongs in one of its fields."),
        gettext_noop("Put the text into a <narrative>, or take it away."),
    ),
    (
        rf"{_ELEMENT}: (?:Element content|Character content).* is not allowed.*",
        gettext_noop("<%(element)s> has content, but must be empty."),
        gettext_noop("Take the content away; the value belongs in a field of the tag."),
    ),
)
_OTHER = (
    gettext_noop("The form of the standard is broken: %(message)s"),
    gettext_noop("Compare the field with the reference of the standard."),
)


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(pattern, re.DOTALL), what, mend) for pattern, what, mend in _PATTERNS)


def schema_words(message: str) -> tuple[Message, Message]:
    """What is wrong and how to mend it, from a message of libxml2 (English)."""
    for pattern, what, mend in _compiled():
        found = pattern.fullmatch(message)
        if found:
            params = {name: _cleaned(value) for name, value in found.groupdict().items() if value is not None}
            hint = mend or _TYPES.get(params["type"], _BY_TYPE)
            return Message(what, params), Message(hint, params)
    params = {"message": message}
    return Message(_OTHER[0], params), Message(_OTHER[1], params)


def _cleaned(value: str) -> str:
    value = re.sub(r"\{[^}]*\}", "", value).replace("##other", "…").strip()
    return value if len(value) <= 160 else f"{value[:159]}…"
