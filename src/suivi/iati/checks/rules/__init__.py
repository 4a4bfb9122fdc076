"""The rules of the standard, one row each, by the kind of file they hold for."""

from suivi.iati.checks.rules import content, days, identifiers, places, results
from suivi.iati.checks.rules.kinds import Rule

RULES: dict[str, tuple[Rule, ...]] = {
    "iati-activities": (
        *identifiers.RULES,
        *places.RULES,
        *content.RULES,
        *days.RULES,
        *results.RULES,
    ),
    "iati-organisations": (
        *identifiers.ORGANISATION_RULES,
        *content.ORGANISATION_RULES,
        *days.ORGANISATION_RULES,
    ),
}
KEPT: dict[str, tuple[str, ...]] = {
    "iati-activities": identifiers.KEPT,
    "iati-organisations": (),
}
