"""Addresses of many parts of one plan: reversed once, filled in for each row of a table."""

from dataclasses import dataclass
from functools import cache, cached_property
from urllib.parse import quote

from django.urls import get_script_prefix, reverse

_PLACE = "KEY"


@dataclass(frozen=True)
class PlanAddresses:
    """The addresses of the parts of the plan with this slug."""

    slug: str

    def pillar(self, key: str) -> str:
        return self._pillar + quote(key, safe="")

    def action(self, key: str) -> str:
        return self._action + quote(key, safe="")

    def deliverable(self, key: str) -> str:
        return self._deliverable + quote(key, safe="")

    @cached_property
    def _pillar(self) -> str:
        return _start_of("pillar", self.slug)

    @cached_property
    def _action(self) -> str:
        return _start_of("action", self.slug)

    @cached_property
    def _deliverable(self) -> str:
        return _start_of("deliverable", self.slug)


def unit_address(key: str) -> str:
    """The page of a unit."""
    return _units(get_script_prefix()) + quote(key, safe="")


@cache
def _units(_prefix: str) -> str:
    """What stands before the key of a unit, for an installation under this prefix."""
    return _start_of("unit")


def _start_of(name: str, *before: str) -> str:
    return reverse(name, args=[*before, _PLACE]).removesuffix(_PLACE)
