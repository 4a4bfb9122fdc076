import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.values.folding import fold


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Réalisation", "realisation"),
        ("mise en œuvre", "MISE EN OEUVRE"),
        ("l’accord", "l'accord"),
        ("mi‑parcours", "mi-parcours"),
        ("2020–21", "2020-21"),
        ("Straße", "strasse"),
        ("año  2021\n", "Ano 2021"),
    ],
)
def test_a_search_finds_words_written_otherwise(written: str, searched: str) -> None:
    assert fold(written) == fold(searched)


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_folded_words_stand_one_blank_apart(text: str) -> None:
    assert fold(text) == " ".join(fold(text).split())
