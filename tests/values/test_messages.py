from suivi.values.errors import ChangedMeanwhile, InputRefused, NotAllowed, NotFound, RuleBroken, SuiviError
from suivi.values.messages import Message, gettext_noop

FRENCH = {"%(count)s lamps are dark.": "%(count)s lampes sont éteintes."}


def test_a_message_is_filled_in() -> None:
    assert str(Message("%(count)s lamps are dark.", {"count": 3})) == "3 lamps are dark."


def test_a_message_is_translated_before_it_is_filled_in() -> None:
    message = Message("%(count)s lamps are dark.", {"count": 3})
    assert message.in_words(FRENCH.__getitem__) == "3 lampes sont éteintes."


def test_a_message_without_parameters_may_hold_a_per_cent_sign() -> None:
    assert str(Message("100% of the lamps")) == "100% of the lamps"


def test_an_empty_message_stays_empty_in_every_language() -> None:
    # A catalogue answers the empty template with its own header.
    assert Message("").in_words(lambda template: f"header of {template!r}") == ""


def test_an_error_says_what_happened_and_what_to_do() -> None:
    error = RuleBroken("%(unit)s is closed.", {"unit": "LIGHT"}, "Choose its successor for %(unit)s.")
    assert str(error) == "LIGHT is closed. Choose its successor for LIGHT."


def test_each_error_has_its_exit_code() -> None:
    kinds = (SuiviError, InputRefused, NotAllowed, RuleBroken, ChangedMeanwhile, NotFound)
    assert [kind.exit_code for kind in kinds] == [1, 2, 3, 4, 4, 5]


def test_marking_for_the_translators_changes_nothing() -> None:
    assert gettext_noop("Lamps") == "Lamps"
