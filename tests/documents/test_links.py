"""Links as documents write them, in three languages and either order."""

import pytest

from suivi.documents.interpretation.links import expand_numbers, link_sentence, read_links

WRITTEN = [
    ("P&B 2020-21, P&B 2022-23 ¹⁷, produit 1.1: Un titre", ["2020-21:1.1", "2022-23:1.1"]),
    ("P&B 2020–21 and P&B 2022–23, Output 1.1: A title", ["2020-21:1.1", "2022-23:1.1"]),
    ("Programme and Budget for 2022–23, outputs A.4 and C.1", ["2022-23:A.4", "2022-23:C.1"]),
    ("producto A.4 del Programa y Presupuesto 2022-2023", ["2022-23:A.4"]),
    ("outputs 1.1 to 1.3 of the P&B 2020-21", ["2020-21:1.1", "2020-21:1.2", "2020-21:1.3"]),
    ("output 1.1 of the P&B 2020-21 and output A.4 of the P&B 2022-23", ["2020-21:1.1", "2022-23:A.4"]),
    ("P&B 2020-21, output A.4; output C.3", ["2020-21:A.4", "2020-21:C.3"]),
    ("P&B 2024-25, indicator 1.1.1", ["2024-25:1.1.1"]),
    (
        "Tous les résultats stratégiques du P&B 2024-25;",
        ["2024-25:all policy outcomes"],
    ),
    ("All policy outcomes of the P&B 2024-25", ["2024-25:all policy outcomes"]),
    ("Todos los resultados en materia de políticas del PyP 2024-2025", ["2024-25:all policy outcomes"]),
    ("A strategy for the coast (GC.135/INS/9);", ["doc:GC.135/INS/9"]),
    ("SDG 8.5", ["text:SDG 8.5"]),
    ("ODD 8 et 17", ["text:ODD 8 et 17"]),
    ("P&B 2022-23, output 1.1, and SDG target 8.5", ["2022-23:1.1", "text:SDG target 8.5"]),
    ("A policy on gender", ["text:A policy on gender"]),
]


@pytest.mark.parametrize(("words", "keys"), WRITTEN)
def test_words_become_links_in_order(words: str, keys: list[str]) -> None:
    assert [link.key for link in read_links(words, "en")] == keys


def test_the_title_behind_the_colon_is_kept() -> None:
    link = read_links("P&B 2020-21, output A.4: Stronger coasts;", "en")[0]
    assert str(link.title) == "Stronger coasts"


def test_a_lone_code_takes_the_edition_of_its_column() -> None:
    links = read_links("A.4, B.1", "en", edition="2022-23", bare_codes=True)
    assert [link.key for link in links] == ["2022-23:A.4", "2022-23:B.1"]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        (
            "Les mesures 1.1, 1.2 et 1.3 se rapportent aux produits suivants:",
            ["1.1", "1.2", "1.3"],
        ),
        ("La mesure prévue 1.4 contribue aux produits ci-après:", ["1.4"]),
        ("Proposed actions 2.1 to 2.3 relate to the following outputs:", ["2.1", "2.2", "2.3"]),
        ("Las medidas propuestas 1.1 y 1.2 guardan relación con los siguientes productos:", ["1.1", "1.2"]),
        ("This action contributes to the following outputs:", []),
    ],
)
def test_a_sentence_on_links_names_its_actions(words: str, numbers: list[str]) -> None:
    assert link_sentence(words) == numbers


@pytest.mark.parametrize(
    "words", ["1.1 Improve the outputs of the mill.", "Action 1.1: Dig wells", "The actions are good."]
)
def test_other_sentences_are_none_on_links(words: str) -> None:
    assert link_sentence(words) is None


def test_ranges_of_numbers_are_spelled_out() -> None:
    assert expand_numbers("1.1, 1.3 and 2.1-2.3") == ["1.1", "1.3", "2.1", "2.2", "2.3"]
