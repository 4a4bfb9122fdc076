from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.render.typography import Typography

EN, FR, ES = (Typography.of(code) for code in ("en", "fr", "es"))


@pytest.mark.parametrize(
    ("typography", "written"), [(EN, "1,234.5"), (FR, "1\u00a0234,5"), (ES, "1\u00a0234,5")]
)
def test_a_number_carries_the_marks_of_its_language(typography: Typography, written: str) -> None:
    assert typography.number(Decimal("1234.5")) == written


def test_a_number_is_rounded_half_up_where_places_are_asked_for() -> None:
    assert EN.number(Decimal("2.345"), 2) == "2.35"
    assert EN.number(Decimal(-7), 1) == "−7.0"


@pytest.mark.parametrize(
    ("typography", "written"),
    [(EN, "15 February 2023"), (FR, "15 février 2023"), (ES, "15 de febrero de 2023")],
)
def test_a_day_is_written_out_in_sentences(typography: Typography, written: str) -> None:
    assert typography.day(date(2023, 2, 15)).replace("\u00a0", " ") == written


def test_the_first_of_the_month_is_an_ordinal_in_french_alone() -> None:
    assert FR.day(date(2023, 3, 1)).replace("\u00a0", " ") == "1er mars 2023"
    assert ES.day(date(2023, 3, 1)).replace("\u00a0", " ") == "1 de marzo de 2023"


def test_a_day_in_a_table_is_short() -> None:
    assert EN.short_day(date(2023, 2, 15)).replace("\u00a0", " ") == "15 Feb 2023"
    assert FR.short_day(date(2023, 2, 15)).replace("\u00a0", " ") == "15 févr. 2023"


@pytest.mark.parametrize(("typography", "written"), [(EN, "2022–23"), (FR, "2022-23"), (ES, "2022-2023")])
def test_a_biennium_has_the_form_of_its_language(typography: Typography, written: str) -> None:
    assert typography.biennium(2022) == written


def test_the_end_of_a_century_keeps_two_digits() -> None:
    assert EN.biennium(1999) == "1999–00"


def test_per_cent_is_words_in_prose_and_a_sign_in_tables() -> None:
    assert EN.per_cent(Decimal("37.5")).replace("\u00a0", " ") == "37.5 per cent"
    assert FR.short_per_cent(Decimal("37.5")) == "37,5\u00a0%"


def test_french_follows_the_adopted_document_by_default_and_the_classical_way_where_set() -> None:
    classical = Typography.classical_french()
    assert FR.quote("oui") == "«oui»"
    assert FR.labelled("Objet", "le plan") == "Objet: le plan"
    assert classical.quote("oui") == "«\u00a0oui\u00a0»"
    assert classical.labelled("Objet", "le plan") == "Objet\u00a0: le plan"


def test_an_unknown_language_is_set_like_english_under_its_own_code() -> None:
    assert Typography.of("sw").language == "sw"
    assert Typography.of("sw").number(1000) == "1,000"


@given(st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_no_digit_of_a_number_is_lost(scaled: int, places: int) -> None:
    value = Decimal(scaled).scaleb(-places)
    written = FR.number(value, places)
    assert Decimal(written.replace("\u00a0", "").replace(",", ".").replace("−", "-")) == value
