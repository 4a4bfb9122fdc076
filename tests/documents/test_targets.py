"""Counts to reach are told from all the other numbers of a sentence."""

from decimal import Decimal

import pytest

from suivi.documents.interpretation.strands import find_strands
from suivi.documents.words.targets import find_target, target_of_column

COUNTED = [
    ("Ten new alliances are formed with the harbours", "en", 10, "new alliances"),
    ("At least 12 countries adopt the code", "en", 12, "countries"),
    ("Organize 3 training workshops in 5 countries", "en", 3, "training workshops"),
    ("Training of 40 inspectors", "en", 40, "inspectors"),
    ("Twenty-five committees are set up", "en", 25, "committees"),
    ("1,000 trees are planted", "en", 1000, "trees"),
    ("80 per cent of boats are checked", "en", 80, "per cent"),
    ("Reforms are adopted in 12 countries", "en", 12, "countries"),
    ("Sont formées dix alliances nouvelles", "fr", 10, "alliances nouvelles"),
    ("Vingt et un ateliers sont organisés", "fr", 21, "ateliers"),
    ("Cinquante pour cent des ponts sont mesurés", "fr", 50, "per cent"),
    ("Se celebran cinco talleres en la costa", "es", 5, "talleres"),
    ("Al menos 15 muelles cumplen las normas", "es", 15, "muelles"),
]
NOT_COUNTED = [
    ("A guide is published in three languages", "en"),
    ("One guide is published", "en"),
    ("The plan covers the five regions", "en"),
    ("Four pillars hold the roof", "en"),
    ("Guidance on the 2030 Agenda is issued", "en"),
    ("A report on Convention No. 190 is issued", "en"),
    ("Lessons of COVID-19 are drawn", "en"),
    ("A two-year programme begins", "en"),
    ("The third review is done", "en"),
    ("Work under resolution 73 continues", "en"),
    ("Two of the four tools are ready", "en"),
    ("Once offices are ready, the doors open", "en"),
    ("Un guide est publié dans les cinq régions", "fr"),
    ("Une méthode est mise au point au titre des quatre piliers", "fr"),
    ("Le plan porte sur les deux exercices", "fr"),
    ("Une guía se publica en los cuatro pilares", "es"),
    ("Se elabora una guía en tres idiomas", "es"),
]


@pytest.mark.parametrize(("sentence", "language", "value", "unit"), COUNTED)
def test_a_count_to_reach_is_a_target(sentence: str, language: str, value: int, unit: str) -> None:
    found = find_target(sentence, language)
    assert found is not None
    assert (found.target.value, str(found.target.unit)) == (value, unit)


@pytest.mark.parametrize(("sentence", "language"), NOT_COUNTED)
def test_other_numbers_are_no_targets(sentence: str, language: str) -> None:
    assert find_target(sentence, language) is None


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [
        ("10", 10, ""),
        ("12 shores", 12, "shores"),
        ("80 %", 80, "per cent"),
        ("1", 1, ""),
        ("2.5", Decimal("2.5"), ""),
        ("five", 5, ""),
    ],
)
def test_a_column_of_targets_says_the_number(words: str, value: Decimal, unit: str) -> None:
    target = target_of_column(words, "", "en")
    assert target is not None
    assert (target.value, str(target.unit)) == (value, unit)


def test_a_column_of_targets_without_a_number_gives_none() -> None:
    assert target_of_column("to be set", "", "en") is None


def test_strands_are_the_parts_that_respectively_enumerates() -> None:
    sentence = (
        "Three guides are written respectively for the harbours, the ferries and the schools of the islands."
    )
    assert find_strands(sentence, 3) == ["harbours", "ferries", "schools of the islands"]
    assert find_strands(sentence, 4) == []


def test_strands_are_the_parts_numbered_in_a_sentence() -> None:
    assert find_strands("The Office supports: (a) ports; (b) piers.", None) == ["ports", "piers"]


def test_a_ladder_is_no_enumeration() -> None:
    assert find_strands("Tools are developed, tested and used.", 3) == []
