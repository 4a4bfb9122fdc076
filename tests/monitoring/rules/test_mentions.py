"""Who is meant by an @."""

import pytest

from suivi.monitoring.rules.mentions import Person, mentioned

PEOPLE = [
    Person(1, "Ana", "ana@example.org"),
    Person(2, "Ana Müller", "mueller@example.org"),
    Person(3, "Zoé Quay", "zoe.quay@example.org"),
    Person(4, "Zoé Quay", "other@example.org"),
]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Thank you @Ana.", [1]),
        ("@ana müller, please look", [2]),
        ("@ANA MULLER please", [2]),
        ("@Anabel is nobody", []),
        ("@zoe.quay@example.org knows", [3]),
        ("@zoe quay knows", [3, 4]),
        ("ask ana@example.org", []),
        ("@nobody@example.org", []),
        ("@Ana and @Ana again, then @mueller@example.org.", [1, 2]),
        ("@", []),
        ("an @ alone", []),
    ],
)
def test_an_at_means_a_person_by_name_or_address(text: str, meant: list[int]) -> None:
    assert mentioned(text, PEOPLE) == meant
