from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from suivi.values.wording_diff import Fate, Piece, diff_words

WORDINGS = st.text(alphabet="ab'’-,. \n\té", max_size=60)


def test_equal_wordings_are_one_kept_piece() -> None:
    assert diff_words("Ten agreements signed.", "Ten agreements signed.") == [
        Piece(Fate.KEPT, "Ten agreements signed.")
    ]


def test_a_replaced_word_shows_what_went_before_what_came() -> None:
    assert diff_words("Ten agreements signed.", "Twelve agreements signed.") == [
        Piece(Fate.REMOVED, "Ten "),
        Piece(Fate.ADDED, "Twelve "),
        Piece(Fate.KEPT, "agreements signed."),
    ]


def test_words_joined_by_an_apostrophe_or_a_hyphen_are_one_word() -> None:
    pieces = diff_words("l'accord mi-parcours", "l'avis mi-parcours")
    assert pieces == [
        Piece(Fate.REMOVED, "l'accord "),
        Piece(Fate.ADDED, "l'avis "),
        Piece(Fate.KEPT, "mi-parcours"),
    ]


def test_nothing_against_something_is_all_added() -> None:
    assert diff_words("", "A new wording") == [Piece(Fate.ADDED, "A new wording")]


@given(WORDINGS, WORDINGS)
def test_kept_and_added_pieces_give_the_later_wording(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert "".join(p.words for p in pieces if p.fate is not Fate.REMOVED) == after


@given(WORDINGS, WORDINGS)
def test_kept_and_removed_pieces_give_the_earlier_words(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert "".join("".join(p.words.split()) for p in pieces if p.fate is not Fate.ADDED) == "".join(
        before.split()
    )


@given(WORDINGS, WORDINGS)
def test_no_two_pieces_of_one_fate_stand_beside_each_other(before: str, after: str) -> None:
    pieces = diff_words(before, after)
    assert all(one.fate is not two.fate for one, two in pairwise(pieces))
