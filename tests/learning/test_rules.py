from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suivi.learning.models import AnswerState
from suivi.learning.rules import ENDED, Standing, refuse_answer, standing_of
from suivi.values.errors import RuleBroken

DAY = date(2023, 2, 15)
DAYS = st.dates(date(2021, 1, 1), date(2025, 12, 31))
STATES = st.sampled_from(AnswerState.values)


def test_guidance_without_an_answer_is_open() -> None:
    assert standing_of("", None, DAY) is Standing.OPEN


def test_it_is_late_from_the_day_after_it_was_due() -> None:
    assert standing_of("in_hand", DAY, DAY) is Standing.IN_HAND
    assert standing_of("in_hand", DAY, DAY + timedelta(days=1)) is Standing.LATE


@given(STATES, DAYS | st.none(), DAYS)
def test_what_has_ended_is_never_late_and_what_has_no_day_neither(
    state: str, due_on: date | None, day: date
) -> None:
    standing = standing_of(state, due_on, day)
    assert standing in {Standing.LATE, Standing(state)}
    if due_on is None or Standing(state) in ENDED:
        assert standing == state


@given(STATES, DAYS | st.none(), DAYS, DAYS)
def test_only_what_is_done_names_its_day_between_the_guidance_and_today(
    state: str, done_on: date | None, given_on: date, today: date
) -> None:
    is_right = done_on is None if state != "done" else done_on is not None and given_on <= done_on <= today
    if is_right:
        refuse_answer(state, done_on, given_on, today)
    else:
        with pytest.raises(RuleBroken):
            refuse_answer(state, done_on, given_on, today)
