from datetime import date

import pytest
from django.utils import translation

from suivi.findings import Place
from suivi.organisation.rules import PERMISSION_WORDS, Permission
from suivi.values.messages import Message
from suivi.web.days import long_day, short_day
from suivi.web.sentences import sentence


def test_days_inside_a_sentence_are_written_out_in_the_language_of_the_reader() -> None:
    message = Message("On %(day)s the plan was not adopted yet.", {"day": "2021-03-01"})
    with translation.override("fr"):
        assert sentence(message) == "Le 1er mars 2021, le plan n'était pas encore adopté."


def test_words_inside_a_sentence_are_translated_with_it() -> None:
    words = PERMISSION_WORDS[Permission.TRANSLATE_PLAN]
    message = Message("Your roles do not let you do this here (%(permission)s).", {"permission": words})
    with translation.override("es"):
        assert sentence(message).endswith("(traducir los textos del plan).")


def test_a_sentence_inside_a_sentence_is_translated_with_it() -> None:
    first = Message("Number %(number)s has no text.", {"number": "1.2"})
    params = {"count": 2, "place": Place(line=7), "first": first}
    template = "The plan file has %(count)s errors, the first on %(place)s: %(first)s"
    with translation.override("fr"):
        said = sentence(Message(template, params))
    assert "ligne 7" in said
    assert said.endswith("Le numéro 1.2 n'a pas de texte.")


def test_what_is_no_day_stays_as_it_was_written() -> None:
    message = Message("On %(day)s the plan was not adopted yet.", {"day": "Tuesday"})
    assert "Tuesday" in sentence(message)


@pytest.mark.parametrize(
    ("language", "short", "long"),
    [
        ("en", "1 Feb 2023", "1 February 2023"),
        ("fr", "1er févr. 2023", "1er février 2023"),
        ("es", "1 feb. 2023", "1 de febrero de 2023"),
        ("de", "01.02.2023", "1. Februar 2023"),
    ],
)
def test_days_follow_the_typography_of_the_language(language: str, short: str, long: str) -> None:
    with translation.override(language):
        assert (short_day(date(2023, 2, 1)), long_day(date(2023, 2, 1))) == (short, long)
