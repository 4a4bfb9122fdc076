"""Writing the rows of an edition: a plan document becomes records, in bulk and in its order."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any, TypeVar

from django.db import models

from suivi.core.commands import write_row
from suivi.core.models import Account, StoredFile
from suivi.documents import model as documents
from suivi.documents.comparison import key_of
from suivi.documents.fingerprint import digest_of_plan
from suivi.findings import Place
from suivi.frameworks.commands import cite_edition, cite_item
from suivi.frameworks.models import FrameworkEdition, FrameworkItem
from suivi.plan.models import (
    Action,
    ActionEdition,
    Decision,
    Deliverable,
    DeliverableEdition,
    Edition,
    Link,
    LinkKind,
    Pillar,
    PillarEdition,
    Plan,
    Strand,
    Succession,
)
from suivi.values.errors import InputRefused
from suivi.values.folding import fold
from suivi.values.messages import gettext_noop
from suivi.values.text import Text

Identity = TypeVar("Identity", Pillar, Action, Deliverable)


def write_rows(
    *,
    plan: Plan,
    number: int,
    decision: Decision,
    document: documents.PlanDocument,
    source: StoredFile | None,
    source_name: str,
    by: Account | None,
    now: datetime,
) -> Edition:
    """Write a whole edition. Runs inside the transaction of the command that loads the plan."""
    edition = Edition(
        plan=plan,
        number=number,
        decision=decision,
        in_force_on=decision.decided_on,
        **head_fields(document),
        source_file=source,
        source_name=source_name[:255],
        recorded_at=now,
        recorded_by=by,
    )
    edition.digest = digest_of_plan(document)
    write_row(edition)
    _write_parts(edition, document)
    return edition


def head_fields(document: documents.PlanDocument) -> dict[str, Any]:
    """What an edition keeps of the document around the plan."""
    header = document.header
    return {
        "title": header.title or Text.of("", header.language),
        "header": _header(header),
        "labels": {level: text.to_json() for level, text in document.labels.items()},
        "paragraphs": document.paragraphs,
        "decision_paragraph": document.decision_paragraph,
        "footnotes": [{"mark": n.mark, "text": n.text, "place": _place(n.place)} for n in document.footnotes],
        "cited": document.cited,
    }


def _header(header: documents.Header) -> dict[str, object]:
    return {
        "language": header.language,
        "symbol": header.symbol,
        "body": header.body,
        "session": header.session,
        "item": header.item,
        "dated_on": header.dated_on.isoformat() if header.dated_on else None,
        "author_unit": header.author_unit,
        "original_language": header.original_language,
    }


def _place(place: Place) -> dict[str, object]:
    return {name: value for name, value in asdict(place).items() if value}


def _identities(plan: Plan, model: type[Identity], keys: Iterable[str]) -> dict[str, Identity]:
    """The rows for ever behind these keys; new keys get new rows."""
    wanted = list(keys)
    twice = [key for key, count in Counter(wanted).items() if count > 1]
    if twice:
        raise InputRefused(
            gettext_noop("The number %(key)s stands twice in the plan."),
            {"key": twice[0]},
            gettext_noop("Give each pillar, action and deliverable its own number."),
        )
    known: dict[str, Identity] = {row.key: row for row in model.objects.filter(plan=plan)}
    fresh = [model(plan=plan, key=key) for key in wanted if key not in known]
    for row in model.objects.bulk_create(fresh):
        known[row.key] = row
    return known


def _write_parts(edition: Edition, document: documents.PlanDocument) -> None:
    plan = edition.plan
    pillars = _identities(plan, Pillar, (key_of(p) for p in document.pillars))
    actions = _identities(plan, Action, (key_of(a) for a in document.actions()))
    deliverables = _identities(plan, Deliverable, (key_of(d) for d in document.deliverables()))
    _write_continuations(plan, document, actions)
    pillar_rows = _create(
        PillarEdition,
        [
            PillarEdition(edition=edition, pillar=pillars[key_of(p)], title=p.title, **_common(position, p))
            for position, p in enumerate(document.pillars)
        ],
    )
    action_rows = _create(
        ActionEdition,
        [
            ActionEdition(
                edition=edition,
                action=actions[key_of(action)],
                pillar=row,
                title=action.title or Text.of("", document.header.language),
                text=action.text,
                **_common(position, action),
            )
            for position, (row, action) in enumerate(
                (row, a) for row, p in zip(pillar_rows, document.pillars, strict=True) for a in p.actions
            )
        ],
    )
    deliverable_rows = _create(
        DeliverableEdition,
        [
            _deliverable_row(edition, deliverables[key_of(d)], row, position, d)
            for position, (row, d) in enumerate(
                (row, d)
                for row, a in zip(action_rows, document.actions(), strict=True)
                for d in a.deliverables
            )
        ],
    )
    _write_details(edition, document, action_rows, deliverable_rows, deliverables)


Row = TypeVar("Row", bound=models.Model)


def _create(model: type[Row], rows: list[Row]) -> list[Row]:
    return list(model._default_manager.bulk_create(rows, batch_size=500))


def _common(
    position: int, part: documents.Pillar | documents.Action | documents.Deliverable
) -> dict[str, object]:
    return {
        "position": position,
        "number": part.number,
        "number_is_internal": part.number_is_internal,
        "place": _place(part.place),
        "footnotes": part.footnotes,
    }


def folded(number: str, *texts: Text | None) -> str:
    """What a search looks into: all languages, without accents and case."""
    return fold(" ".join([number, *(words for text in texts if text for words in text.plain().values())]))


def _deliverable_row(
    edition: Edition, identity: Deliverable, action: ActionEdition, position: int, d: documents.Deliverable
) -> DeliverableEdition:
    return DeliverableEdition(
        edition=edition,
        deliverable=identity,
        action=action,
        title=d.title or Text.of("", d.text.original),
        text=d.text,
        window=d.window or "",
        starts_on=d.starts_on,
        ends_on=d.ends_on,
        target=d.target.value if d.target else None,
        target_unit=d.target.unit if d.target else Text.of("", d.text.original),
        lead_as_stated=d.lead,
        indicator_as_stated=d.indicator,
        folded=folded(d.number, d.title, d.text),
        **_common(position, d),
    )


def _write_details(
    edition: Edition,
    document: documents.PlanDocument,
    action_rows: list[ActionEdition],
    deliverable_rows: list[DeliverableEdition],
    identities: dict[str, Deliverable],
) -> None:
    bind = _link_binder(document.header.language)
    links: list[Link] = []
    strands: list[Strand] = []
    successions: list[Succession] = []
    for row, action in zip(action_rows, document.actions(), strict=True):
        links.extend(bind(position, link, action=row) for position, link in enumerate(action.links))
    for written, part in zip(deliverable_rows, document.deliverables(), strict=True):
        links.extend(bind(i, link, deliverable=written) for i, link in enumerate(part.links))
        strands.extend(
            Strand(deliverable=written, position=i, name=name) for i, name in enumerate(part.strands)
        )
        successions.extend(
            Succession(
                edition=edition,
                predecessor=_predecessor(edition.plan, identities, key),
                successor=written.deliverable,
            )
            for key in part.follows
        )
    _create(Link, links)
    _create(Strand, strands)
    _create(Succession, successions)


def _predecessor(plan: Plan, identities: dict[str, Deliverable], key: str) -> Deliverable:
    found = identities.get(key) or Deliverable.objects.filter(plan=plan, key=key).first()
    if found is None:
        raise InputRefused(
            gettext_noop("A deliverable follows %(key)s, which no edition of the plan has."),
            {"key": key},
            gettext_noop("Name the key of an earlier deliverable."),
        )
    return found


def _write_continuations(plan: Plan, document: documents.PlanDocument, actions: dict[str, Action]) -> None:
    for action in document.actions():
        row = actions[key_of(action)]
        if not action.continues:
            if row.continues_id is not None:
                row.continues = None
                row.save(update_fields=["continues"])
            continue
        slug, _, key = action.continues.rpartition(":")
        earlier = Action.objects.filter(plan__slug=slug, key=key).first()
        if earlier is None:
            raise InputRefused(
                gettext_noop("Action %(number)s continues %(continues)s, which is not here."),
                {"number": action.number, "continues": action.continues},
                gettext_noop("Load the earlier plan first, or write it as earlier-plan:NUMBER."),
            )
        if row.continues_id != earlier.pk:
            row.continues = earlier
            row.save(update_fields=["continues"])
        if plan.follows_id is None and earlier.plan_id != plan.pk:
            plan.follows = earlier.plan
            plan.save(update_fields=["follows"])


def _link_binder(language: str) -> Callable[..., Link]:
    """A function that makes link rows; framework editions and items are looked up once each."""
    editions: dict[str, FrameworkEdition] = {}
    items: dict[tuple[str, str], FrameworkItem] = {}

    def bind(position: int, link: documents.Link, **on: models.Model) -> Link:
        title = link.title or Text.of("", language)
        row = Link(position=position, kind=LinkKind(link.kind.value), code=link.code[:300], title=title, **on)
        if link.edition:
            if link.edition not in editions:
                editions[link.edition] = cite_edition(link.edition, language)
            row.framework = editions[link.edition]
        if link.kind is documents.LinkKind.OUTPUT:
            if (link.edition, link.code) not in items:
                items[link.edition, link.code] = cite_item(editions[link.edition], link.code, title)
            row.item = items[link.edition, link.code]
        return row

    return bind


def rewrite_texts(
    edition: Edition, document: documents.PlanDocument, *, by: Account | None, now: datetime
) -> None:
    """Write what no body adopts into the rows of an edition: translations, short titles, titles of links, the
    head of the document and the marks of its notes. The adopted wording stays as it is."""
    author, moment = by.name if by else "", now.isoformat()

    def merged(old: Text, new: Text | None) -> Text:
        for language, words in (new.plain() if new else {}).items():
            if old.plain().get(language) != words:
                old = old.with_version(language, words, by=author, at=moment)
        return old

    head = head_fields(document)
    head["title"] = merged(edition.title, document.header.title)
    for name, value in head.items():
        setattr(edition, name, value)
    edition.save(update_fields=list(head))
    pillars = {key_of(p): p for p in document.pillars}
    pillar_rows = list(edition.pillareditions.select_related("pillar"))
    for pillar in pillar_rows:
        part = pillars[pillar.pillar.key]
        pillar.title, pillar.footnotes = merged(pillar.title, part.title), part.footnotes
    _update(PillarEdition, pillar_rows, "title", "footnotes")
    _rewrite_actions(edition, document, merged)
    _rewrite_deliverables(edition, document, merged)


Merge = Callable[[Text, Text | None], Text]


def _rewrite_actions(edition: Edition, document: documents.PlanDocument, merged: Merge) -> None:
    parts = {key_of(a): a for a in document.actions()}
    rows = list(edition.actioneditions.select_related("action").prefetch_related("links__framework"))
    for row in rows:
        part = parts[row.action.key]
        row.title, row.text = merged(row.title, part.title), merged(row.text, part.text)
        row.footnotes = part.footnotes
        _rewrite_links(row.links.all(), part.links, merged)
    _update(ActionEdition, rows, "title", "text", "footnotes")
    _update(Link, [link for row in rows for link in row.links.all()], "title")


def _rewrite_deliverables(edition: Edition, document: documents.PlanDocument, merged: Merge) -> None:
    parts = {key_of(d): d for d in document.deliverables()}
    found = edition.deliverableeditions.select_related("deliverable")
    rows = list(found.prefetch_related("strands", "links__framework"))
    for row in rows:
        part = parts[row.deliverable.key]
        row.title, row.text = merged(row.title, part.title), merged(row.text, part.text)
        row.folded, row.footnotes = folded(row.number, row.title, row.text), part.footnotes
        row.target_unit = merged(row.target_unit, part.target.unit if part.target else None)
        for strand, name in zip(row.strands.all(), part.strands, strict=True):
            strand.name = merged(strand.name, name)
        _rewrite_links(row.links.all(), part.links, merged)
    _update(DeliverableEdition, rows, "title", "text", "folded", "footnotes", "target_unit")
    _update(Strand, [strand for row in rows for strand in row.strands.all()], "name")
    _update(Link, [link for row in rows for link in row.links.all()], "title")


def _rewrite_links(rows: Iterable[Link], links: list[documents.Link], merged: Merge) -> None:
    """Their titles only: the links themselves are what was adopted, so rows and links stand in one order."""
    for row, link in zip(rows, links, strict=True):
        row.title = merged(row.title, link.title)


def _update(model: type[Row], rows: list[Row], *fields: str) -> None:
    model._default_manager.bulk_update(rows, fields, batch_size=200)
