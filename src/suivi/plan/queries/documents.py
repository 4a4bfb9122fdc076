"""An edition given back as the plan document it was loaded from."""

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet

from suivi.documents import model as documents
from suivi.findings import Place
from suivi.plan.models import (
    ActionEdition,
    DeliverableEdition,
    Edition,
    Link,
    LinkKind,
    PillarEdition,
    Succession,
)
from suivi.values.text import Text


def document_of(edition: Edition) -> documents.PlanDocument:
    """The edition as a document, equal as data to what was loaded; a constant number of queries."""
    return documents_of([edition])[edition.pk]


def documents_of(editions: Iterable[Edition]) -> dict[int, documents.PlanDocument]:
    """Several editions as documents, by primary key; the number of queries does not grow with them."""
    plans = {edition.pk: _head_of(edition) for edition in editions}
    pillars: dict[int, documents.Pillar] = {}
    for row in _rows(PillarEdition, plans).select_related("pillar"):
        pillars[row.pk] = _pillar(row)
        plans[row.edition_id].pillars.append(pillars[row.pk])
    actions: dict[int, documents.Action] = {}
    found = _rows(ActionEdition, plans).select_related("action", "action__continues__plan")
    for action in found.prefetch_related("links__framework"):
        actions[action.pk] = _action(action)
        pillars[action.pillar_id].actions.append(actions[action.pk])
    follows = _follows(plans)
    stored = _rows(DeliverableEdition, plans).select_related("deliverable")
    for deliverable in stored.prefetch_related("strands", "links__framework"):
        earlier = follows.get((deliverable.edition_id, deliverable.deliverable_id), [])
        actions[deliverable.action_id].deliverables.append(deliverable_part(deliverable, earlier))
    return plans


Row = TypeVar("Row", PillarEdition, ActionEdition, DeliverableEdition)


def _rows(model: type[Row], editions: Iterable[int]) -> QuerySet[Row]:
    rows: QuerySet[Row] = model._default_manager.filter(edition__in=list(editions))
    return rows.order_by("edition_id", "position")


def _head_of(edition: Edition) -> documents.PlanDocument:
    return documents.PlanDocument(
        header=_header(edition),
        slug=edition.plan.slug,
        labels={level: Text.from_json(data) for level, data in edition.labels.items()},
        paragraphs=edition.paragraphs,
        decision_paragraph=edition.decision_paragraph,
        footnotes=[
            documents.Footnote(note["mark"], note["text"], Place(**note.get("place", {})))
            for note in edition.footnotes
        ],
        cited=list(edition.cited),
    )


def _header(edition: Edition) -> documents.Header:
    head = edition.header
    return documents.Header(
        language=head.get("language") or edition.plan.language,
        symbol=head.get("symbol", ""),
        title=edition.title or None,
        body=head.get("body", ""),
        session=head.get("session", ""),
        item=head.get("item"),
        dated_on=date.fromisoformat(head["dated_on"]) if head.get("dated_on") else None,
        author_unit=head.get("author_unit", ""),
        original_language=head.get("original_language", ""),
    )


def _key(key: str, number: str) -> str:
    return "" if key == number else key


def _pillar(row: PillarEdition) -> documents.Pillar:
    return documents.Pillar(
        number=row.number,
        key=_key(row.pillar.key, row.number),
        number_is_internal=row.number_is_internal,
        title=row.title,
        footnotes=list(row.footnotes),
        place=Place(**row.place),
    )


def _action(row: ActionEdition) -> documents.Action:
    earlier = row.action.continues
    return documents.Action(
        number=row.number,
        key=_key(row.action.key, row.number),
        number_is_internal=row.number_is_internal,
        text=row.text,
        title=row.title or None,
        continues=f"{earlier.plan.slug}:{earlier.key}" if earlier else "",
        links=[_link(link) for link in row.links.all()],
        footnotes=list(row.footnotes),
        place=Place(**row.place),
    )


def _follows(editions: Iterable[int]) -> dict[tuple[int, int], list[str]]:
    """(edition, deliverable) to the keys of the deliverables that were split or merged into it there."""
    follows: dict[tuple[int, int], list[str]] = {}
    rows = Succession.objects.filter(edition__in=list(editions)).select_related("predecessor").order_by("pk")
    for row in rows:
        follows.setdefault((row.edition_id, row.successor_id), []).append(row.predecessor.key)
    return follows


def deliverable_part(row: DeliverableEdition, follows: list[str]) -> documents.Deliverable:
    """One stored row as the deliverable of a document; `follows` are the keys of those it came from."""
    target = None if row.target is None else documents.Target(row.target, row.target_unit)
    return documents.Deliverable(
        number=row.number,
        key=_key(row.deliverable.key, row.number),
        follows=follows,
        number_is_internal=row.number_is_internal,
        text=row.text,
        title=row.title or None,
        window=row.window or None,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        target=target,
        strands=[strand.name for strand in row.strands.all()],
        lead=row.lead_as_stated,
        indicator=row.indicator_as_stated,
        links=[_link(link) for link in row.links.all()],
        footnotes=list(row.footnotes),
        place=Place(**row.place),
    )


def _link(link: Link) -> documents.Link:
    edition = link.framework.code if link.framework else ""
    title = link.title if link.title else None
    return documents.Link(documents.LinkKind(LinkKind(link.kind).value), link.code, edition, title)
