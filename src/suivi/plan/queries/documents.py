"""An edition given back as the plan document it was loaded from."""

from datetime import date

from suivi.documents import model as documents
from suivi.findings import Place
from suivi.plan.models import Edition, Link, LinkKind
from suivi.values.text import Text


def document_of(edition: Edition) -> documents.PlanDocument:
    """The edition as a document, equal as data to what was loaded; a constant number of queries."""
    plan = documents.PlanDocument(
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
    pillars = _pillars(edition)
    actions = _actions(edition, pillars)
    _fill_deliverables(edition, actions)
    plan.pillars = list(pillars.values())
    return plan


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


def _pillars(edition: Edition) -> dict[int, documents.Pillar]:
    return {
        row.pk: documents.Pillar(
            number=row.number,
            key=_key(row.pillar.key, row.number),
            number_is_internal=row.number_is_internal,
            title=row.title,
            footnotes=list(row.footnotes),
            place=Place(**row.place),
        )
        for row in edition.pillareditions.select_related("pillar").order_by("position")
    }


def _actions(edition: Edition, pillars: dict[int, documents.Pillar]) -> dict[int, documents.Action]:
    actions = {}
    rows = (
        edition.actioneditions.select_related("action", "action__continues__plan")
        .prefetch_related("links__framework")
        .order_by("position")
    )
    for row in rows:
        earlier = row.action.continues
        actions[row.pk] = documents.Action(
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
        pillars[row.pillar_id].actions.append(actions[row.pk])
    return actions


def _fill_deliverables(edition: Edition, actions: dict[int, documents.Action]) -> None:
    follows: dict[int, list[str]] = {}
    for succession in edition.successions.select_related("predecessor").order_by("pk"):
        follows.setdefault(succession.successor_id, []).append(succession.predecessor.key)
    rows = (
        edition.deliverableeditions.select_related("deliverable")
        .prefetch_related("strands", "links__framework")
        .order_by("position")
    )
    for row in rows:
        target = None if row.target is None else documents.Target(row.target, str(row.target_unit))
        actions[row.action_id].deliverables.append(
            documents.Deliverable(
                number=row.number,
                key=_key(row.deliverable.key, row.number),
                follows=follows.get(row.deliverable_id, []),
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
        )


def _link(link: Link) -> documents.Link:
    edition = link.framework.code if link.framework else ""
    title = link.title if link.title else None
    return documents.Link(documents.LinkKind(LinkKind(link.kind).value), link.code, edition, title)
