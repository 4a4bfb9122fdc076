from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from suivi.core.fields import ScaledDecimalField, TextField
from suivi.organisation.models import Stakeholder
from suivi.plan.models import Resource
from suivi.values.text import Text
from tests.cast import NOW, Cast, build_cast

FIELD = ScaledDecimalField()
AMOUNTS = st.decimals(-(10**14), 10**14, places=4)
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\x00")
TEXTS = st.builds(
    Text.of_many,
    st.dictionaries(st.sampled_from(["en", "fr", "es"]), st.text(LETTERS, min_size=1), min_size=1),
    original=st.just("en"),
)


@given(AMOUNTS)
def test_an_amount_goes_into_an_integer_and_comes_back_exactly(amount: Decimal) -> None:
    kept = FIELD.get_prep_value(amount)
    assert isinstance(kept, int)
    assert FIELD.from_db_value(kept) == amount


@pytest.mark.parametrize(
    ("written", "shown"), [("10", "10"), ("10.0000", "10"), ("0.5", "0.5"), ("1200", "1200"), ("0", "0")]
)
def test_an_amount_comes_back_as_people_write_it(written: str, shown: str) -> None:
    assert str(FIELD.from_db_value(FIELD.get_prep_value(Decimal(written)))) == shown


def test_unknown_stays_unknown() -> None:
    assert FIELD.get_prep_value(None) is None
    assert FIELD.from_db_value(None) is None


@pytest.mark.parametrize("amount", ["0.00001", "1.23456", "-0.00009"])
def test_more_than_four_places_are_refused_and_not_rounded(amount: str) -> None:
    with pytest.raises(ValidationError):
        FIELD.get_prep_value(Decimal(amount))


def test_a_form_takes_a_number_with_four_places() -> None:
    field = FIELD.formfield()
    assert field.clean("1.2345") == Decimal("1.2345")
    with pytest.raises(ValidationError):
        field.clean("1.23456")


@pytest.fixture
def cast(db: None) -> Cast:
    return build_cast()


def test_sums_in_the_database_are_exact(cast: Cast) -> None:
    for key in ("1.1.1", "1.1.2", "1.2.1"):
        Resource.objects.create(
            deliverable=cast.deliverable(key), kind="staff", planned=Decimal("0.1"), recorded_at=NOW
        )
    assert Resource.objects.aggregate(total=Sum("planned"))["total"] == Decimal("0.3")


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(TEXTS)
def test_a_text_comes_back_as_it_was_stored(text: Text) -> None:
    row, _created = Stakeholder.objects.update_or_create(
        key="guild", defaults={"kind": "workers", "name": text}
    )
    row.refresh_from_db()
    assert row.name == text


@pytest.mark.django_db
def test_a_text_is_found_by_its_words() -> None:
    Stakeholder.objects.create(key="guild", kind="workers", name=Text.of("Guild", "en"))
    assert Stakeholder.objects.get(name=Text.of("Guild", "en")).key == "guild"


def test_no_words_are_refused_where_words_are_needed() -> None:
    with pytest.raises(ValidationError):
        TextField().validate(Text.of("", "en"), None)
    TextField(blank=True).validate(Text.of("", "en"), None)


def test_a_plain_string_is_no_text_in_several_languages() -> None:
    with pytest.raises(ValidationError):
        TextField().validate("Guild", None)


def test_a_text_goes_into_a_fixture_as_plain_data() -> None:
    row = Stakeholder(key="guild", kind="workers", name=Text.of("Guild", "en"))
    field = Stakeholder._meta.get_field("name")
    assert field.value_to_string(row) == {"original": "en", "texts": {"en": {"text": "Guild"}}}
    assert field.to_python(field.value_to_string(row)) == row.name
