"""Which plan is meant where one may be left out."""

from suivi.plan.models import Plan
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop


def plan_named(slug: str = "") -> Plan:
    """The plan with this slug, or the only one there is. Raises NotFound and names those there are."""
    if slug:
        found = Plan.objects.filter(slug=slug).first()
        if found is not None:
            return found
    slugs = list(Plan.objects.order_by("slug").values_list("slug", flat=True)[:20])
    if not slugs:
        raise NotFound(
            gettext_noop("There is no plan yet."),
            hint=gettext_noop("Read one with “suivi plan read” and load it with “suivi plan load”."),
        )
    if slug:
        raise NotFound(
            gettext_noop("There is no plan %(slug)s."),
            {"slug": slug, "slugs": ", ".join(slugs)},
            gettext_noop("The plans are: %(slugs)s."),
        )
    if len(slugs) > 1:
        raise NotFound(
            gettext_noop("There are several plans."),
            {"slugs": ", ".join(slugs)},
            gettext_noop("Name one with --plan: %(slugs)s."),
        )
    return Plan.objects.get(slug=slugs[0])
