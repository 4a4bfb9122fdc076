"""The organisation's own typography: set once, holds for numbers, quotes and signs of every document."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from suivi.render.document import Cell, Column, Document, Note, Paragraph, Row, Run, Table
from suivi.render.lines import lines_of
from suivi.render.typesetting import typeset
from suivi.render.typography import Typography, set_house_forms
from suivi.values.errors import InputRefused
from tests.render.papers import document_of, whole_document

CLASSICAL = {
    "before_colon": "\u00a0",
    "open_quote": "«\u00a0",
    "close_quote": "\u00a0»",
    "apostrophe": "’",
}


@pytest.fixture(autouse=True)
def _forms_of_the_adopted_document_afterwards() -> Iterator[None]:
    yield
    set_house_forms({})


def _said(document: Document) -> list[str]:
    return [line.text for line in lines_of(document) if line.kind != "cover"]


def test_numbers_follow_the_house_and_other_languages_do_not() -> None:
    set_house_forms({"fr": {"decimal_mark": ".", "thousands_mark": "'"}})
    assert Typography.of("fr").number(Decimal("1234.5")) == "1'234.5"
    assert Typography.of("fr-CH").number(Decimal("1234.5")) == "1'234.5"
    assert Typography.of("es").number(Decimal("1234.5")) == "1\u00a0234,5"
    assert Typography.adopted("fr").number(Decimal("1234.5")) == "1\u00a0234,5"


def test_a_document_gets_the_spaces_quotes_and_apostrophes_of_the_house() -> None:
    set_house_forms({"fr": CLASSICAL})
    words = (Run("L'an: «deux»; à 10:30, voir https://example.org/a: "), Note("N'est-ce pas?"))
    cell = Row((Cell("État: bon"),))
    table = Table(caption="Qui: quoi", columns=(Column(),), header=(cell,), body=(cell,))
    document = document_of(Paragraph(words), table, language="fr")
    assert _said(typeset(document, Typography.of("fr"))) == [
        "L’an\u00a0: «\u00a0deux\u00a0»\u00a0; à 10:30, voir https://example.org/a\u00a0:",
        "N’est-ce pas\u00a0?",
        "Qui\u00a0: quoi",
        "État\u00a0: bon",
        "État\u00a0: bon",
    ]


def test_what_is_set_already_stays() -> None:
    set_house_forms({"fr": CLASSICAL})
    document = document_of(Paragraph("L’an\u00a0: «\u00a0deux\u00a0» !"), language="fr")
    assert _said(typeset(document, Typography.of("fr"))) == ["L’an\u00a0: «\u00a0deux\u00a0»\u00a0!"]


def test_words_in_another_language_are_left_as_they_are() -> None:
    set_house_forms({"fr": CLASSICAL})
    document = document_of(Paragraph((Run("It's so: yes", language="en"),)), language="fr")
    assert _said(typeset(document, Typography.of("fr"))) == ["It's so: yes"]


def test_without_forms_of_its_own_a_document_stays_the_same() -> None:
    document = whole_document()
    assert typeset(document, Typography.of("fr")) is document


@pytest.mark.parametrize(
    "forms", [{"fr": {"colour": "red"}}, {"fr": {"decimal_mark": 1}}, {"es": {"biennium_digits": "four"}}]
)
def test_a_form_that_there_is_not_is_refused(forms: dict[str, dict[str, object]]) -> None:
    with pytest.raises(InputRefused, match="form of typography"):
        set_house_forms(forms)
