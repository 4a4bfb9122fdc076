import re

from django.contrib.auth.password_validation import validate_password
from hypothesis import given
from hypothesis import strategies as st

from suivi.core.passwords import readable_password


def test_a_first_password_passes_our_own_rules() -> None:
    validate_password(readable_password())


def test_two_first_passwords_differ() -> None:
    assert len({readable_password() for _time in range(200)}) == 200


@given(st.data())
def test_a_first_password_has_four_groups_that_can_be_read_out(data: st.DataObject) -> None:
    made = readable_password(lambda letters: data.draw(st.sampled_from(letters)))
    assert re.fullmatch(r"([b-df-hj-np-tv-z][aeiou]){3}(-([b-df-hj-np-tv-z][aeiou]){3}){3}", made)
