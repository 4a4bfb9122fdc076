"""The table of roles and permissions in words, for the page and for the docs."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from suivi.organisation.rules import PERMISSION_WORDS, ROLES, Permission, Role


@dataclass(frozen=True)
class RoleInWords:
    """A role, and what it may do in the language that is active, in the order of the permissions."""

    role: Role
    permissions: list[str]


def roles_in_words() -> Iterator[RoleInWords]:
    """Every role, in the order of the table."""
    for role in ROLES.values():
        held = [permission for permission in Permission if permission in role.permissions]
        yield RoleInWords(role, [_(PERMISSION_WORDS[permission]) for permission in held])
