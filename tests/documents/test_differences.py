from suivi.documents.comparison import Change, Difference
from suivi.documents.differences import CHANGE_WORDS, HEADER_WORDS, pieces_of, sort_differences
from suivi.documents.model import Header, PlanDocument
from suivi.values.wording_diff import Fate, Piece


def _difference(change: Change, before: str = "", after: str = "", language: str = "") -> Difference:
    return Difference(change, "deliverable", "1.1.1", "1.1.1", before, after, language)


def test_every_adopted_kind_of_change_has_its_words() -> None:
    assert set(CHANGE_WORDS) == set(Change) - {Change.TRANSLATION, Change.LINK_TITLE}


def test_every_field_of_the_head_has_its_words() -> None:
    from suivi.documents import comparison

    empty = PlanDocument(header=Header(language="en"))
    assert set(comparison._header_fields(empty)) == set(HEADER_WORDS)


def test_translations_and_short_titles_stand_beside_what_was_adopted() -> None:
    found = sort_differences(
        [
            _difference(Change.TRANSLATION, after="mot", language="fr"),
            _difference(Change.TITLE, "a", "b"),
            _difference(Change.WINDOW, "2021-2023", "2021-2024"),
            _difference(Change.ADDED, after="new"),
        ]
    )
    assert [group.change for group in found.adopted] == [Change.ADDED, Change.WINDOW]
    assert found.adopted_count == 2
    assert found.translated == {"fr": 1}
    assert len(found.short_titles) == 1


def test_a_window_is_replaced_as_a_whole() -> None:
    assert pieces_of(_difference(Change.WINDOW, "2021-2023", "2021-2024")) == [
        Piece(Fate.REMOVED, "2021-2023 "),
        Piece(Fate.ADDED, "2021-2024 "),
    ]


def test_links_are_compared_by_their_members() -> None:
    assert pieces_of(_difference(Change.LINKS, "a:1, b:2", "b:2, c:3")) == [
        Piece(Fate.REMOVED, "a:1 "),
        Piece(Fate.KEPT, "b:2 "),
        Piece(Fate.ADDED, "c:3 "),
    ]


def test_wording_is_compared_word_by_word() -> None:
    assert pieces_of(_difference(Change.TEXT, "ten guides", "ten new guides")) == [
        Piece(Fate.KEPT, "ten "),
        Piece(Fate.ADDED, "new "),
        Piece(Fate.KEPT, "guides"),
    ]
