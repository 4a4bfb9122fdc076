"""What an update says survives its way as JSON, and differences name each place once."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.monitoring.rules.content import (
    EvidenceSaid,
    ItemSaid,
    StepSaid,
    SupportSaid,
    UpdateContent,
    ValueSaid,
    differences,
    quotient,
)
from suivi.values.errors import InputRefused

_WORDS = st.text(max_size=12)
_DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
_NUMBERS = st.decimals(-(10**6), 10**6, places=4) | st.none()
_KEYS = st.text("abcdef", min_size=1, max_size=4)
_LISTS = st.lists(_WORDS, max_size=2).map(tuple)

_ITEMS = st.builds(
    ItemSaid, _KEYS, _WORDS, _WORDS, _DAYS, _DAYS | st.none(), _LISTS, _LISTS, _LISTS, _LISTS,
    st.dictionaries(_KEYS, st.booleans(), max_size=2),
)  # fmt: skip
_VALUES = st.builds(
    ValueSaid, _DAYS, _NUMBERS, _NUMBERS, _NUMBERS, st.dictionaries(_KEYS, _KEYS, max_size=2), _WORDS
)
CONTENTS = st.builds(
    UpdateContent,
    reported_on=_DAYS,
    language=st.sampled_from(["en", "fr", "es"]),
    narrative=_WORDS,
    difficulties=_WORDS,
    assessment=_WORDS,
    assessment_reason=_WORDS,
    expected_on=_DAYS | st.none(),
    is_commitment_kept=st.booleans() | st.none(),
    is_no_change=st.booleans(),
    is_public=st.booleans(),
    items=st.lists(_ITEMS, max_size=3, unique_by=lambda one: one.key).map(tuple),
    steps=st.lists(st.builds(StepSaid, _KEYS, _KEYS, _DAYS), max_size=2).map(tuple),
    values=st.lists(_VALUES, max_size=2).map(tuple),
    support=st.lists(st.builds(SupportSaid, _WORDS, _KEYS, _DAYS | st.none()), max_size=2).map(tuple),
    evidence=st.lists(st.builds(EvidenceSaid, _KEYS, _WORDS), max_size=2).map(tuple),
)

SAID = UpdateContent(
    reported_on=date(2022, 6, 30),
    language="en",
    narrative="Two lanterns lit.",
    items=(ItemSaid("i1", "North quay", "concluded", date(2022, 5, 1), criteria={"new": True}),),
    steps=(StepSaid("", "drafted", date(2022, 4, 1)),),
)


@given(CONTENTS)
def test_a_content_comes_back_from_json_as_it_was(content: UpdateContent) -> None:
    assert UpdateContent.from_json(content.to_json()) == content


@given(CONTENTS)
def test_a_content_does_not_differ_from_itself(content: UpdateContent) -> None:
    assert differences(content, content) == []


def test_each_changed_place_is_named_once() -> None:
    item = replace(SAID.items[0], stage="dropped")
    after = replace(SAID, narrative="Three.", items=(item,), steps=(StepSaid("", "used", date(2022, 6, 1)),))
    assert [(one.field, one.before is None, one.after is None) for one in differences(SAID, after)] == [
        ("narrative", False, False),
        ("item:i1/stage", False, False),
        ("step:/drafted", False, True),
        ("step:/used", True, False),
    ]


@pytest.mark.parametrize(
    "data",
    [
        [],
        {"language": "en"},
        {"reported_on": "yesterday", "language": "en"},
        {"reported_on": "2022-06-30", "language": 7},
        {"reported_on": "2022-06-30", "language": "en", "surprise": 1},
        {"reported_on": "2022-06-30", "language": "en", "items": [{"criteria": {"new": "yes"}}]},
        {"reported_on": "2022-06-30", "language": "en", "items": [{"criteria": ["new"]}]},
        {"reported_on": "2022-06-30", "language": "en", "values": [{"value": "NaN"}]},
        {"reported_on": "2022-06-30", "language": "en", "values": [{"value": 1.5}]},
        {"reported_on": "2022-06-30", "language": "en", "steps": {"rung": "drafted"}},
    ],
)
def test_data_of_another_shape_are_refused_in_a_sentence(data: object) -> None:
    with pytest.raises(InputRefused, match="cannot be read"):
        UpdateContent.from_json(data)  # type: ignore[arg-type]


def test_a_ratio_is_in_percent_and_keeps_four_places() -> None:
    assert quotient(Decimal(1), Decimal(3)) == Decimal("33.3333")
    assert str(quotient(Decimal(1), Decimal(2))) == "50"
