"""What the pages of a pillar and of an action show: their adopted words and the deliverables under them."""

from collections.abc import Callable
from typing import Any, TypeAlias

from django.http import Http404
from django.utils.translation import gettext as _

from suivi.findings import Place
from suivi.organisation.rules import Permission
from suivi.plan.models import ActionEdition, Edition, PillarEdition, Plan
from suivi.plan.queries.neighbours import neighbours_of
from suivi.plan.selection import Selection
from suivi.web.deliverable_page import notes_of, sorted_links
from suivi.web.labels import level_labels, named_by_level, pillar_line
from suivi.web.looked_at import plan_looked_at
from suivi.web.overview_table import build_table
from suivi.web.pillar_cards import pillar_cards
from suivi.web.requests import Request
from suivi.web.templatetags.suivi import plain

PartPage: TypeAlias = Callable[[Request, Plan, Edition, str], dict[str, Any]]


def pillar_page(request: Request, plan: Plan, edition: Edition, key: str) -> dict[str, Any]:
    """The context of the page of a pillar. Raises Http404 where the edition has none with this key."""
    rows = edition.pillareditions.select_related("pillar", "edition__decision")
    row = rows.filter(pillar__key=key).first()
    if row is None:
        raise _no_such_part()
    context = _context(request, plan, row, Selection(pillar=key))
    cards = pillar_cards(context["overview"], context["standing"], plan.slug)
    card = next((one for one in cards if one.counts.pillar.pk == row.pk), None)
    return context | {"level": "pillar", "row_key": key, "card": card}


def action_page(request: Request, plan: Plan, edition: Edition, key: str) -> dict[str, Any]:
    """The context of the page of an action. Raises Http404 where the edition has none with this key."""
    rows = edition.actioneditions.select_related(
        "action__continues__plan", "pillar__pillar", "edition__decision"
    ).prefetch_related("links__framework", "links__item", "action__continued_by__plan")
    row = rows.filter(action__key=key).first()
    if row is None:
        raise _no_such_part()
    context = _context(request, plan, row, Selection(action=key))
    return context | {"level": "action", "row_key": key, "links": sorted_links(row.links.all())}


def _context(
    request: Request, plan: Plan, row: PillarEdition | ActionEdition, wanted: Selection
) -> dict[str, Any]:
    looked_at = plan_looked_at(request, plan, row.edition)
    overview, tree, standing = looked_at.overview, looked_at.tree, looked_at.standing()
    asked = request.GET
    return {
        "title": _title(row),
        "plan": plan,
        "edition": row.edition,
        "row": row,
        "overview": overview,
        "standing": standing,
        "labels": level_labels(row.edition),
        "neighbours": neighbours_of(row),
        "notes": notes_of(row.edition, row.footnotes),
        "place": Place(**row.place).in_words(_),
        "can_translate": may_translate(request, plan),
        "table": build_table(
            overview,
            wanted,
            tree,
            standing,
            slug=plan.slug,
            sort=asked.get("sort", ""),
            page=asked.get("page", ""),
            with_sentences=True,
        ),
    }


def may_translate(request: Request, plan: Plan) -> bool:
    """Whether the reader may put the words of the plan into other languages, and looks at it as it is now."""
    return request.authority.allows(Permission.TRANSLATE_PLAN, [plan.scope_id]) and not request.is_past


def _title(row: PillarEdition | ActionEdition) -> str:
    """Number and words, without marks; without words the level and the number."""
    if isinstance(row, PillarEdition):
        return pillar_line(row.edition, row)
    said = plain(row.title or row.text)
    return f"{row.number} {said}" if said else named_by_level(row.edition, "action", row.number)


def _no_such_part() -> Http404:
    return Http404(_("The edition in force on this day has no such part. It may stand in another edition."))
