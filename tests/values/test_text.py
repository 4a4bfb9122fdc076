from hypothesis import given
from hypothesis import strategies as st

from suivi.values.text import Shown, Text, digest_of

LANGUAGES = st.sampled_from(["en", "fr", "es", "ar"])
WORDS = st.text(min_size=1, max_size=40)
TEXTS = st.builds(Text.of_many, st.dictionaries(LANGUAGES, WORDS, max_size=4), original=LANGUAGES)


@given(TEXTS)
def test_a_text_comes_back_from_json_as_it_went(text: Text) -> None:
    assert Text.from_json(text.to_json()) == text


def test_json_leaves_out_what_is_empty() -> None:
    assert Text.of("Lamps", "en").to_json() == {"original": "en", "texts": {"en": {"text": "Lamps"}}}


def test_a_reader_gets_his_own_language() -> None:
    text = Text.of_many({"en": "Lamps", "fr": "Lampes"}, "en")
    assert text.shown("fr") == Shown("Lampes", "fr", is_fallback=False, is_stale=False)


def test_a_missing_language_falls_back_to_the_original_and_says_so() -> None:
    text = Text.of_many({"en": "Lamps", "fr": "Lampes"}, "fr")
    assert text.shown("es") == Shown("Lampes", "fr", is_fallback=True, is_stale=False)


def test_without_the_original_any_language_is_better_than_none() -> None:
    assert Text.of_many({"fr": "Lampes"}, "en").shown("es").text == "Lampes"


def test_no_words_at_all_are_no_fallback() -> None:
    assert Text.of("", "en").shown("fr") == Shown("", "fr", is_fallback=False, is_stale=False)


def test_a_translation_made_from_this_original_is_not_stale() -> None:
    text = Text.of("Lamps", "en").with_version("fr", "Lampes", by="Ada", at="2023-02-15")
    assert not text.is_stale("fr")
    assert text.versions["fr"].source == digest_of("Lamps")
    assert text.versions["fr"].by == "Ada"


def test_rewording_the_original_makes_its_translations_stale() -> None:
    text = Text.of_many({"en": "Lamps", "fr": "Lampes"}, "en").with_version("en", "Brighter lamps")
    assert text.is_stale("fr")
    assert text.shown("fr").is_stale


def test_translating_anew_makes_a_stale_translation_fresh() -> None:
    text = Text.of_many({"en": "Lamps", "fr": "Lampes"}, "en").with_version("en", "Brighter lamps")
    assert not text.with_version("fr", "Lampes plus vives").is_stale("fr")


def test_a_translation_of_unknown_source_is_never_called_stale() -> None:
    text = Text.from_json({"original": "en", "texts": {"en": {"text": "A"}, "fr": {"text": "B"}}})
    assert not text.with_version("en", "C").is_stale("fr")


@given(TEXTS)
def test_the_original_is_never_stale(text: Text) -> None:
    assert not text.is_stale(text.original)


def test_plain_words_begin_with_the_original() -> None:
    assert list(Text.of_many({"en": "Lamps", "fr": "Lampes", "ar": "X"}, "fr").plain()) == ["fr", "ar", "en"]


@given(TEXTS)
def test_a_text_is_true_where_it_has_words(text: Text) -> None:
    assert bool(text) == any(text.plain().values())


@given(TEXTS, LANGUAGES, WORDS)
def test_writing_one_language_leaves_the_others(text: Text, language: str, words: str) -> None:
    before = {code: version for code, version in text.versions.items() if code != language}
    after = text.with_version(language, words).versions
    assert {code: version for code, version in after.items() if code != language} == before
    assert after[language].text == words
