"""The people one can sign in as."""

from dataclasses import dataclass

from suivi.demonstration.data_files import read, text
from suivi.values.text import Text

# Known to everybody on purpose: it opens invented data on a machine of one's own, and nothing else.
PASSWORD = "demonstration"  # noqa: S105


@dataclass(frozen=True)
class DemonstrationAccount:
    """One of the accounts shown at the start. `role` is a key of the table of roles."""

    name: str
    email: str
    role: str
    language: str
    look_at: Text


def demonstration_accounts() -> list[DemonstrationAccount]:
    """Whom to sign in as, and what to look at first."""
    data = read("people.yaml")
    people = {person["key"]: person for person in data["people"]}
    return [
        DemonstrationAccount(
            people[shown["person"]]["name"],
            people[shown["person"]]["email"],
            people[shown["person"]]["roles"][0]["role"],
            people[shown["person"]]["language"],
            text(shown["look_at"]),
        )
        for shown in data["accounts"]
    ]
