from dataclasses import replace
from datetime import date

from suivi.monitoring.rules.burden import Answered, Part, burden, filled_parts
from suivi.monitoring.rules.content import StepSaid, UpdateContent

ON = date(2022, 12, 31)
SAID = UpdateContent(
    reported_on=ON, language="en", narrative="Work went on.", steps=(StepSaid("", "drafted", ON),)
)


def test_the_parts_that_say_something() -> None:
    assert filled_parts(SAID) == [Part.NARRATIVE, Part.FACTS]
    assert filled_parts(UpdateContent(reported_on=ON, language="en")) == []
    kept = UpdateContent(reported_on=ON, language="en", is_commitment_kept=False)
    assert filled_parts(kept) == [Part.FACTS]


def test_what_was_asked_filled_said_again_and_read() -> None:
    other = replace(SAID, narrative="Something else.")
    found = {
        one.part: (one.asked, one.filled, one.again, one.unread)
        for one in burden(
            [
                Answered(SAID, SAID, frozenset({"narrative"})),
                Answered(other, SAID, frozenset()),
                Answered(SAID, None, frozenset({"narrative", "facts"})),
            ]
        )
    }
    assert found[Part.NARRATIVE] == (3, 3, 1, 1)
    assert found[Part.FACTS] == (3, 3, 2, 2)
    assert found[Part.EVIDENCE] == (3, 0, 0, 0)
