"""Addresses of many parts of one plan: reversed once, filled in for each row of a table."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from django.urls import reverse

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
        return reverse("pillar", args=[self.slug, _PLACE]).removesuffix(_PLACE)

    @cached_property
    def _action(self) -> str:
        return reverse("action", args=[self.slug, _PLACE]).removesuffix(_PLACE)

    @cached_property
    def _deliverable(self) -> str:
        return reverse("deliverable", args=[self.slug, _PLACE]).removesuffix(_PLACE)


def unit_address(key: str) -> str:
    """The page of a unit."""
    return reverse("unit", args=[key])
