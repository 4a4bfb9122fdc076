"""What is told of a fault: a sentence that says what is wrong, one that says how to mend it, and the source.

The sentences are ours. They name fields by their path, because whoever mends has to find them.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import cache

from suivi.iati.checks.model import Check, Fault
from suivi.iati.checks.parsing_wording import parsing_words
from suivi.iati.checks.schema_wording import schema_words
from suivi.iati.checks.sentences import BY_CHECK, CODED, FAMILIES, Told
from suivi.iati.codelists import Code, CodeList
from suivi.values.messages import Message, gettext_noop

_CODED = "9."
_SCHEMA = "0.3.1"
_PARSING = "0.1.1"
_FEW_CODES = 16  # that are named, all of them
_NEAR_CODES = 4
_RULE = gettext_noop("IATI Standard, rule %(check)s")
_LIST = gettext_noop("IATI Standard, code list %(list)s (check %(check)s)")
_FORM = gettext_noop("IATI Standard, XML schema 2.03")
_OPENING = gettext_noop("IATI Standard, opening of files (check %(check)s)")
_BLANKS = re.compile(r"\s+")
_MEANT = gettext_noop("Is “%(near)s” (%(name)s) meant?")
_ALL_CODES = gettext_noop("The list has %(codes)s.")
_LIKE_CODES = gettext_noop("Codes that look like it are %(codes)s.")


def message_of(fault: Fault) -> Message:
    """What is wrong."""
    if (words := _parser_words(fault)) is not None:
        return words[0]
    return Message(told(fault.check).what, _params(fault))


def hint_of(fault: Fault) -> Message:
    """How to mend it."""
    if (words := _parser_words(fault)) is not None:
        return words[1]
    return Message(told(fault.check).mend, _params(fault))


def _parser_words(fault: Fault) -> tuple[Message, Message] | None:
    """The sentences for what a parser says, where one says it."""
    if fault.check.id == _SCHEMA:
        return schema_words(fault.params["message"])
    if fault.check.id == _PARSING:
        return parsing_words(fault.params["message"], told(fault.check))
    return None


def source_of(check: Check) -> Message:
    """Where the rule stands."""
    if check.id == _SCHEMA:
        return Message(_FORM)
    if check.code_list:
        return Message(_LIST, {"list": check.code_list, "check": check.id})
    return Message(_OPENING if check.id.startswith("0.") else _RULE, {"check": check.id})


@cache
def told(check: Check) -> Told:
    """The sentences on a check, by its identifier or its family's. Not for the schema, which has many."""
    if check.id in BY_CHECK:
        return BY_CHECK[check.id]
    if check.id.startswith(_CODED):
        return CODED
    family, _, kind = check.id.rpartition(".")
    return FAMILIES["1." + kind] if family.startswith("1.") else FAMILIES[family.partition(".")[0]]


class Words:
    """The sentences in one language. With the code lists, a code that is nearly one of them is recognised."""

    def __init__(
        self,
        translate: Callable[[str], str] = gettext_noop,
        language: str = "en",
        lists: Mapping[str, CodeList] | None = None,
    ) -> None:
        self.translate = translate
        self.language = language
        self._lists = lists or {}
        self._folded_lists: dict[str, Mapping[str, str]] = {}
        self._advised: dict[tuple[str, str], str] = {}  # by list and value, for there may be thousands

    def message(self, fault: Fault) -> str:
        return message_of(fault).in_words(self.translate)

    def hint(self, fault: Fault) -> str:
        said = hint_of(fault).in_words(self.translate)
        if not fault.check.code_list:
            return said
        key = (fault.check.code_list, fault.spots[0].value)
        if key not in self._advised:
            self._advised[key] = self._advice(*key)
        return self._advised[key].format(said)

    def source(self, check: Check) -> str:
        return source_of(check).in_words(self.translate)

    def pattern(self, fault: Fault) -> str:
        """What equal faults have in common: for codes the value, else the sentence without its values."""
        if fault.check.code_list:
            return fault.spots[0].value
        if fault.check.id == _SCHEMA:
            return fault.params["message"]
        return told(fault.check).what

    def _advice(self, name: str, value: str) -> str:
        """The hint on a code (as {}) with the code that is meant, or with those that may be."""
        codes = {code: one for code, one in self._codes_in(name).items() if not one.is_withdrawn}
        near = self._codes_of(name).get(_folded(value))
        if near is not None:
            meant = {"near": near, "name": self._codes_in(name)[near].name(self.language) or near}
            return f"{_literal(Message(_MEANT, meant).in_words(self.translate))} {{}}"
        few = len(codes) <= _FEW_CODES
        shown = list(codes) if few else _like(value, codes)
        if not shown:
            return "{}"
        named = ", ".join(f"{code} ({codes[code].name(self.language) or code})" for code in shown)
        told_codes = Message(_ALL_CODES if few else _LIKE_CODES, {"codes": named})
        return f"{{}} {_literal(told_codes.in_words(self.translate))}"

    def _codes_in(self, name: str) -> Mapping[str, Code]:
        return self._lists[name].codes if name in self._lists else {}

    def _codes_of(self, name: str) -> Mapping[str, str]:
        """The codes of a list by what is left of them and of their names without capitals and blanks."""
        if name not in self._folded_lists:
            codes = self._codes_in(name)
            by_name = {_folded(text): code for code, one in codes.items() for text in one.names if text}
            self._folded_lists[name] = by_name | {_folded(code): code for code in codes}
        return self._folded_lists[name]


def _like(value: str, codes: Iterable[str]) -> list[str]:
    """Some codes that are written like a value, or begin like it."""
    alike = get_close_matches(value, codes, _NEAR_CODES)
    return alike or [code for code in codes if code[:2] == value[:2]][:_NEAR_CODES]


def _literal(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _params(fault: Fault) -> Mapping[str, str]:
    first = fault.spots[0]
    return {"value": _shortened(first.value), "path": first.path, **fault.params}


def _shortened(value: str) -> str:
    """Blanks as one each; those around it stay, for they may be what is wrong."""
    value = _BLANKS.sub(" ", value)
    return value if len(value) <= 120 else f"{value[:119]}…"
