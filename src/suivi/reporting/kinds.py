"""The reports there are, and making one."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from suivi.monitoring.queries.between import last_closed_round
from suivi.plan.models import Plan
from suivi.plan.queries import Parts, edition_on
from suivi.render import Format, render
from suivi.render.document import Document
from suivi.render.docx.template import chosen_template
from suivi.render.typesetting import typeset
from suivi.render.typography import Typography
from suivi.reporting.addendum import compose_addendum
from suivi.reporting.asked import Asked
from suivi.reporting.corrigendum import compose_corrigendum
from suivi.reporting.evidence_annex import compose_evidence_annex
from suivi.reporting.management_plan import compose_management_plan
from suivi.reporting.material import Material, gather
from suivi.reporting.narrative import paper_of
from suivi.reporting.outline import WRITTEN_KINDS
from suivi.reporting.overview import compose_overview
from suivi.reporting.parts import PartKind, require_part
from suivi.reporting.pillar_report import compose_pillar_report
from suivi.reporting.progress import compose_progress
from suivi.reporting.provenance import with_provenance
from suivi.reporting.region_report import compose_region_report
from suivi.reporting.reviews import (
    compose_final_report,
    compose_guidance_follow_up,
    compose_mid_term_review,
)
from suivi.reporting.unit_sheet import compose_unit_sheet
from suivi.values.errors import InputRefused, NotFound
from suivi.values.messages import gettext_noop

FORMATS: tuple[Format, ...] = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Kind:
    """A report: its key in addresses and commands, its name and purpose, whether it stays inside.

    `part` says of what one report is made, where it is not the whole plan. `compares`: it says what changed
    since a day. `follows`: it is made only of a paper that was issued. `needs` is what it reads of the
    management plan and the links; to read less is quicker.
    """

    key: str
    name: str | Promise
    purpose: str | Promise
    is_internal: bool
    compose: Callable[[Material], Document]
    part: PartKind = ""
    compares: bool = False
    follows: bool = False
    needs: Parts = Parts.ALL & ~Parts.LINKS


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "mid-term-review",
            _("Mid-term review"),
            _("The paper for the governing body: state of each pillar, lessons, areas of concern, decision."),
            True,
            compose_mid_term_review,
        ),
        Kind(
            "final-report",
            _("Final report"),
            _("The paper at the end of the plan: state of each pillar, lessons, what passes into the next."),
            True,
            compose_final_report,
        ),
        Kind(
            "guidance-follow-up",
            _("Follow-up to guidance"),
            _("What the governing body asked for, and what was done about it."),
            True,
            compose_guidance_follow_up,
        ),
        Kind(
            "overview",
            _("Overview of the plan"),
            _("Every action and deliverable with its time frame, in the shape of the adopted table."),
            False,
            compose_overview,
            needs=Parts.LINKS,
        ),
        Kind(
            "evidence-annex",
            _("Annex: deliverables and evidence"),
            _("Every deliverable with its agreed status, its count and the evidence it rests on."),
            True,
            compose_evidence_annex,
            needs=Parts.NONE,
        ),
        Kind(
            "progress",
            _("Progress report"),
            _("What changed between two days: statuses, counts, decisions, corrections; and what is late."),
            True,
            compose_progress,
            compares=True,
            needs=Parts.MILESTONES,
        ),
        Kind(
            "unit",
            _("Sheet of a unit"),
            _("Two pages for a director: what is owed this quarter, what waits, where it stands."),
            True,
            compose_unit_sheet,
            part="unit",
        ),
        Kind(
            "region",
            _("Report on a region"),
            _("What the units of a region answer for, what was reported by country, who was heard."),
            True,
            compose_region_report,
            part="region",
            needs=Parts.RESPONSIBILITIES,
        ),
        Kind(
            "pillar",
            _("Report on a part of the plan"),
            _("The actions and deliverables of one pillar: agreed status, counts, examples marked public."),
            True,
            compose_pillar_report,
            part="pillar",
            needs=Parts.NONE,
        ),
        Kind(
            "management-plan",
            _("Internal management plan"),
            _("Who is responsible for what by when: gaps first, then milestones, staff time and money."),
            True,
            compose_management_plan,
        ),
        Kind(
            "corrigendum",
            _("Corrigendum"),
            _("What an issued paper should read by what was corrected in the record since."),
            True,
            lambda material: compose_corrigendum(material, compose_report),
            follows=True,
        ),
        Kind(
            "addendum",
            _("Addendum"),
            _("What is added to a paper after it was issued."),
            True,
            compose_addendum,
            follows=True,
        ),
    )
}


def compose_report(asked: Asked) -> Document:
    """The report as a neutral document, in one language, on its two days.

    Raises NotFound where the kind or the language is not known, or the plan was not adopted on that day.
    """
    if asked.kind not in KINDS:
        raise NotFound(
            gettext_noop("There is no report %(kind)s."),
            {"kind": asked.kind, "kinds": ", ".join(KINDS)},
            gettext_noop("Choose one of: %(kinds)s."),
        )
    _require_language(asked.language)
    edition = edition_on(asked.plan, asked.as_of)
    if edition is None:
        raise NotFound(
            gettext_noop("On %(day)s the plan was not adopted yet."),
            {"day": asked.as_of.isoformat()},
            gettext_noop("Choose a later day."),
        )
    template = chosen_template()
    if template and template.asks_provenance:
        asked = replace(asked, prints_provenance=True)
    kind = KINDS[asked.kind]
    require_part(kind.part, asked.part, edition, asked.as_of)
    if kind.compares:
        asked = replace(asked, since=_since(asked))
    if asked.paper is None and asked.kind in WRITTEN_KINDS:
        asked = replace(asked, paper=paper_of(asked.plan, asked.kind, asked.as_of))
    with override(asked.language):
        document = kind.compose(gather(asked, edition, kind.needs))
        document = typeset(document, Typography.of(asked.language))
        return with_provenance(document, is_printed=asked.prints_provenance)


def since_by_default(plan: Plan, up_to: date, as_of: date) -> date:
    """From when a report says what changed: the last day that the last closed round is about.

    Where no round was closed yet, it is the day before the plan came into force.
    """
    last = last_closed_round(plan, up_to, as_of)
    if last is not None:
        return last.period_ends_on
    first = plan.editions.order_by("number").values_list("in_force_on", flat=True).first()
    return (first or up_to) - timedelta(days=1)


def _since(asked: Asked) -> date:
    since = asked.since or since_by_default(asked.plan, asked.up_to, asked.as_of)
    if since >= asked.up_to:
        raise InputRefused(
            gettext_noop("%(since)s is not before %(day)s."),
            {"since": since.isoformat(), "day": asked.up_to.isoformat()},
            gettext_noop("Choose an earlier first day."),
        )
    return since


def _require_language(language: str) -> None:
    codes = [code for code, _name in settings.LANGUAGES]
    if language not in codes:
        raise NotFound(
            gettext_noop("There is no report in “%(language)s”."),
            {"language": language, "languages": ", ".join(codes)},
            gettext_noop("Choose one of: %(languages)s."),
        )


def make_report(asked: Asked, suffix: str) -> bytes:
    """The report as a file: docx, pdf or html."""
    wanted = format_of(suffix)
    return render(compose_report(asked), wanted)


def format_of(suffix: str) -> Format:
    """The format that the name of a file asks for. Raises NotFound where there is none such."""
    wanted = next((known for known in FORMATS if known == suffix), None)
    if wanted is None:
        raise NotFound(
            gettext_noop("“%(suffix)s” is no format of a report."),
            {"suffix": suffix, "formats": ", ".join(FORMATS)},
            gettext_noop("Choose one of: %(formats)s."),
        )
    return wanted


def file_name(asked: Asked, suffix: str) -> str:
    """A name that says what is inside."""
    part = f"-{asked.part}" if asked.part else ""
    return f"{asked.plan.slug}-{asked.kind}{part}-{asked.as_of.isoformat()}-{asked.language}.{suffix}"
