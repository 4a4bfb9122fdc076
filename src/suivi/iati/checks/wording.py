"""What is told of a fault: a sentence that says what is wrong, one that says how to mend it, and the source.

The sentences are ours. They name fields by their path, because whoever mends has to find them.
"""

from collections.abc import Callable, Mapping
from functools import cache

from suivi.iati.checks.model import Check, Fault
from suivi.iati.checks.schema_wording import schema_words
from suivi.iati.checks.sentences import BY_CHECK, CODED, FAMILIES, Told
from suivi.iati.codelists import CodeList
from suivi.values.messages import Message, gettext_noop

_CODED = "9."
_SCHEMA = "0.3.1"
_RULE = gettext_noop("IATI Standard, rule %(check)s")
_LIST = gettext_noop("IATI Standard, code list %(list)s (check %(check)s)")
_FORM = gettext_noop("IATI Standard, XML schema 2.03")
_OPENING = gettext_noop("IATI Standard, opening of files (check %(check)s)")
_MEANT = gettext_noop("Is “%(near)s” (%(name)s) meant?")


def message_of(fault: Fault) -> Message:
    """What is wrong."""
    if fault.check.id == _SCHEMA:
        return schema_words(fault.params["message"])[0]
    return Message(told(fault.check).what, _params(fault))


def hint_of(fault: Fault) -> Message:
    """How to mend it."""
    if fault.check.id == _SCHEMA:
        return schema_words(fault.params["message"])[1]
    return Message(told(fault.check).mend, _params(fault))


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

    def message(self, fault: Fault) -> str:
        return message_of(fault).in_words(self.translate)

    def hint(self, fault: Fault) -> str:
        said = hint_of(fault).in_words(self.translate)
        near = self._near(fault)
        return f"{near.in_words(self.translate)} {said}" if near else said

    def source(self, check: Check) -> str:
        return source_of(check).in_words(self.translate)

    def pattern(self, fault: Fault) -> str:
        """What equal faults have in common: for codes the value, else the sentence without its values."""
        if fault.check.code_list:
            return fault.spots[0].value
        if fault.check.id == _SCHEMA:
            return fault.params["message"]
        return told(fault.check).what

    def _near(self, fault: Fault) -> Message | None:
        if not fault.check.code_list:
            return None
        near = self._codes_of(fault.check.code_list).get(_folded(fault.spots[0].value))
        if near is None:
            return None
        name = self._lists[fault.check.code_list].codes[near].name(self.language)
        return Message(_MEANT, {"near": near, "name": name or near})

    def _codes_of(self, name: str) -> Mapping[str, str]:
        """The codes of a list by what is left of them and of their names without capitals and blanks."""
        if name not in self._folded_lists:
            codes = self._lists[name].codes if name in self._lists else {}
            by_name = {_folded(text): code for code, one in codes.items() for text in one.names if text}
            self._folded_lists[name] = by_name | {_folded(code): code for code in codes}
        return self._folded_lists[name]


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


def _params(fault: Fault) -> Mapping[str, str]:
    first = fault.spots[0]
    return {"value": _shortened(first.value), "path": first.path, **fault.params}


def _shortened(value: str) -> str:
    value = " ".join(value.split()) or value
    return value if len(value) <= 120 else f"{value[:119]}…"
