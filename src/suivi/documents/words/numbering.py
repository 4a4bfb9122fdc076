"""Numbers and labels in front of the parts of a plan: "Objectif prioritaire 1 – ", "1.1 ", "D1: ", "a) "."""

import re
from dataclasses import dataclass

from suivi.documents.words.numbers import find_numbers, is_roman, read_ordinal
from suivi.documents.words.vocabulary import Meaning, key_of, level_meaning

_FIGURES = r"\d{1,3}(?:\.\d{1,3}){0,4}\.?[a-z]?"
_CODE = rf"(?:[A-Z]{{1,3}}[.-]?{_FIGURES}|[A-Z](?:\.\d{{1,3}}){{1,4}})"
_LABELLED = re.compile(
    r"^(?P<label>[^\W\d_][^\d\n:;()\[\]]{1,44}?)[ \u00a0]{1,3}"
    r"(?:(?:[Nn]o\.?|[Nn][°º]\.?|[Nn]\.[°º]|[Nn]úm\.?|#)[ \u00a0]{0,2})?"
    rf"(?P<number>{_CODE}|{_FIGURES}|[IVXL]{{1,7}}|[A-Z])"
    r"(?P<joint>[ \u00a0]{0,3}[:.)–—|-]+[ \u00a0]{0,3}|[ \u00a0]{1,4}|\n|$)(?P<rest>.*)$",
    re.DOTALL,
)
_SPELLED = re.compile(
    r"^(?P<label>[^\W\d_][^\d\n:;()\[\]]{1,40}?)[ \u00a0](?P<number>[^\W\d_]{2,12})"
    r"(?P<joint>[ \u00a0]{0,3}[:.–—-]+[ \u00a0]{0,3}|$)(?P<rest>.*)$",
    re.DOTALL,
)
_ORDINAL_LABEL = re.compile(
    r"^(?P<ordinal>[^\W_]{2,14}\.?)[ \u00a0](?P<label>[^\W\d_][^\d\n:;()]{2,40}?)[ \u00a0]{0,3}[:–—-][ "
    r"\u00a0]{0,3}(?P<rest>\S.*)$",
    re.DOTALL,
)
_NUMBERED = re.compile(
    rf"^[(\[]?(?P<number>{_CODE}|{_FIGURES}|[IVXL]{{1,7}}|[A-Z]|[a-z]|[ivx]{{1,5}})"
    r"(?P<joint>[ \u00a0]{0,2}[.:)\]–—][-–—)]?[ \u00a0\n]{1,4}|[ \u00a0]{1,3}[-–—][ \u00a0]{1,3}|[ "
    r"\u00a0\n]{1,4})(?P<rest>\S.*)$",
    re.DOTALL,
)
# "OG 1. ...", "WP 2: ...", "OE 1.1 ...": letters, a blank and figures; not the names of known things.
_SPACED_CODE = re.compile(
    r"^(?!(?:SDG|ODD|ODS|ISO|COP|UN|EU|UE|RES)\b)(?P<number>[A-Z]{1,4}[ \u00a0]"
    r"(?:\d{1,2}(?=[ \u00a0]?[.:)–—-][^\d])|"
    r"\d{1,2}(?:\.\d{1,2}){1,3}))[ \u00a0]?[.:)–—-]?[ \u00a0\n]{1,3}(?P<rest>\S.*)$",
    re.DOTALL,
)
_ALONE = re.compile(rf"^[(\[]?(?P<number>{_CODE}|{_FIGURES}|[IVXL]{{1,7}}|[A-Za-z])[.)\]:]{{0,2}}$")
_QUANTITY = re.compile(
    r"^(?:million|milliard|billion|mille|mil\b|per cent|pour cent|por ciento|percent|%|[a-z]{1,3}\b)"
)


@dataclass(frozen=True)
class Numbered:
    """What stood in front, and the rest: the label as written (or ""), the number, and its depth."""

    number: str
    rest: str
    label: str = ""
    meaning: Meaning | None = None

    @property
    def depth(self) -> int:
        """How many parts the number has: 1 for "2" and "A", 2 for "1.1", "A.1" and "A1"."""
        return depth_of(self.number)


def depth_of(number: str) -> int:
    """How many parts a number has."""
    return len([part for part in re.split(r"[.-]", number) if part]) if number else 0


def _tidy(number: str) -> str:
    return number.strip("()[]:. ")


def read_label(text: str) -> Numbered | None:
    """A level word with a number in front ("Axe II : ...", "Goal 1. ..."), None for other texts.

    Letters and Roman numbers count only with a mark behind them ("Goal A: ...") or at the end.
    """
    for pattern in (_LABELLED, _SPELLED):
        match = pattern.match(text)
        found = _labelled(match) if match else None
        if found:
            return found
    match = _ORDINAL_LABEL.match(text)
    if match and (meaning := level_meaning(match["label"])) and (number := read_ordinal(match["ordinal"])):
        return Numbered(str(number), match["rest"].strip(), match["label"].strip(), meaning)
    return None


def _labelled(match: re.Match[str]) -> Numbered | None:
    meaning = level_meaning(match["label"].rstrip(" .-–—"))
    if meaning is None:
        return None
    number, rest = _tidy(match["number"]), match["rest"].strip()
    is_marked = bool(match["joint"].strip(" \u00a0")) or not rest
    if not any(c.isdigit() for c in number) and not (
        is_roman(number) or (len(number) == 1 and number.isupper())
    ):
        spelled = [n for code in ("en", "fr", "es") for n in find_numbers(number, code)[:1]]
        if not spelled:
            return None
        number = str(spelled[0].value)
    if not is_marked and (not any(c.isdigit() for c in number) or rest[:1].islower()):
        return None  # "Output 1 guides the work" is a sentence
    return Numbered(number, rest, " ".join(match["label"].split()).rstrip(" .-–—"), meaning)


def read_number(text: str, *, bare: bool = False) -> Numbered | None:
    """A number in front of a text: "1.1 Improve ...", "2. ...", "(a) ...", "D1: ...".

    A bare whole number without a mark ("3 agreements") is a count, not a number, unless `bare` allows it
    and a capital follows ("3 Strengthen ...").
    """
    if spaced := _SPACED_CODE.match(text):
        return Numbered(" ".join(spaced["number"].split()), spaced["rest"].strip())
    match = _NUMBERED.match(text)
    if not match:
        return None
    raw, joint, rest = match["number"], match["joint"].strip(" \u00a0\n"), match["rest"].strip()
    number = _tidy(raw)
    is_marked = bool(joint) or raw.endswith(".")
    if not is_marked and not _counts_unmarked(number, rest, bare=bare):
        return None
    if number.isdigit() and (int(number) > 199 or (joint in ("-", "–", "—") and rest[:1].isdigit())):
        return None
    if len(number) > 1 and number.isalpha() and number.islower() and not is_marked:
        return None
    return Numbered(number, rest)


def _counts_unmarked(number: str, rest: str, *, bare: bool) -> bool:
    """Whether a number without a mark behind it is a number of the plan at all."""
    if "." in number and number[0].isdigit():
        return not _QUANTITY.match(rest)
    if any(c.isdigit() for c in number) and number[0].isalpha():
        return True
    return bare and number.isdigit() and rest[:1].isupper()


def number_alone(text: str) -> str:
    """The number in a cell that holds nothing else ("1.1", "D1.", "(a)", "Action 3"), else ""."""
    words = text.strip()
    if len(words) > 30:
        return ""
    match = _ALONE.match(words)
    if match:
        return _tidy(match["number"])
    labelled = read_label(words)
    return labelled.number if labelled and not labelled.rest else ""


def label_key(label: str) -> str:
    """A label as it is compared: "Pillars" and "pillar" are one."""
    return key_of(label)
