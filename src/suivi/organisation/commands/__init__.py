"""Changes to the organisation. Every door calls these; each is one transaction with its audit line."""

from suivi.organisation.commands.deputies import end_deputy, name_deputy
from suivi.organisation.commands.people import (
    add_person,
    close_account,
    give_first_password,
    grant_role,
    open_account,
    withdraw_role,
)
from suivi.organisation.commands.units import add_stakeholder, add_unit, close_unit, rename_unit

__all__ = [
    "add_person",
    "add_stakeholder",
    "add_unit",
    "close_account",
    "close_unit",
    "end_deputy",
    "give_first_password",
    "grant_role",
    "name_deputy",
    "open_account",
    "rename_unit",
    "withdraw_role",
]
