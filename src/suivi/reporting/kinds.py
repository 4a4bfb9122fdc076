"""The reports there are, and making one."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from suivi.plan.models import Plan
from suivi.plan.queries import edition_on
from suivi.render import Format, render
from suivi.render.document import Document
from suivi.reporting.management_plan import compose_management_plan
from suivi.reporting.material import Material, gather
from suivi.reporting.overview import compose_overview
from suivi.values.errors import NotFound
from suivi.values.messages import gettext_noop

FORMATS: tuple[Format, ...] = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Kind:
    """A report: its key in addresses and commands, its name and purpose, whether it stays inside."""

    key: str
    name: str | Promise
    purpose: str | Promise
    is_internal: bool
    compose: Callable[[Material], Document]


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "overview",
            _("Overview of the plan"),
            _("Every action and deliverable with its time frame, in the shape of the adopted table."),
            False,
            compose_overview,
        ),
        Kind(
            "management-plan",
            _("Internal management plan"),
            _("Who is responsible for what by when: gaps first, then milestones, staff time and money."),
            True,
            compose_management_plan,
        ),
    )
}


def compose_report(kind: str, *, plan: Plan, day: date, language: str) -> Document:
    """The report as a neutral document, in one language, as of a day.

    Raises NotFound where the kind or the language is not known, or the plan was not adopted on that day.
    """
    if kind not in KINDS:
        raise NotFound(
            gettext_noop("There is no report %(kind)s."),
            {"kind": kind, "kinds": ", ".join(KINDS)},
            gettext_noop("Choose one of: %(kinds)s."),
        )
    _require_language(language)
    edition = edition_on(plan, day)
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan was not adopted yet."),
            {"day": day.isoformat()},
            gettext_noop("Choose a later day with --as-of."),
        )
    with override(language):
        return KINDS[kind].compose(gather(kind, edition, day, language))


def _require_language(language: str) -> None:
    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        raise NotFound(
            gettext_noop("There is no report in “%(language)s”."),
            {"language": language, "languages": ", ".join(codes)},
            gettext_noop("Choose one of: %(languages)s."),
        )


def make_report(kind: str, *, plan: Plan, day: date, language: str, suffix: str) -> bytes:
    """The report as a file: docx, pdf or html."""
    wanted = next((known for known in FORMATS if known == suffix), None)
    if wanted is None:
        raise NotFound(
            gettext_noop("“%(suffix)s” is no format of a report."),
            {"suffix": suffix, "formats": ", ".join(FORMATS)},
            gettext_noop("Choose one of: %(formats)s."),
        )
    return render(compose_report(kind, plan=plan, day=day, language=language), wanted)


def file_name(kind: str, *, plan: Plan, day: date, language: str, suffix: str) -> str:
    """A name that says what is inside."""
    return f"{plan.slug}-{kind}-{day.isoformat()}-{language}.{suffix}"
