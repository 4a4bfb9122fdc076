"""The words by which plans in English, French and Spanish name their columns and levels."""

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Any

from suivi.values.folding import fold


class Role(StrEnum):
    """What a column holds."""

    LEVEL = "level"  # pillar, action or deliverable: which of them is settled by the whole plan
    NUMBER = "number"
    TIMEFRAME = "time frame"
    START = "start"
    END = "end"
    LEAD = "lead"
    INDICATOR = "indicator"
    TARGET = "target"
    UNIT = "unit"
    LINKS = "links"
    TICK = "tick"  # a year or quarter that is marked where the work goes on
    OTHER = "other"  # understood, and without a place in the plan: budget, status, remarks


class Level(StrEnum):
    PILLAR = "pillar"
    ACTION = "action"
    DELIVERABLE = "deliverable"


@dataclass(frozen=True)
class Meaning:
    """The role of a heading; for a level, how well the word fits pillar, action and deliverable (0 to 3)."""

    role: Role
    ranks: tuple[float, float, float] = (0, 0, 0)
    phrase: str = ""


_DATA: dict[str, Any] = tomllib.loads(
    resources.files("suivi.documents.words").joinpath("vocabulary.toml").read_text(encoding="utf-8")
)
_ROLES = [Role(group["name"]) for group in _DATA["role"]]  # the first that fits wins
_NOT_LEVELS: list[str] = _DATA["other"]["not_levels"]

_PUNCTUATION = re.compile(r"[^\w#&/' -]+")
_PARTS = re.compile(r"\s*(?:[/(),;:\n|+]|\s[-–—]\s|\b(?:and|et|y|or|ou|o)\b)\s*")
_LONGEST_HEADING = 110


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith(("ies",)):
        return f"{word[:-3]}y"
    if len(word) > 5 and word.endswith("ores"):
        return word[:-2]
    if len(word) > 6 and word.endswith(("ciones", "siones", "dades", "ables")) and not word.endswith("ables"):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    if len(word) > 4 and word.endswith("eaux"):
        return word[:-1]
    return word


@lru_cache(maxsize=4096)
def key_of(heading: str) -> str:
    """A heading as it is looked up: folded, without punctuation, each word in the singular."""
    words = _PUNCTUATION.sub(" ", fold(heading).replace("_", " ")).split()
    return " ".join(_singular(word.strip("-'/")) for word in words)


def _level_table() -> dict[str, Meaning]:
    table: dict[str, Meaning] = {}
    for group in _DATA["level"]:
        ranks = (float(group["pillar"]), float(group["action"]), float(group["deliverable"]))
        for phrase in group["words"]:
            table.setdefault(key_of(phrase), Meaning(Role.LEVEL, ranks, key_of(phrase)))
    return table


_LEVEL_TABLE = _level_table()
_ROLE_TABLE: dict[str, tuple[int, Role]] = {}
for _order, _group in enumerate(_DATA["role"]):
    for _phrase in _group["words"]:
        _ROLE_TABLE.setdefault(key_of(_phrase), (_order, _ROLES[_order]))
_WHOLE_ONLY = {key_of(word) for word in _DATA["other"]["whole_only"]}


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning | None:
    """What a column heading means; None where no known word stands in it.

    The whole heading is looked up first, then its parts ("Lead / support", "Expected results (outputs)"),
    then the phrases inside it, the roles that are no level first: "Output indicator" is an indicator.
    """
    if len(heading) > _LONGEST_HEADING:
        return None
    key = key_of(heading)
    whole = _exact(key)
    if whole:
        return whole
    if _is_number_of_level(key.split()):
        return Meaning(Role.NUMBER, phrase=key)
    parts = [part for part in _PARTS.split(heading) if part.strip()]
    for part in parts:
        if found := _exact(key_of(part)) or _inside(key_of(part)):
            return found
    return _inside(key_of(heading))


_NUMBER_WORDS = frozenset(str.split("number no num nr n id identifier ref code numero codigo # cote"))


def _is_number_of_level(words: list[str]) -> bool:
    """ "Pillar number", "Numéro de la mesure", "Action #": a word for number beside the word for a level."""
    if len(words) > 5 or not words or not (words[0] in _NUMBER_WORDS or words[-1] in _NUMBER_WORDS):
        return False
    rest = [
        word
        for word in words
        if word not in _NUMBER_WORDS and word not in ("de", "du", "la", "le", "l", "of", "the")
    ]
    return " ".join(rest).removeprefix("l'").removeprefix("d'") in _LEVEL_TABLE


def _exact(key: str) -> Meaning | None:
    if key in _ROLE_TABLE:
        return Meaning(_ROLE_TABLE[key][1], phrase=key)
    return _LEVEL_TABLE.get(key)


def _inside(key: str) -> Meaning | None:
    """The meaning of the weightiest phrase inside a longer heading."""
    words = key.split()
    if len(words) > 14:
        return None
    best: tuple[int, int, str] | None = None
    best_level, has_head = "", False  # "Pillar of the strategy" is a pillar
    for start in range(len(words)):
        for end in range(start + 1, min(start + 6, len(words)) + 1):
            phrase = " ".join(words[start:end])
            if phrase in _ROLE_TABLE and phrase not in _WHOLE_ONLY:
                rank = (_ROLE_TABLE[phrase][0], -(end - start), phrase)
                best = min(best, rank) if best else rank
            elif phrase in _LEVEL_TABLE and phrase not in _WHOLE_ONLY:
                leads = start == 0 and words[end : end + 1] in (["of"], ["de"], ["du"], ["del"])
                if leads or (len(phrase) > len(best_level) and not has_head):
                    best_level, has_head = phrase, has_head or leads
    if best and not (_ROLES[best[0]] is Role.OTHER and best_level and key.startswith(best_level)):
        return Meaning(_ROLES[best[0]], phrase=best[2])
    if best_level and not any(phrase in key for phrase in _NOT_LEVELS):
        return _LEVEL_TABLE[best_level]
    return None


@lru_cache(maxsize=1)
def words_of_headings() -> frozenset[str]:
    """The single words of all known headings, folded: by them a word broken without a hyphen is known."""
    groups = [*_DATA["role"], *_DATA["level"]]
    return frozenset(word for group in groups for phrase in group["words"] for word in fold(phrase).split())


def level_meaning(label: str) -> Meaning | None:
    """What a label in front of a number means ("Objectif prioritaire" 1), None where it is no level."""
    return _LEVEL_TABLE.get(key_of(label))
